"""The files of the system and of the languages that an isolated Sequence may read."""

from __future__ import annotations

import importlib.util
import os
import shutil
import sys
import sysconfig
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

RUNNERS: Final = Path(__file__).parents[1]
PROGRAMS: Final = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32")
# What programs look up; no keys, no passwords, nothing about services.
SETTINGS: Final = (
    "alternatives", "fonts", "gai.conf", "group", "host.conf", "hosts", "ld.so.cache", "localtime", "mime.types",
    "nsswitch.conf", "os-release", "passwd", "pki/tls/certs", "pki/ca-trust", "protocols", "resolv.conf", "services",
    "ssl/certs", "ssl/openssl.cnf", "timezone",
)  # fmt: skip
DEVICES: Final = tuple(f"/dev/{name}" for name in ("null", "zero", "full", "random", "urandom", "tty"))
# What programs look up of the machine; nothing of other processes.
MACHINE: Final = (
    *(f"/proc/{name}" for name in ("cpuinfo", "filesystems", "loadavg", "meminfo", "stat", "uptime", "version")),
    *(f"/proc/sys/kernel/{name}" for name in ("cap_last_cap", "osrelease", "ostype", "pid_max", "random", "version")),
    "/proc/sys/vm/overcommit_memory",
    "/proc/sys/vm/max_map_count",
    "/sys/devices/system/cpu",
    "/sys/devices/system/node",
)
# Variables that a runner inherits and that name files it has to read.
NAMING: Final = ("SSL_CERT_FILE", "SSL_CERT_DIR", "NODE_EXTRA_CA_CERTS", "REQUESTS_CA_BUNDLE", "LD_LIBRARY_PATH")


def programs(environ: Mapping[str, str] | None = None) -> list[str]:
    """Return the folders and files of programs and languages: to read and to execute.

    Args:
        environ: The environment; by default this process's own.
    """
    environ = os.environ if environ is None else environ
    found = [*PROGRAMS, *python(), *node(environ.get("PATH"))]
    found += [path for name in NAMING for path in environ.get(name, "").split(":") if path.startswith("/")]
    return outermost(existing(found))


def python() -> Iterator[str]:
    """Yield the folders of this interpreter and of its packages, which are those of Sequences."""
    yield from {sys.prefix, sys.base_prefix, sys.exec_prefix, sys.base_exec_prefix} - {"/"}
    yield from {sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")}
    yield str(RUNNERS / "python")
    # Where the Hub runs from its sources, the client of Python (`context.hub`) is not among the packages.
    if (client := importlib.util.find_spec("scramjet_client")) is not None:
        yield from client.submodule_search_locations or ()


def node(path: str | None) -> Iterator[str]:
    """Yield the files of Node and of its runner."""
    yield str(RUNNERS / "node")
    # Where the Hub runs from its sources, the client of Node is not in its package.
    yield str(RUNNERS.parents[2] / "generated" / "node" / "scramjet_client")
    if (found := shutil.which("node", path=path)) is not None:
        program = Path(found).resolve()
        yield str(program)
        yield str(program.parents[1] / "lib" / "node_modules")


def settings() -> list[str]:
    """Return the files of /etc that programs look up, with what they link to."""
    return existing(f"/etc/{name}" for name in SETTINGS)


def existing(paths: Iterable[str]) -> list[str]:
    """Return the paths that exist, each once, in their order."""
    return [path for path in dict.fromkeys(paths) if Path(path).exists()]


def outermost(paths: list[str]) -> list[str]:
    """Return the paths that are not inside another one of them."""
    return [path for path in paths if not any(path.startswith(other.rstrip("/") + "/") for other in paths)]


def holder(folder: Path, readable: Iterable[str]) -> str:
    """Return the readable folder that contains a folder; empty if there is none."""
    return next((path for path in readable if folder.is_relative_to(Path(path).resolve())), "")
