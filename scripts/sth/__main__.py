"""`python -m scripts.sth`: run STH until it is interrupted."""

import contextlib
import signal
import sys

from scripts.sth import UnavailableError, start


def main() -> int:
    """Start STH, say where it serves, and wait for Ctrl-C.

    Returns:
        The exit code: 1 when STH can't run on this machine.
    """
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        sth = start()
    except UnavailableError as error:
        print(error, file=sys.stderr)
        return 1
    with sth, contextlib.suppress(KeyboardInterrupt):
        python = sth.python or "none that fits: 3.7 up to 3.11.4, name one in STH_PYTHON"
        print(f"STH 0.18.7 serves at {sth.url} (Python for Sequences: {python})", flush=True)
        signal.pause()
    return 0


if __name__ == "__main__":
    sys.exit(main())
