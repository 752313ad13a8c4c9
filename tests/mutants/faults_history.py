"""Faults in the history of Instances and in lists that come in pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs
from scramjet_hub.handlers import instances as instance_handlers
from scramjet_hub.handlers import paging
from scramjet_hub.handlers import sequences as sequence_handlers
from scramjet_hub.handlers.paging import Page
from scramjet_hub.history import database
from scramjet_hub.history.history import History
from scramjet_hub.instances.index import InstanceIndex

from tests.mutants import mutant
from tests.mutants.patching import change_header, change_json, replace

if TYPE_CHECKING:
    from scramjet_hub.history.entries import Entry, Filter


@mutant("listInstances")
def pages_have_no_total() -> None:
    """A page does not tell how many items there are."""
    change_header("listInstances", "x-total-count", None)


@mutant("listInstances")
def pages_have_no_links() -> None:
    """A page does not tell where the next one is."""
    change_header("listInstances", "link", None)


@mutant("listInstances")
def links_forget_the_filters() -> None:
    """The links to other pages have only the offset."""
    replace(paging, "_target", lambda _old: lambda _request, offset: f"?offset={offset}")


@mutant("listInstances")
def the_order_is_ignored() -> None:
    """A page is always in ascending order."""
    replace(Page, "of", lambda old: classmethod(lambda _cls, params: attrs.evolve(old(params), descending=False)))


@mutant("listSequences")
def a_page_begins_one_too_late() -> None:
    """A page leaves out one item more than it should."""
    replace(Page, "of", lambda old: classmethod(lambda _cls, params: _shifted(old(params))))


def _shifted(page: Page) -> Page:
    return attrs.evolve(page, offset=page.offset + 1)


@mutant("listInstances")
def statuses_are_ignored() -> None:
    """The filter by status is ignored."""
    _change_filter("statuses", ())


@mutant("listInstances")
def only_the_last_status_counts() -> None:
    """Of several statuses, only the last one counts."""

    def make(old: Any) -> Any:
        def find(self: InstanceIndex, wanted: Any, *args: Any) -> Any:
            return old(self, attrs.evolve(wanted, statuses=tuple(wanted.statuses)[-1:]), *args)

        return find

    replace(InstanceIndex, "find", make)


@mutant("listInstances")
def ended_instances_are_always_in_the_period() -> None:
    """The start of the period is ignored."""

    def make(old: Any) -> Any:
        return lambda self, wanted, *_ended: old(self, wanted)

    replace(InstanceIndex, "find", make)


@mutant("listInstances")
def the_end_of_the_period_is_ignored() -> None:
    """The end of the period is ignored."""
    _change_filter("until", None)


@mutant("listSequences")
def sequences_are_not_found_by_name() -> None:
    """The filter by name finds nothing."""
    replace(
        sequence_handlers,
        "page_response",
        lambda old: lambda request, items, page, total: _none(old, request, items, page, total),
    )


def _none(old: Any, request: Any, items: Any, page: Any, total: int) -> Any:
    return old(request, [] if request.params["name"] else items, page, 0 if request.params["name"] else total)


@mutant("listInstances")
def lists_without_parameters_have_a_total() -> None:
    """A list without parameters is answered as a page."""
    replace(instance_handlers, "asks_for_page", lambda _old: lambda _request: True)
    change_header("listInstances", "x-total-count", "0")


@mutant("listInstanceEvents")
def ends_have_no_reason() -> None:
    """The end of an Instance is in the history without its reason."""
    _change_events(lambda event: event["metadata"].update(reason="") if event["type"] == "ended" else None)


@mutant("listInstanceEvents")
def kills_are_not_told() -> None:
    """The history has no kills."""
    _forget("kill")


@mutant("listInstanceEvents")
def refusals_are_not_told() -> None:
    """The history has no refused starts."""
    _forget("start_refused")


@mutant("listInstanceEvents")
def statuses_are_not_told() -> None:
    """The history has no changes of status."""
    _forget("status")


@mutant("listInstanceEvents")
def the_history_always_has_a_next_page() -> None:
    """Every page of the history says that there is another one."""
    change_json("listInstanceEvents", lambda data: {**data, "has_next": True})


@mutant("listInstanceEvents")
def the_types_of_events_are_ignored() -> None:
    """The history is not filtered by type."""

    def make(old: Any) -> Any:
        return lambda self: old(attrs.evolve(self, wanted=attrs.evolve(self.wanted, kinds=())))

    replace(database.Query, "statement", make)


@mutant("watchInstanceEvents")
def a_watch_forgets_its_cursor() -> None:
    """A stream begins with what is new, whatever its cursor is."""

    def make(old: Any) -> Any:
        return lambda self, cursor: old(self, None if cursor != 1 else cursor)

    replace(History, "position", make)


@mutant("watchInstanceEvents")
def a_watch_repeats_the_event_at_its_cursor() -> None:
    """A stream begins with the event that its cursor names, which the reader has."""

    def make(old: Any) -> Any:
        async def position(self: History, cursor: int | None) -> int:
            found: int = await old(self, cursor)
            return found - 1 if cursor and cursor != 1 else found

        return position

    replace(History, "position", make)


@mutant("watchInstanceEvents")
def a_watch_leaves_out_starts() -> None:
    """A stream has no created Instances."""

    def make(_old: Any) -> Any:
        def matches(self: Filter, entry: Entry) -> bool:
            wanted = not self.instance_ids or entry.instance_id in self.instance_ids
            return wanted and entry.kind != "created"

        return matches

    from scramjet_hub.history import entries

    replace(entries.Filter, "matches", make)


@mutant("watchInstanceEvents")
def a_watch_begins_without_a_bookmark() -> None:
    """A stream without a cursor does not tell where it begins."""

    def make(old: Any) -> Any:
        return lambda self, position, wanted, marked: old(self, position, wanted, marked=False)  # noqa: ARG005 - as called

    replace(History, "follow", make)


@mutant("watchInstanceEvents")
def lost_events_are_not_told() -> None:
    """A cursor after which events are missing is accepted."""
    replace(History, "_check", lambda _old: lambda _self, _position: None)


def _change_filter(name: str, value: Any) -> None:
    def make(old: Any) -> Any:
        def find(self: InstanceIndex, wanted: Any, *args: Any) -> Any:
            return old(self, attrs.evolve(wanted, **{name: value}), *args)

        return find

    replace(InstanceIndex, "find", make)


def _change_events(change: Any) -> None:
    def rewrite(data: dict[str, Any]) -> dict[str, Any]:
        for event in data["events"]:
            change(event)
        return data

    change_json("listInstanceEvents", rewrite)


def _forget(kind: str) -> None:
    def make(old: Any) -> Any:
        def record(self: History, name: str, *args: Any, **metadata: Any) -> None:
            if name != kind:
                old(self, name, *args, **metadata)

        return record

    replace(History, "record", make)
