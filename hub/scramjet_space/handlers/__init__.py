"""The handlers of the operations, by what they are about."""

from scramjet_space.handlers import hubs, keys, platform, space, store, topics
from scramjet_space.handlers.operations import OPERATIONS

__all__ = ["OPERATIONS", "hubs", "keys", "platform", "space", "store", "topics"]
