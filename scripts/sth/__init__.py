"""A real Hub that is not ours: STH 0.18.7 from npm, installed, started and stopped for tests and benchmarks.

Use it as a context manager::

    with sth.running() as url:
        ...  # url is an API base such as http://127.0.0.1:40123/api/v1

`python -m scripts.sth` runs one until it is interrupted.
"""

from scripts.published.install import UnavailableError
from scripts.sth.packages import install, node
from scripts.sth.process import Settings, Sth, running, start

__all__ = ["Settings", "Sth", "UnavailableError", "install", "node", "running", "start"]
