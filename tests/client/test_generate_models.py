from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any, get_args

import pytest

from scripts.generate.parsing import GenerationError
from tests.support.generation import models

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def thing(**properties: Any) -> dict[str, Any]:
    """A schema of an object, closed, whose properties are all optional."""
    return {"type": "object", "additionalProperties": False, "properties": properties}


@pytest.fixture
def make(tmp_path: Path) -> Callable[..., Any]:
    """Generates the model `Thing` from a schema, with further schemas beside it."""

    def make_model(schema: dict[str, Any], **others: Any) -> Any:
        return models({"Thing": schema, **others}, tmp_path).Thing

    return make_model


def test_absent_optional_fields_are_none_and_stay_absent(make: Callable[..., Any]) -> None:
    model = make(thing(size={"type": "integer"}, name={"type": "string"}))

    assert model.from_dict({"size": 0}).size == 0
    assert model.from_dict({"size": 0}).name is None
    assert model.from_dict({"size": 0}).to_dict() == {"size": 0}
    assert model.from_dict({}).to_dict() == {}


def test_a_required_field_that_is_missing_is_an_error(make: Callable[..., Any]) -> None:
    model = make({**thing(id={"type": "string"}), "required": ["id"]})

    with pytest.raises(KeyError, match="id"):
        model.from_dict({})
    with pytest.raises(TypeError):
        model()


def test_null_and_absence_are_told_apart_where_both_may_be(make: Callable[..., Any]) -> None:
    model = make(thing(end={"type": ["string", "null"]}))

    assert model.from_dict({"end": None}).end is None
    assert model.from_dict({"end": None}).to_dict() == {"end": None}
    assert not model.from_dict({}).end
    assert model.from_dict({}).end is not None
    assert model.from_dict({}).to_dict() == {}


def test_unknown_fields_are_kept(make: Callable[..., Any]) -> None:
    decoded = make(thing(size={"type": "integer"})).from_dict({"size": 1, "colour": "red"})

    assert decoded.additional_properties == {"colour": "red"}
    assert decoded.to_dict() == {"size": 1, "colour": "red"}
    assert "colour" in repr(decoded)


def test_an_unknown_value_of_an_enumeration_is_kept(make: Callable[..., Any]) -> None:
    model = make(thing(state={"type": "string", "enum": ["on", "off"]}))

    assert model.from_dict({"state": "dimmed"}).state == "dimmed"


def test_an_enumeration_may_have_values_that_differ_only_in_case(tmp_path: Path) -> None:
    levels = ("INFO", "info", "Info", "", "text/plain")
    module = models({"Thing": thing(level={"type": "string", "enum": [*levels]})}, tmp_path)

    assert get_args(module.ThingLevel) == levels


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2022-07-14T08:09:34.221Z", datetime.datetime(2022, 7, 14, 8, 9, 34, 221000, datetime.UTC)),
        ("2022-07-14T08:09:34Z", datetime.datetime(2022, 7, 14, 8, 9, 34, tzinfo=datetime.UTC)),
        (
            "2022-07-14T08:09:34.221000+02:00",
            datetime.datetime(2022, 7, 14, 6, 9, 34, 221000, datetime.UTC),
        ),
    ],
)
def test_times_are_datetimes(make: Callable[..., Any], text: str, expected: datetime.datetime) -> None:
    decoded = make(thing(at={"type": "string", "format": "date-time"})).from_dict({"at": text})

    assert decoded.at == expected
    assert datetime.datetime.fromisoformat(decoded.to_dict()["at"]) == expected


def test_a_time_that_is_none_is_kept_as_it_is(make: Callable[..., Any]) -> None:
    model = make(thing(at={"type": "string", "format": "date-time"}))

    made = model.from_dict({"at": "yesterday"})
    assert (made.at, made.additional_properties) == (None, {"at": "yesterday"})
    assert made.to_dict() == {"at": "yesterday"}


def test_objects_lists_and_maps_of_objects_are_models(make: Callable[..., Any]) -> None:
    part = {"$ref": "#/components/schemas/Part"}
    model = make(
        thing(
            one=part,
            many={"type": "array", "items": part},
            named={"type": "object", "additionalProperties": part},
            grid={"type": "array", "items": {"type": "array", "items": part}},
        ),
        Part=thing(size={"type": "integer"}),
    )
    data = {"one": {"size": 1}, "many": [{"size": 2}], "named": {"a": {"size": 3}}, "grid": [[{"size": 4}], []]}

    decoded = model.from_dict(data)

    assert decoded.one.size == 1
    assert decoded.many[0].size == 2
    assert decoded.named["a"].size == 3
    assert decoded.grid[0][0].size == 4
    assert decoded.to_dict() == data


def test_an_object_without_fields_of_its_own_is_a_dict(make: Callable[..., Any]) -> None:
    model = make(thing(config={"type": "object", "additionalProperties": True}))

    assert model.from_dict({"config": {"deep": {"er": 1}}}).config == {"deep": {"er": 1}}


def test_a_union_is_told_apart_by_the_json(make: Callable[..., Any]) -> None:
    model = make(
        thing(
            owner={"oneOf": [{"type": "string"}, {"$ref": "#/components/schemas/Owner"}]},
            seen={"oneOf": [{"type": "string", "format": "date-time"}, {"type": "integer"}]},
        ),
        Owner=thing(name={"type": "string"}),
    )

    assert model.from_dict({"owner": "me"}).owner == "me"
    assert model.from_dict({"owner": {"name": "me"}}).owner.name == "me"
    assert model.from_dict({"owner": {"name": "me"}}).to_dict() == {"owner": {"name": "me"}}
    assert model.from_dict({"seen": 7}).seen == 7
    assert model.from_dict({"seen": "2022-07-14T08:09:34Z"}).seen.year == 2022


def test_lists_in_a_union_are_told_apart_by_their_items(make: Callable[..., Any]) -> None:
    objects = {"type": "array", "items": {"$ref": "#/components/schemas/Part"}}
    nested = {"type": "array", "items": {"type": "array", "items": {"type": "string"}}}
    model = make(thing(parts={"oneOf": [objects, nested]}), Part=thing(size={"type": "integer"}))

    assert model.from_dict({"parts": [{"size": 1}]}).parts[0].size == 1
    assert model.from_dict({"parts": [["a"], ["b"]]}).parts == [["a"], ["b"]]


def test_objects_in_a_union_that_look_alike_cannot_be_generated(make: Callable[..., Any]) -> None:
    either = {"oneOf": [{"$ref": "#/components/schemas/Part"}, {"$ref": "#/components/schemas/Whole"}]}
    others = {"Part": thing(size={"type": "integer"}), "Whole": thing(size={"type": "integer"})}

    with pytest.raises(GenerationError, match=r"either: the members of Part \| Whole look alike"):
        make(thing(either=either), **others)


def test_models_in_a_circle_cannot_be_generated(make: Callable[..., Any]) -> None:
    with pytest.raises(GenerationError, match=r"circle: \w+ -> \w+ -> \w+"):
        make(
            thing(part={"$ref": "#/components/schemas/Part"}), Part=thing(whole={"$ref": "#/components/schemas/Thing"})
        )


def test_a_model_may_hold_others_of_its_own_kind(make: Callable[..., Any]) -> None:
    model = make(thing(inner={"$ref": "#/components/schemas/Thing"}))

    assert model.from_dict({"inner": {"inner": {}}}).inner.inner.inner is None


def test_names_that_python_cannot_have_are_changed(make: Callable[..., Any]) -> None:
    fields = {"from": "string", "content-type": "string", "list": "string", "fullName": "string", "type": "string"}
    model = make(thing(**{name: {"type": kind} for name, kind in fields.items()}, tags={"type": "array", "items": {}}))
    data = dict.fromkeys(fields, "x") | {"tags": [1]}

    decoded = model.from_dict(data)

    assert (decoded.from_, decoded.content_type, decoded.list_, decoded.full_name, decoded.type) == tuple("xxxxx")
    assert decoded.to_dict() == data


def test_a_password_is_not_shown(make: Callable[..., Any]) -> None:
    decoded = make(thing(key={"type": "string", "format": "password"})).from_dict({"key": "s3cret"})

    assert decoded.key == "s3cret"
    assert "s3cret" not in repr(decoded)


def test_a_docstring_may_hold_anything(make: Callable[..., Any]) -> None:
    words = 'Ends """here""" or\\there. With a \\N{BULLET}, and ``` too'
    model = make({**thing(size={"type": "integer", "description": words}), "description": words})

    assert "here" in model.__doc__
    assert "size" in model.__doc__
