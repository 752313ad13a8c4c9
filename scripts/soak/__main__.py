"""`make soak`: mixed load on a real Hub, with kills of Instances, clients and of the Hub itself.

Half of the time goes to one long life of the Hub, whose memory, descriptors and processes are counted at rest, after a
warm-up and at the end. The other half goes to short lives that end under load, mostly by SIGKILL; each next one finds
what the last one left. Last comes a crowd of Instances at once.

DURATION, SEED and CROWD are taken from the environment unless given as options.
Exit code 1 if anything was seen that must not be.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from scripts.soak.run import Soak

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(arguments: Sequence[str]) -> int:
    """Soak the embedded Hub.

    Args:
        arguments: `--duration`, `--seed` and `--crowd`; see `--help`.

    Returns:
        0 if all was as it has to be, 1 if not.
    """
    environment = os.environ.get
    parser = argparse.ArgumentParser(prog="python -m scripts.soak", description="Mixed load on a real Hub, with kills.")
    parser.add_argument("--duration", type=float, default=environment("DURATION") or 1800, help="seconds of load")
    parser.add_argument("--seed", type=int, default=environment("SEED") or 1, help="the random seed")
    parser.add_argument("--crowd", type=int, default=environment("CROWD") or 500, help="Instances at once at the end")
    options = parser.parse_args(arguments)
    # Ending a soak early must end its Hub too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with tempfile.TemporaryDirectory(prefix="soak-") as folder:
        soak = Soak(Path(folder), options.duration, options.seed, options.crowd)
        try:
            return 0 if soak.run() else 1
        finally:
            print(soak.ledger.report(), flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
