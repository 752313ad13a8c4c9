"""Faults in what errors tell of the fields of a request."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scramjet_serving import app, validation
from scramjet_serving.errors import ApiError, FieldError

from tests.mutants import mutant
from tests.mutants.patching import change_json, replace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


@mutant("startSequence")
def errors_name_no_field() -> None:
    """Errors have no list of fields."""
    _change(lambda _fields: ())


@mutant("startSequence")
def errors_name_the_first_field_only() -> None:
    """Of several wrong fields, an error names only the first."""
    _change(lambda fields: fields[:1])


@mutant("createTopic")
def errors_name_fields_without_their_place() -> None:
    """A member of the body is named by its last part alone, not by its JSON pointer."""
    _change(lambda fields: tuple(FieldError(name.rpartition("/")[2], why) for name, why in fields))


@mutant("readTopic")
def parameters_are_not_named() -> None:
    """Errors about parameters have no list of fields."""

    def make(old: Callable[..., Any]) -> Any:
        def check(*args: Any) -> Any:
            try:
                return old(*args)
            except ApiError as error:
                error.fields = ()
                raise

        return check

    replace(app, "check_parameters", make)


@mutant("createTopic")
def taken_topics_are_not_named() -> None:
    """The error for a topic that is there names no field."""
    change_json("createTopic", lambda data: {"error": data["error"]}, 400)


def _change(change: Callable[[tuple[FieldError, ...]], tuple[FieldError, ...]]) -> None:
    def make(old: Callable[[Iterable[ApiError]], ApiError | None]) -> Any:
        def first(refusals: Iterable[ApiError]) -> ApiError | None:
            error = old(refusals)
            if error is not None:
                error.fields = change(error.fields)
            return error

        return first

    replace(validation, "first_of", make)
