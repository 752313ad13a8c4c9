"""The register of handlers, and what an error of the Hub's things is to a client."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from scramjet_hub.handlers.operations import STATUSES
from scramjet_serving import errors
from scramjet_serving.errors import ApiError, DomainError, NotFound, Taken
from scramjet_serving.messages import Response
from scramjet_serving.operations import Operations

KINDS = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, DomainError)]


def answer(operations: Operations[Any], operation: str) -> Any:
    async def ask() -> Any:
        return await operations[operation].handler(None, None)  # type: ignore[arg-type]  # it looks at neither

    return asyncio.run(ask())


def failing(error: Exception) -> Any:
    async def fail(_service: object, _request: object) -> Response:
        raise error

    return fail


def test_every_domain_error_of_the_hub_has_a_status() -> None:
    assert set(STATUSES) == set(KINDS) - {DomainError}


def test_a_domain_error_is_told_with_its_status_and_its_text() -> None:
    operations: Operations[Any] = Operations({NotFound: 404, Taken: 409})
    operations.operation("read")(failing(NotFound("There is no x")))
    operations.operation("make", errors={Taken: 405})(failing(Taken("x is taken")))

    for operation, status, text in (("read", 404, "There is no x"), ("make", 405, "x is taken")):
        with pytest.raises(ApiError) as told:
            answer(operations, operation)
        assert (told.value.status, told.value.message) == (status, text)


def test_one_without_a_status_is_a_failure() -> None:
    operations: Operations[Any] = Operations({})
    operations.operation("read")(failing(NotFound("There is no x")))
    with pytest.raises(NotFound):
        answer(operations, "read")


def test_an_operation_has_one_handler_and_each_server_its_own_operations() -> None:
    first: Operations[Any] = Operations({})
    first.operation("read")(failing(NotFound()))
    with pytest.raises(ValueError, match="read has two handlers"):
        first.snapshot("read")(lambda _service: Response())

    assert not Operations[Any]({})
