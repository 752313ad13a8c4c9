"""The handlers of the operations, one module for each tag of the description."""

from scramjet_hub.handlers import hub, instances, sequences, topics

__all__ = ["hub", "instances", "sequences", "topics"]
