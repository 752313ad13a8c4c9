"""The handlers of the operations, one module for each tag of the description."""

from scramjet_hub.handlers import hub, instances, sequences, space, topics
from scramjet_hub.handlers.operations import OPERATIONS

__all__ = ["OPERATIONS", "hub", "instances", "sequences", "space", "topics"]
