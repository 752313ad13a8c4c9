"""The clients in other languages: fresh, strictly built, and taken through every step with a real Hub."""

from __future__ import annotations

import functools
import shutil
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from scripts.description.derived.make import write_derived
from scripts.description.source import BUNDLE
from scripts.generate.languages import table
from scripts.generate.languages.assembly import GENERATED, WRITTEN, files, make
from scripts.generate.languages.registry import LANGUAGES
from scripts.generate.languages.toolchain import missing, run
from scripts.smoke.run import smoke
from tests.support.hub_process import HubProcess
from tests.support.tools import needs

if TYPE_CHECKING:
    from pathlib import Path

    from scripts.generate.languages.language import Language

FIELD = "freshlyAdded"

each_language = pytest.mark.parametrize(
    "language",
    [pytest.param(language, marks=needs(*language.programs), id=name) for name, language in LANGUAGES.items()],
)
# Compilers are slow on a busy machine, and fetch packages when their caches are cold.
patiently = pytest.mark.timeout(1800)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Builds a language's committed client in a folder of its own, once, and tests it with its own tests."""

    @functools.cache
    def build(language: Language) -> Path:
        folder = tmp_path_factory.mktemp(language.name) / "client"
        for name in files(GENERATED / language.name):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(GENERATED / language.name / name, folder / name)
        for command in language.check:
            run(command, folder)
        return folder

    return build


@patiently
@each_language
def test_every_step_passes_with_a_real_hub(language: Language, built: Any, tmp_path: Path) -> None:
    with HubProcess(tmp_path) as hub:
        done = smoke(language, hub.url, built(language), tmp_path)
        assert done.complete, done.printed
        with hub.client() as api:
            entities = api.get("entities").json()
        assert (entities["sequences"], entities.get("topics", [])) == ([], [])


@patiently
@each_language
def test_the_committed_client_is_what_is_generated(language: Language, tmp_path: Path) -> None:
    made = make(language, target=tmp_path / language.name)
    committed = GENERATED / language.name
    assert list(files(made)) == list(files(committed))
    assert [name for name in files(made) if (made / name).read_bytes() != (committed / name).read_bytes()] == []


@patiently
@each_language
def test_a_new_field_is_typed(language: Language, tmp_path: Path) -> None:
    """A field of a schema is in the client as soon as it is in the description."""
    document = yaml.load(BUNDLE.read_text(), Loader=yaml.CSafeLoader)
    document["components"]["schemas"]["Version"]["properties"][FIELD] = {"type": "integer", "format": "int64"}
    bundles = tmp_path / "bundles"
    bundles.mkdir()
    (bundles / BUNDLE.name).write_text(yaml.dump(document, sort_keys=False))
    write_derived(document, bundles)
    made = make(language, bundles=bundles, target=tmp_path / language.name)
    lines = [line for name in files(made) for line in (made / name).read_text(errors="replace").splitlines()]
    assert any(FIELD.lower() in line.lower().replace("_", "") and INT64[language.name] in line for line in lines)


INT64 = {"typescript": "number", "go": "int64"}
"""What an integer of 64 bits is in each language."""


def test_every_language_is_known_to_these_tests() -> None:
    assert INT64.keys() == LANGUAGES.keys()


def test_the_recorded_results_are_of_these_steps_and_versions() -> None:
    """Run `make smoke` after a change of the steps or of a generator's version. Times are not compared."""
    recorded = table.read_results()
    assert list(recorded) == list(LANGUAGES)
    for name, result in recorded.items():
        assert list(result.steps) == table.step_names()
        assert result.generator == LANGUAGES[name].generator(WRITTEN / name)


def test_the_readme_is_made_of_the_recorded_results() -> None:
    assert table.README.read_text() == table.text(table.read_results())


def test_a_step_that_was_not_taken_shows(tmp_path: Path) -> None:
    result = table.Result("a generator 1.0", 3, {"version": 0.123})
    table.write_results({"typescript": result}, tmp_path / "results.json")
    shown = table.text(table.read_results(tmp_path / "results.json"))
    assert "| ask for the version | ✓ 0.12 s |\n" in shown
    assert "| kill an Instance | not taken |\n" in shown
    assert "| generator | a generator 1.0 |\n" in shown


@pytest.mark.parametrize("name", LANGUAGES)
def test_a_lock_file_names_no_registry(name: str) -> None:
    for path in (WRITTEN / name).rglob("*"):
        if path.suffix in (".json", ".lock", ".sum"):
            assert "resolved" not in path.read_text(), path


def test_what_is_missing_is_told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    from scripts.generate.languages import __main__ as command

    language = LANGUAGES["typescript"].__class__
    lacking = language("x", "X", ("no-such-program",), lambda _: "", lambda *_: None, (), ())
    monkeypatch.setattr(command, "LANGUAGES", {"x": lacking})
    for ci, status in (("", 0), ("true", 1)):
        monkeypatch.setenv("CI", ci)
        assert command.main([]) == status
        assert "LEFT OUT: the X client needs no-such-program on the PATH" in capsys.readouterr().err
    assert missing(lacking) == ["no-such-program"]
