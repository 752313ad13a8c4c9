"""Lists in pages, with filters: exactly what was asked for, in order, with the total and the way to the other pages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

from scramjet_contract.scenarios import scenario
from scramjet_contract.scenarios.fields import only_embedded, rejected

if TYPE_CHECKING:
    from scramjet_contract.exchange import Exchange
    from scramjet_contract.scene import Scene

LINK = re.compile(r'<\?([^>]*)>; rel="(\w+)"')


def listed(scene: Scene, operation: str, **query: Any) -> tuple[list[str], Exchange]:
    """Return the ids in a list, and the reply."""
    exchange = scene.call(operation, query=query)
    return [item["id"] for item in exchange.json()], exchange


def links(exchange: Exchange) -> dict[str, dict[str, list[str]]]:
    """Return the queries of the links to other pages, by relation."""
    header = exchange.header("link") or ""
    return {rel: parse_qs(query) for query, rel in LINK.findall(header)}


@scenario("sequences", "instances")
def instances_come_in_pages(scene: Scene) -> None:
    """Pages of Instances have the items asked for in order, the total, and links that lead through all of them."""
    only_embedded(scene, "lists in pages")
    key = scene.upload("bell")
    with (
        scene.running("bell", sequence=key) as one,
        scene.running("bell", sequence=key) as two,
        scene.running("bell", sequence=key) as three,
    ):
        everything = [one.id, two.id, three.id]
        scene.same(listed(scene, "listInstances", sequence=key)[0], everything, "Instances of the Sequence")
        scene.same(listed(scene, "listInstances", sequence=key, order="desc")[0], everything[::-1], "newest first")
        query: dict[str, Any] = {"sequence": key, "limit": 2}
        page, exchange = listed(scene, "listInstances", **query)
        scene.same((page, exchange.header("x-total-count")), (everything[:2], "3"), "first page and total")
        following = {name: values[-1] for name, values in links(exchange).get("next", {}).items()}
        scene.same(following, {"sequence": key, "limit": "2", "offset": "2"}, "the query of the next page")
        page, exchange = listed(scene, "listInstances", **following)
        scene.same((page, exchange.header("x-total-count")), (everything[2:], "3"), "last page and total")
        scene.same(sorted(links(exchange)), ["first", "last", "prev"], "links of the last page")
        plain = scene.call("listInstances")
        scene.same((plain.header("link"), plain.header("x-total-count")), (None, None), "headers without parameters")


@scenario("sequences", "instances")
def instances_are_filtered(scene: Scene) -> None:
    """Filters by Sequence, by one status or several, and by time give exactly the Instances that match."""
    only_embedded(scene, "filters of lists")
    name = scene.names.name("filtered")
    key = scene.upload("bell", name)
    with scene.running("bell", sequence=key) as running, scene.running("bell", sequence=key) as other:
        created = running.wait("running")["created"]
        at_once = [other.id] if other.info()["created"] <= created else []
        scene.call("killInstance", 202, path=other.path, json={})
        ended = other.ended()["ended"]
        asked: list[tuple[dict[str, Any], list[str]]] = [
            ({"status": "running"}, [running.id]),
            ({"status": ["running", "completed"]}, [running.id, other.id]),
            ({"status": "stopping"}, []),
            ({"starting_time": ended}, [running.id, other.id]),
            ({"starting_time": "2999-01-01T00:00:00Z"}, [running.id]),
            ({"ending_time": created}, [running.id, *at_once]),
            ({"ending_time": "2001-01-01T00:00:00Z"}, []),
        ]
        for query, wanted in asked:
            found, exchange = listed(scene, "listInstances", sequence=name, **query)
            scene.same(found, wanted, f"Instances for {query}")
            scene.same(exchange.header("x-total-count"), str(len(found)), f"total for {query}")
        wrong = scene.call("listInstances", 400, query={"limit": 0, "status": "odd", "ending_time": "soon"})
        scene.same(set(rejected(wrong)), {"limit", "status", "ending_time"}, "fields of the error")


@scenario("sequences")
def sequences_come_in_pages(scene: Scene) -> None:
    """Sequences are found by name; pages have the items asked for in the order of upload, and the total."""
    only_embedded(scene, "lists in pages")
    name = scene.names.name("paged")
    key, other = scene.upload("hello", name), scene.upload("hello")
    found, exchange = listed(scene, "listSequences", name=name)
    scene.same((found, exchange.header("x-total-count")), ([key], "1"), "Sequences of this name")
    everything = [item["id"] for item in scene.get("listSequences")]
    place = everything.index(key)
    scene.same(listed(scene, "listSequences", limit=1, offset=place)[0], [key], "the page with it")
    newest = [item for item in listed(scene, "listSequences", order="desc")[0] if item in (key, other)]
    scene.same(newest, [other, key], "newest first")
    wrong = scene.call("listSequences", 400, query={"limit": "many", "order": "up"})
    scene.same(set(rejected(wrong)), {"limit", "order"}, "fields of the error")
