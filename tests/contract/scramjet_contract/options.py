"""The options of `scramjet-contract`, and the environment variable for each."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, NoReturn

from scramjet_contract.errors import BadOption
from scramjet_contract.phases import PHASES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

HUB = "http://127.0.0.1:8000/api/v1"
EPILOG = """exit codes:
  0    the Hub keeps the contract
  1    it does not, or it stopped answering, or the time limit was reached
  2    nothing could be checked; one sentence says why
  130  the run was interrupted"""


class Parser(argparse.ArgumentParser):
    """Reports a wrong option in one sentence."""

    def error(self, message: str) -> NoReturn:
        """Reject the options.

        Raises:
            BadOption: Always.
        """
        raise BadOption(f"{message}; see --help")


def parser(environment: Mapping[str, str], tags: Sequence[str]) -> argparse.ArgumentParser:
    """Return the parser; defaults come from the environment, and an empty variable counts as not set.

    Values stay text, so that values from the environment are checked as well.
    """
    reader = Parser(
        prog="scramjet-contract",
        description="Check a running Scramjet Hub against the description of its API. "
        "Everything that is created on the Hub is deleted again; nothing else is touched.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    add = _Adding(reader, environment).option
    reader.add_argument("url", nargs="?", default=environment.get("HUB") or HUB, help=f"the Hub; default {HUB} [HUB]")
    add("--kind", "KIND", "what is there: hub (the default), platform or multi-manager")
    add("--space", "SPACE", "id of a Space of the Platform that the run may empty of packages and access keys")
    add("--token", "TOKEN", "token with full access")
    add("--read-token", "READ_TOKEN", "read-only token")
    add("--list", "", "list tags, scenarios, phases, operations and profiles, then exit", flag=True)
    add("--tags", "TAGS", f"tags to check, of {','.join(tags)}; all by default")
    add("--only", "ONLY", f"scenarios or phases ({','.join(PHASES)}) to run; all by default")
    add("--operations", "OPERATIONS", "operationIds that generated requests go to; all by default")
    add("--profile", "PROFILE", "name or file of the profile; chosen by the Hub's version by default")
    add("--language", "SEQUENCES", "language of the Sequences to run, python or node; the profile's by default")
    add("--seed", "SEED", "repeat the run with this seed")
    add("--effort", "EFFORT", "factor on the number of generated requests; default 1")
    add("--budget", "BUDGET", "seconds after which no more requests are generated")
    add("--time-limit", "TIME_LIMIT", "seconds after which the run is stopped, with exit code 1")
    add("--wait", "WAIT", "seconds to wait for a Hub that does not answer yet; default 0")
    add("--workers", "WORKERS", "scenarios to run at the same time; default 4")
    add("--pace", "PACE", "factor on all waiting times of scenarios; default 1")
    add("--first-only", "", "stop at the first problem", flag=True)
    add("--reports", "REPORTS", "folder for the reports")
    add("--plain", "", "print plain lines only, even on a terminal", flag=True)
    add("--ca-file", "HUB_CA_FILE", "PEM file with the certificates to trust instead of the system's")
    add("--cert", "HUB_CERT", "PEM file with the certificate to present")
    add("--key", "HUB_KEY", "PEM file with its private key, if that is not in the same file")
    add("--insecure", "", "accept any certificate", flag=True)
    add("--proxy", "HUB_PROXY", "HTTP proxy to use; other proxy variables and ~/.netrc are ignored")
    reader.add_argument("--header", action="append", default=[], metavar="NAME: VALUE", help="extra header; repeatable")
    add("--full-hub", "FULL_HUB", "another such Hub, at its limits")
    add("--draining-hub", "DRAINING_HUB", "another such Hub, shutting down")
    return reader


class _Adding:
    def __init__(self, reader: argparse.ArgumentParser, environment: Mapping[str, str]) -> None:
        self._reader = reader
        self._environment = environment

    def option(self, name: str, variable: str, what: str, *, flag: bool = False) -> None:
        if flag:
            self._reader.add_argument(name, action="store_true", help=what)
            return
        text = f"{what} [{variable}]"
        self._reader.add_argument(name, default=self._environment.get(variable, ""), metavar="X", help=text)
