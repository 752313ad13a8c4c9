from __future__ import annotations

import pytest

from scripts.generate.passes.blocking import blocking_name, blocking_package, to_blocking


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("async def f() -> None: ...\n", "def f() -> None: ...\n"),
        ("x = await y\n", "x = y\n"),
        ("x = (await y).z\n", "x = (y).z\n"),
        ("async with a as b, c: pass\n", "with a as b, c: pass\n"),
        ("x = [await y async for y in z]\n", "x = [y for y in z]\n"),
        ("from a import AsyncThing, AbstractAsyncThing\n", "from a import Thing, AbstractThing\n"),
        ("class AsyncThing(Generic[T]): ...\n", "class Thing(Generic[T]): ...\n"),
        ("await x.aclose()\n", "x.close()\n"),
        ("async def __aenter__(self): ...\n", "def __enter__(self): ...\n"),
        ("raise StopAsyncIteration\n", "raise StopIteration\n"),
        ("x = anext(y)  # await it\n", "x = next(y)  # it\n"),
        ('"""Use `async with` and `AsyncThing`."""\n', '"""Use `with` and `Thing`."""\n'),
        ("# An Asynchronous one; AsyncIterator\n", "# An Asynchronous one; Iterator\n"),
        ("x = 'async'\n", "x = 'async'\n"),
        ('x = f"{{a}} {await y} {z.aclose()!r}"\n', 'x = f"{{a}} {y} {z.close()!r}"\n'),
        ("if x:\n\n    # here\n    await y(\n        1,\n    )\n", "if x:\n\n    # here\n    y(\n        1,\n    )\n"),
        ("x = 1 + \\\n    await y\n", "x = 1 + \\\n    y\n"),
        ("x = {\n    'a': 1,\n}\nawait y", "x = {\n    'a': 1,\n}\ny"),
    ],
)
def test_async_code_becomes_blocking_code(source: str, expected: str) -> None:
    assert to_blocking(source) == expected


def test_blocking_code_stays_as_it_is() -> None:
    source = 'def f(x):\n    """Do.\n\n    Twice.\n    """\n    return [y\tfor y in x]  # done\n\nasynchronous = 1\n'

    assert to_blocking(source) == source


@pytest.mark.parametrize(
    ("name", "expected"),
    [("AsyncStream", "Stream"), ("Asyncio", "Asyncio"), ("async_thing", "async_thing"), ("aiter", "iter")],
)
def test_only_whole_words_are_renamed(name: str, expected: str) -> None:
    assert blocking_name(name) == expected


def test_imports_lead_to_the_blocking_side() -> None:
    source = (
        "from ._runtime.aio.streams import AsyncStream\n"
        "from ._runtime.call import Call\n"
        "from .models import Thing\n"
        "from .other import OtherClient\n"
        "    from .inner.host import Host\n"
    )
    inner = "from .._runtime.aio.streams import AsyncStream\nfrom ..host import HostClient\nfrom .raw import Raw\n"
    made = blocking_package({"host.py": source, "other.py": "", "inner/host.py": inner, "inner/raw.py": ""})

    assert made["sync/host.py"] == (
        "from .._runtime.sync.streams import Stream\n"
        "from .._runtime.call import Call\n"
        "from ..models import Thing\n"
        "from .other import OtherClient\n"
        "    from .inner.host import Host\n"
    )
    assert made["sync/inner/host.py"] == (
        "from ..._runtime.sync.streams import Stream\nfrom ..host import HostClient\nfrom .raw import Raw\n"
    )
