"""The parts of a Hub that its Instances share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from collections.abc import Callable

    from scramjet_serving.access.authorization import Authorization
    from scramjet_serving.log import ServiceLog

    from scramjet_hub.config import HubConfig
    from scramjet_hub.history.entries import Recorder
    from scramjet_hub.runners.turns import Turns
    from scramjet_hub.topics.registry import TopicRegistry


@attrs.frozen(eq=False)
class Surroundings:
    """The parts of a Hub that Instances share.

    Attributes:
        config: The options of the Hub.
        topics: The topics that feed them, and that they feed.
        tokens: Grants a token to each Instance.
        log: The Hub's log.
        history: Records what happens to them.
        turns: The time budget for processing what runners write.
        address: Returns the URL of the Hub's API, which is known once the Hub listens.
    """

    config: HubConfig
    topics: TopicRegistry
    tokens: Authorization
    log: ServiceLog
    history: Recorder
    turns: Turns
    address: Callable[[], str]
