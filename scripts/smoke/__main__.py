"""`make smoke`: generate, build and run the clients in other languages against an embedded Hub; record the results."""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from scripts.generate.languages.assembly import WRITTEN, make
from scripts.generate.languages.registry import LANGUAGES
from scripts.generate.languages.table import Result, read_results, write_results
from scripts.generate.languages.toolchain import ToolError, missing, run
from scripts.servers.hub import HubServer
from scripts.smoke.run import smoke

if TYPE_CHECKING:
    from scripts.generate.languages.language import Language


def main() -> int:
    """Run the smokes of all languages whose tools are installed.

    Returns:
        The exit code: 1 if a client cannot be built or a step failed.
    """
    results = read_results()
    status = 0
    for language in LANGUAGES.values():
        lacking = missing(language)
        if lacking:
            print(f"LEFT OUT: {language.title} needs {', '.join(lacking)} on the PATH.", file=sys.stderr)
            continue
        try:
            results[language.name] = _run(language)
            print(f"{language.title}: {len(results[language.name].steps)} steps passed")
        except ToolError as error:
            print(error, file=sys.stderr)
            status = 1
    write_results(results)
    return status


def _run(language: Language) -> Result:
    began = time.monotonic()
    client = make(language)
    generated = round(time.monotonic() - began)
    for command in language.check:
        run(command, client)
    with tempfile.TemporaryDirectory() as folder:
        hub = HubServer(Path(folder)).start()
        try:
            done = smoke(language, hub.url, client, Path(folder))
        finally:
            hub.stop()
            hub.kill()
    if not done.complete:
        raise ToolError(done.printed)
    return Result(language.generator(WRITTEN / language.name), generated, dict(done.steps))


if __name__ == "__main__":
    sys.exit(main())
