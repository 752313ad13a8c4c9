"""The handlers of the operations, one module for each tag of the description."""

from scramjet_hub.handlers import commands, hub, instances, sequences, space, topics
from scramjet_hub.handlers.operations import OPERATIONS

__all__ = ["OPERATIONS", "commands", "hub", "instances", "sequences", "space", "topics"]
