"""Reasons why nothing can be checked; each is one sentence, reported before anything is changed on the Hub."""

from __future__ import annotations


class CannotCheck(Exception):  # noqa: N818 - reads as what it says
    """Nothing can be checked; the text says why in one sentence, and what to do."""


class BadOption(CannotCheck):
    """An option, or the variable in its place, cannot be used."""


class NoHub(CannotCheck):
    """No Hub answers at the address."""


class Stopped(BaseException):
    """A signal stopped the run."""
