"""The description as parsed by openapi-python-client, without any warning."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from openapi_python_client.config import Config, ConfigFile, MetaType
from openapi_python_client.parser import GeneratorData
from openapi_python_client.parser.errors import GeneratorError
from openapi_python_client.parser.properties.list_property import ListProperty
from openapi_python_client.parser.properties.model_property import ModelProperty
from openapi_python_client.parser.properties.union import UnionProperty

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from openapi_python_client.parser.properties.protocol import PropertyProtocol

STREAMED = "application/octet-stream"
CONTENT_TYPES = {
    # openapi-python-client does not support these bodies. They are streams, which our templates handle.
    "application/x-ndjson": STREAMED,
    "text/x-ndjson": STREAMED,
    "text/plain": STREAMED,
    "*/*": STREAMED,
    "application/openmetrics-text": "text/plain",
    "application/yaml": "text/plain",
}


class GenerationError(Exception):
    """The client cannot be generated, or would be incomplete."""


def configuration(target: Path) -> Config:
    """Return the configuration of openapi-python-client.

    Args:
        target: The folder of the package to generate.
    """
    settings = ConfigFile(
        content_type_overrides=CONTENT_TYPES,
        # Enumerations as Literal: values that differ only in case would clash as names of an Enum, and a value that
        # a newer server adds does not make a reply unreadable.
        literal_enums=True,
        package_name_override="scramjet_client",
        post_hooks=[],
        use_path_prefixes_for_title_model_names=False,
    )
    return Config.from_sources(
        settings, MetaType("none"), document_source=target, file_encoding="utf-8", overwrite=True, output_path=target
    )


def parse(content: Mapping[str, Any], config: Config) -> GeneratorData:
    """Parse a bundled description.

    Args:
        content: The bundle.
        config: The generator's configuration.

    Raises:
        GenerationError: openapi-python-client reports any warning: it leaves out what it warns of.
    """
    # The parser modifies its argument.
    data = GeneratorData.from_dict(copy.deepcopy(dict(content)), config=config)
    if isinstance(data, GeneratorError):
        raise GenerationError(_complaint([data]))
    collections = data.endpoint_collections_by_tag.values()
    complaints = [*data.errors, *(error for collection in collections for error in collection.parse_errors)]
    if complaints:
        raise GenerationError(_complaint(complaints))
    _complete(data)
    return data


def _complete(data: GeneratorData) -> None:
    """Fill in the copies of models.

    The parser copies a model at each reference but resolves only the original, often later.
    """
    originals = {model.class_info.name: model for model in data.models}
    waiting: list[PropertyProtocol] = list(data.models)
    for collection in data.endpoint_collections_by_tag.values():
        for endpoint in collection.endpoints:
            waiting.extend(response.prop for response in endpoint.responses)
            waiting.extend(body.prop for body in endpoint.bodies)
            waiting.extend(prop for _, prop in endpoint.iter_all_parameters())
    seen: set[int] = set()
    while waiting:
        prop = waiting.pop()
        if id(prop) in seen:
            continue
        seen.add(id(prop))
        if isinstance(prop, ModelProperty) and prop.class_info.name in originals:
            for name in ("required_properties", "optional_properties", "additional_properties"):
                setattr(prop, name, getattr(originals[prop.class_info.name], name))
        waiting.extend(inner_properties(prop))


def inner_properties(prop: PropertyProtocol) -> Iterator[PropertyProtocol]:
    """Yield the inner properties of a property."""
    if isinstance(prop, ListProperty):
        yield prop.inner_property
    elif isinstance(prop, UnionProperty):
        yield from prop.inner_properties
    elif isinstance(prop, ModelProperty):
        yield from prop.required_properties or ()
        yield from prop.optional_properties or ()
        if prop.additional_properties is not None:
            yield prop.additional_properties


def _complaint(errors: Iterable[GeneratorError]) -> str:
    lines = (f"  {error.header.strip()} {(error.detail or '').strip()}" for error in errors)
    return "openapi-python-client does not take the description as it is:\n" + "\n".join(lines)
