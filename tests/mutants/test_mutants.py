"""The registry of faults, and that hunting finds one and spares a sound Hub."""

from __future__ import annotations

import os
import sys
import traceback

import pytest
from scramjet_contract.description import Description

from tests.mutants import Mutant, load_all
from tests.mutants.hunt import SOUND, hunt

MUTANTS = load_all()


def test_there_are_enough() -> None:
    assert len(MUTANTS) >= 60
    assert len({mutant.subject for mutant in MUTANTS.values()}) >= 5


def test_each_says_what_is_wrong_and_where() -> None:
    operations = Description.load().operations
    for mutant in MUTANTS.values():
        assert mutant.what.endswith("."), mutant.name
        assert mutant.operations, mutant.name
        assert set(mutant.operations) <= set(operations), mutant.name


@pytest.mark.parametrize("mutant", MUTANTS.values(), ids=MUTANTS.keys())
def test_each_fits_the_hub_as_it_is(mutant: Mutant) -> None:
    """A fault whose place in the Hub has moved must not pass for one that was not caught."""
    child = os.fork()
    if child == 0:
        try:
            mutant.apply()
        except BaseException:  # noqa: BLE001 - nothing may come back from here
            traceback.print_exc()
            os._exit(1)
        sys.stdout.flush()
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


@pytest.mark.parametrize("name", ["list-is-one-short", "a-chunk-is-doubled"])
def test_a_fault_is_caught(name: str) -> None:
    catch = hunt(name)
    assert catch.caught, catch
    assert catch.by.startswith(("scenario ", "property "))


def test_a_sound_hub_is_not() -> None:
    catch = hunt(SOUND)
    assert not catch.caught, catch
