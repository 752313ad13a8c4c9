"""`make client LANG=...` or `python -m scripts.generate.other_languages ...`: generate a client in another language.

It runs openapi-generator, which is in the extra `clients` on PyPI (with its own Java runtime)
and is installed when first needed. The client is written to generated/LANGUAGE/ and not committed.
"""

from __future__ import annotations

import argparse
import difflib
import functools
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from scripts.description.source import BUNDLE, ROOT

if TYPE_CHECKING:
    from collections.abc import Sequence

TOOL = "openapi_generator_cli"
FOLDERS = {"python": "python-openapi-generator"}
"""Folders of languages that differ from the language's name: our own client is in generated/python/."""

# Otherwise the model of a form is omitted, but some languages still import it.
COMMON = ["--global-property=skipFormModel=false"]
# Go has one namespace for the values of all enumerations.
OPTIONS = {"go": ["--additional-properties=enumClassPrefix=true"]}
"""Options that a language's client needs to compile."""


class ClientError(Exception):
    """The client cannot be generated; the message says why."""


def make_client(
    language: str, options: Sequence[str] = (), *, source: Path = BUNDLE, target: Path | None = None
) -> Path:
    """Generate a client in another language.

    Args:
        language: An openapi-generator name, such as `typescript-fetch`.
        options: Further openapi-generator options, such as `--additional-properties=npmName=scramjet`.
        source: The bundle.
        target: The folder to write, below generated/ if not given; it is replaced by a complete client only.

    Returns:
        The folder.

    Raises:
        ClientError: The tool cannot be installed, does not know the language, or fails.
    """
    check_language(language)
    target = target or ROOT / "generated" / FOLDERS.get(language, language)
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".client-") as folder:
        made = Path(folder) / "client"
        run(
            "generate",
            "-i",
            str(source),
            "-g",
            language,
            "-o",
            str(made),
            *COMMON,
            *OPTIONS.get(language, ()),
            *options,
        )
        shutil.rmtree(target, ignore_errors=True)
        made.rename(target)
    return target


def check_language(language: str) -> None:
    """Refuse a language that openapi-generator does not support.

    Raises:
        ClientError: It is unsupported; the message lists similar names, or all.
    """
    if language not in languages():
        near = difflib.get_close_matches(language, languages(), n=5)
        hint = f"Did you mean {' or '.join(near)}?" if near else f"It has: {', '.join(languages())}."
        raise ClientError(f"openapi-generator has no language {language!r}. {hint}")


@functools.cache
def languages() -> list[str]:
    """Return the languages of openapi-generator, sorted.

    Raises:
        ClientError: It cannot be installed.
    """
    names = run("list", "--short").replace("\n", ",").split(",")
    return sorted(name.strip() for name in names if name.strip())


def run(*arguments: str) -> str:
    """Run openapi-generator.

    Returns:
        Its output.

    Raises:
        ClientError: It failed or reported an error.
    """
    install()
    done = subprocess.run(  # noqa: S603  # our own arguments
        [sys.executable, "-c", f"import {TOOL}; {TOOL}.cli()", *arguments],
        env={**os.environ, "LC_ALL": "C.UTF-8"},  # the LANG of `make client` is not a locale
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        check=False,
    )
    errors = [line for line in done.stdout.splitlines() if " ERROR " in line]
    if done.returncode or errors:
        told = "\n".join(errors or done.stdout.splitlines()[-20:])
        raise ClientError(f"openapi-generator {arguments[0]} failed ({done.returncode}):\n{told}")
    return done.stdout


def install() -> None:
    """Install openapi-generator, as pinned in pyproject.toml, beside this Python, unless it is there.

    Raises:
        ClientError: pip failed.
    """
    if importlib.util.find_spec(TOOL):
        return
    print("Installing openapi-generator ...", flush=True)
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-e", ".[clients]"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603  # our own
    importlib.invalidate_caches()
    if done.returncode:
        raise ClientError(f"openapi-generator could not be installed:\n{done.stderr.strip()}")


def main(arguments: Sequence[str] | None = None) -> int:
    """Generate the client that the command line names.

    Returns:
        The exit code: 0; 1 if the client cannot be generated; 2 if no language was named.
    """
    parser = argparse.ArgumentParser(
        prog="python -m scripts.generate.other_languages", description="Make a client in another language."
    )
    parser.add_argument("language", help="a language of openapi-generator, such as typescript-fetch, go or java")
    parser.add_argument("options", nargs=argparse.REMAINDER, help="further options for openapi-generator")
    options = parser.parse_args(arguments)
    if not options.language:
        parser.error("name a language, as in: make client LANG=typescript-fetch")
    try:
        made = make_client(options.language, options.options)
    except ClientError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"The {options.language} client is in {made.relative_to(ROOT)}/")
    return 0


if __name__ == "__main__":
    sys.exit(main())
