"""Lists in pages: `limit`, `offset` and `order`, `X-Total-Count`, and links to other pages (RFC 8288)."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeVar
from urllib.parse import urlencode

import attrs
from scramjet_serving.messages import json_response
from scramjet_serving.validation import refusal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scramjet_serving.messages import Request, Response

T = TypeVar("T")
DESCENDING: Final = "desc"
EPOCH: Final = datetime(1970, 1, 1)
MILLISECOND: Final = timedelta(milliseconds=1)
LEAP_SECOND: Final = re.compile(r"(?<=T\d\d:\d\d):60")


class Sliceable(Protocol[T]):
    """A sequence whose slices cost what they hold."""

    def __len__(self) -> int: ...

    def __getitem__(self, part: slice, /) -> list[T]: ...


@attrs.frozen
class Page:
    """The part of a list that a request asks for.

    Attributes:
        limit: The maximum number of items; None for all.
        offset: How many items to leave out before.
        descending: Whether the newest come first.
    """

    limit: int | None = None
    offset: int = 0
    descending: bool = False

    @classmethod
    def of(cls, params: Mapping[str, Any]) -> Page:
        """Return the page that the parameters of a request ask for."""
        limit = params["limit"]
        # A number such as 10.0 is an integer in JSON Schema.
        return cls(None if limit is None else int(limit), int(params["offset"]), params["order"] == DESCENDING)

    @property
    def end(self) -> int | None:
        """The position after the last item; None for the end of the list."""
        return None if self.limit is None else self.offset + self.limit

    def cut(self, items: Sliceable[T]) -> list[T]:
        """Return the items on this page.

        Args:
            items: All items, in ascending order.
        """
        if not self.descending:
            return items[self.offset : self.end]
        stop = max(len(items) - self.offset, 0)
        return items[0 if self.limit is None else max(stop - self.limit, 0) : stop][::-1]


def asks_for_page(request: Request) -> bool:
    """Return whether a request has any described parameter; others do not count."""
    return bool(request.scope["query_string"]) and not request.repeated_query.keys().isdisjoint(request.params)


def period(params: Mapping[str, Any]) -> tuple[int | None, int | None]:
    """Return `starting_time` and `ending_time` in milliseconds since 1970; None for a missing one.

    Raises:
        ApiError: 400, one is not a time.
    """
    return _milliseconds(params, "starting_time", up=True), _milliseconds(params, "ending_time", up=False)


def _milliseconds(params: Mapping[str, Any], name: str, *, up: bool) -> int | None:
    if params[name] is None:
        return None
    # The year 0 and leap seconds are valid there, but not in Python.
    text = LEAP_SECOND.sub(":59", params[name].upper().replace("0000-", "0004-", 1))
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise refusal("query", name, f"is not a time: {error}") from error
    since = moment.replace(tzinfo=None) - EPOCH - (moment.utcoffset() or timedelta())
    # Times in the API are whole milliseconds.
    return -(-since // MILLISECOND) if up else since // MILLISECOND


def page_response(request: Request, items: list[dict[str, Any]], page: Page, total: int) -> Response:
    """Return the reply with one page of a list.

    Args:
        request: The request.
        items: The items on the page.
        page: The page.
        total: The number of items on all pages.
    """
    headers = {"x-total-count": str(total)}
    if link := ", ".join(f'<{target}>; rel="{rel}"' for rel, target in _links(request, page, total)):
        headers["link"] = link
    return json_response(items, headers=headers)


def _links(request: Request, page: Page, total: int) -> list[tuple[str, str]]:
    """Return relation and target of the links to other pages; without a limit there is only one page."""
    if page.limit is None:
        return []
    last = max(total - 1, 0) // page.limit * page.limit
    offsets = {"first": 0, "last": last}
    if page.offset > 0:
        offsets["prev"] = min(max(page.offset - page.limit, 0), last)
    if page.offset + page.limit < total:
        offsets["next"] = page.offset + page.limit
    return [(rel, _target(request, offset)) for rel, offset in offsets.items()]


def _target(request: Request, offset: int) -> str:
    # Relative to the request's own URL, which has another base behind a Space or a proxy.
    query = {name: values for name, values in request.repeated_query.items() if name in request.params}
    return "?" + urlencode({**query, "offset": [str(offset)]}, doseq=True)
