"""The handlers of the operations, one module for each tag of the description, and one for the history."""

from scramjet_hub.handlers import commands, history, hub, instances, sequences, space, topics
from scramjet_hub.handlers.operations import OPERATIONS

__all__ = ["OPERATIONS", "commands", "history", "hub", "instances", "sequences", "space", "topics"]
