"""Changes of a small description, those that break its callers and those that do not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

BASE = """
openapi: 3.1.0
info: {title: Things, version: '1'}
security: [{}, {bearer: []}]
paths:
  /things:
    get:
      operationId: listThings
      x-served-by: {hub: {}, space: {}}
      parameters:
        - {name: limit, in: query, schema: {type: integer, minimum: 1, maximum: 100, default: 10}}
        - {name: kinds, in: query, schema: {type: array, items: {type: string}}}
        - $ref: '#/components/parameters/Order'
      responses:
        '200':
          description: Things.
          headers:
            x-count: {required: true, schema: {type: integer}}
            x-hint: {schema: {type: string}}
          content:
            application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Thing'}}}
            text/plain: {schema: {type: string}}
        '404': {$ref: '#/components/responses/None'}
    post:
      operationId: makeThing
      requestBody:
        required: false
        content:
          application/json: {schema: {$ref: '#/components/schemas/NewThing'}}
          application/x-ndjson: {schema: {}}
      responses:
        '201': {description: Made.}
  /things/{id}:
    delete:
      operationId: deleteThing
      parameters: [{name: id, in: path, required: true, schema: {type: string, maxLength: 40}}]
      responses:
        '204': {description: Gone.}
  /things/{id}/log:
    get:
      operationId: readLog
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses:
        '200':
          description: Lines.
          x-stream: {direction: down, unit: records}
          content: {application/x-ndjson: {schema: {type: object}}}
components:
  securitySchemes: {bearer: {type: http, scheme: bearer}}
  parameters:
    Order: {name: order, in: query, schema: {type: string, enum: [up, down]}}
  responses:
    None: {description: None.}
  schemas:
    Thing:
      type: object
      required: [id, kind]
      additionalProperties: false
      properties:
        id: {type: string, format: uuid}
        kind: {type: string, enum: [small, large]}
        note: {type: string}
        size: {type: number, maximum: 5}
        count: {type: integer}
        owner: {oneOf: [{type: string}, {$ref: '#/components/schemas/Owner'}]}
        tags: {type: object, additionalProperties: {type: string}}
        inner: {$ref: '#/components/schemas/Thing'}
    Owner:
      title: Owner
      type: object
      properties: {name: {type: string}}
    NewThing:
      type: object
      required: [kind]
      properties:
        kind: {type: string, enum: [small, large]}
        name: {type: string, minLength: 1, maxLength: 20}
        size: {type: integer, minimum: 0, maximum: 9}
        note: {type: [string, 'null']}
        any: {}
        when: {oneOf: [{type: integer}, {type: string, const: now}]}
        list: {type: array, maxItems: 5, items: {type: string}}
"""

THINGS, THING, NEW = "paths//things", "components/schemas/Thing", "components/schemas/NewThing"
LIST, MAKE = f"{THINGS}/get", f"{THINGS}/post"
OK = f"{LIST}/responses/200"


class Edit(NamedTuple):
    """One change: set what is at a place, or remove it."""

    name: str
    place: str
    value: Any = None
    says: str = ""
    """A part of what is told; nothing, if it breaks nobody."""


REMOVED = object()

BREAKING = [
    # Operations
    Edit("operation gone", f"{THINGS}/post", REMOVED, "POST /things: the operation is gone"),
    Edit("path gone", "paths//things/{id}", REMOVED, "DELETE /things/{id}: the operation is gone"),
    Edit("served by fewer", f"{LIST}/x-served-by", {"hub": {}}, "no longer served by space"),
    Edit("served since", f"{LIST}/x-served-by/hub", {"since": "2.0"}, "served by hub only under"),
    Edit("token needed everywhere", "security", [{"bearer": []}], "without a token"),
    Edit("token needed here", f"{LIST}/security", [{"bearer": []}], "GET /things: it cannot be called without a token"),
    Edit("authorization gone", "security", [{}], "a way of authorization is gone"),
    # Parameters
    Edit("parameter gone", f"{LIST}/parameters/0", REMOVED, "query parameter limit: the parameter is gone"),
    Edit("parameter moved", f"{LIST}/parameters/0/in", "header", "query parameter limit: the parameter is gone"),
    Edit(
        "parameter renamed", "components/parameters/Order/name", "sort", "query parameter order: the parameter is gone"
    ),
    Edit("parameter required", f"{LIST}/parameters/0/required", True, "query parameter limit: it is now required"),
    Edit(
        "new required parameter",
        f"{MAKE}/parameters",
        [{"name": "x-key", "in": "header", "required": True, "schema": {}}],
        "header parameter x-key: it is new and required",
    ),
    Edit("parameter's type", f"{LIST}/parameters/0/schema/type", "boolean", "the type was integer and is boolean"),
    Edit("parameter's maximum", f"{LIST}/parameters/0/schema/maximum", 50, "maximum was 100 and is 50"),
    Edit("parameter's minimum", f"{LIST}/parameters/0/schema/minimum", 2, "minimum was 1 and is 2"),
    Edit("parameter's default", f"{LIST}/parameters/0/schema/default", 20, "the default was 10 and is 20"),
    Edit("parameter's default gone", f"{LIST}/parameters/0/schema/default", REMOVED, "was 10 and is none"),
    Edit(
        "parameter's values", "components/parameters/Order/schema/enum", ["up"], "the value down is no longer accepted"
    ),
    Edit("parameter's style", f"{LIST}/parameters/1/explode", False, "in another style"),
    Edit("parameter's elements", f"{LIST}/parameters/1/schema/items/type", "integer", "/[]: the type was string"),
    Edit("path parameter's length", "paths//things/{id}/delete/parameters/0/schema/maxLength", 36, "maxLength was 40"),
    # Request bodies
    Edit("body required", f"{MAKE}/requestBody/required", True, "POST /things, body: it is now required"),
    Edit("body gone", f"{MAKE}/requestBody", REMOVED, "POST /things, body: it is gone"),
    Edit(
        "new required body", "paths//things/{id}/delete/requestBody", {"required": True, "content": {}}, "now required"
    ),
    Edit("body's media type", f"{MAKE}/requestBody/content/application~x-ndjson", REMOVED, "the media type is gone"),
    Edit(
        "any body, then some", f"{MAKE}/requestBody/content/application~x-ndjson/schema", {"type": "object"}, "was any"
    ),
    Edit("required property", f"{NEW}/required", ["kind", "size"], "/size: the property is now required"),
    Edit("property taken gone", f"{NEW}/properties/name", REMOVED, "/name: the property is gone"),
    Edit(
        "fewer values taken", f"{NEW}/properties/kind/enum", ["small"], "/kind: the value large is no longer accepted"
    ),
    Edit("values taken limited", f"{NEW}/properties/name/enum", ["a"], "/name: the value is now one of a"),
    Edit("shorter", f"{NEW}/properties/name/maxLength", 10, "maxLength was 20 and is 10"),
    Edit("no longer empty", f"{NEW}/properties/list/minItems", 1, "minItems was none and is 1"),
    Edit("pattern", f"{NEW}/properties/name/pattern", "^a", "pattern was none and is ^a"),
    Edit("format taken", f"{NEW}/properties/name/format", "uuid", "the format was any and is uuid"),
    Edit("null refused", f"{NEW}/properties/note/type", "string", "/note: a value of type null is no longer accepted"),
    Edit("anything no more", f"{NEW}/properties/any", {"type": "string"}, "/any: the type was any and is string"),
    Edit("alternative refused", f"{NEW}/properties/when", {"type": "integer"}, "/when: now is no longer accepted"),
    Edit("alternative narrowed", f"{NEW}/properties/when/oneOf/1/const", "later", "/when: the value now is no longer"),
    Edit("closed", f"{NEW}/additionalProperties", False, "further properties are no longer accepted"),
    Edit("typed", f"{NEW}/additionalProperties", {"type": "string"}, "no longer of any kind"),
    Edit("no doubles", f"{NEW}/properties/list/uniqueItems", True, "elements have to differ"),
    Edit("whole numbers", f"{NEW}/properties/size/multipleOf", 2, "multipleOf was none and is 2"),
    Edit("element's type taken", f"{NEW}/properties/list/items/type", "integer", "/list/[]: the type was string"),
    # Responses
    Edit("status gone", f"{LIST}/responses/404", REMOVED, "GET /things, 404: the status is gone"),
    Edit("media type gone", f"{OK}/content/text~plain", REMOVED, "200, text/plain: the media type is gone"),
    Edit("header gone", f"{OK}/headers/x-count", REMOVED, "header x-count: the header is gone"),
    Edit("header optional", f"{OK}/headers/x-count/required", False, "header x-count: the header may now be missing"),
    Edit("header's type", f"{OK}/headers/x-count/schema/type", "string", "the type was integer and is string"),
    Edit("stream no more", "paths//things/{id}/log/get/responses/200/x-stream", REMOVED, "down, records and is none"),
    Edit("array no more", f"{OK}/content/application~json/schema", {"type": "object"}, "was array and is object"),
    Edit("property gone", f"{THING}/properties/note", REMOVED, "/[]/note: the property is gone"),
    Edit("property may miss", f"{THING}/required", ["id"], "/[]/kind: the property may now be missing"),
    Edit("property's type", f"{THING}/properties/note/type", "integer", "/[]/note: the type was string and is integer"),
    Edit("no whole number", f"{THING}/properties/count/type", "number", "the type was integer and is number"),
    Edit(
        "null may come", f"{THING}/properties/note/type", ["string", "null"], "/note: a value of type null may now come"
    ),
    Edit("anything may come", f"{THING}/properties/note", {}, "/[]/note: the type was string and is any"),
    Edit("more values", f"{THING}/properties/kind/enum", ["small", "large", "huge"], "the value huge is new"),
    Edit("any value", f"{THING}/properties/kind/enum", REMOVED, "the value is no longer one of small, large"),
    Edit("format lost", f"{THING}/properties/id/format", REMOVED, "the format was uuid and is any"),
    Edit("another format", f"{THING}/properties/id/format", "uri", "the format was uuid and is uri"),
    Edit("another alternative", f"{THING}/properties/owner/oneOf/2", {"type": "integer"}, "integer may now come"),
    Edit(
        "alternative's property",
        "components/schemas/Owner/properties/name",
        REMOVED,
        "/owner/name: the property is gone",
    ),
    Edit(
        "map's values", f"{THING}/properties/tags/additionalProperties/type", "integer", "/tags/*: the type was string"
    ),
    Edit("map of anything", f"{THING}/properties/tags/additionalProperties", True, "may now be of any kind"),
]

HARMLESS = [
    # Operations
    Edit("another operationId", f"{LIST}/operationId", "getThings"),
    Edit("other texts", f"{LIST}/summary", "Show them"),
    Edit("new operation", f"{THINGS}/put", {"operationId": "put", "responses": {}}),
    Edit("new path", "paths//other", {"get": {"operationId": "other", "responses": {}}}),
    Edit("served by more", f"{LIST}/x-served-by/platform", {}),
    Edit("no token at all", f"{LIST}/security", [{}, {"bearer": []}]),
    Edit("link", f"{OK}/links", {"a": {"operationId": "deleteThing"}}),
    Edit("deviation", f"{LIST}/x-deviations", [{"server": "STH 1.0.1", "what": "x"}]),
    # Requests
    Edit("new parameter", f"{MAKE}/parameters", [{"name": "a", "in": "query", "schema": {"type": "string"}}]),
    Edit("larger maximum", f"{LIST}/parameters/0/schema/maximum", 1000),
    Edit("no minimum", f"{LIST}/parameters/0/schema/minimum", REMOVED),
    Edit("any number", f"{LIST}/parameters/0/schema/type", "number"),
    Edit("new default", "components/parameters/Order/schema/default", "up"),
    Edit("more values taken", "components/parameters/Order/schema/enum", ["up", "down", "any"]),
    Edit("all values taken", "components/parameters/Order/schema/enum", REMOVED),
    Edit("same style", f"{LIST}/parameters/1/explode", True),
    Edit("another media type taken", f"{MAKE}/requestBody/content/text~plain", {"schema": {"type": "string"}}),
    Edit("new optional body", "paths//things/{id}/delete/requestBody", {"content": {}}),
    Edit("property no longer required", f"{NEW}/required", []),
    Edit("new optional property", f"{NEW}/properties/colour", {"type": "string"}),
    Edit("null taken", f"{NEW}/properties/name/type", ["string", "null"]),
    Edit("another alternative taken", f"{NEW}/properties/when/oneOf/2", {"type": "boolean"}),
    Edit("longer", f"{NEW}/properties/name/maxLength", 30),
    Edit("open, as before", f"{NEW}/additionalProperties", True),
    # Responses
    Edit("another status", f"{LIST}/responses/409", {"description": "No."}),
    Edit("another media type", f"{OK}/content/text~csv", {"schema": {"type": "string"}}),
    Edit("optional header gone", f"{OK}/headers/x-hint", REMOVED),
    Edit("header's case", f"{OK}/headers", {"X-Count": {"required": True, "schema": {"type": "integer"}}}),
    Edit("another header", f"{OK}/headers/x-more", {"schema": {"type": "string"}}),
    Edit("new property", f"{THING}/properties/colour", {"type": "string"}),
    Edit("property always there", f"{THING}/required", ["id", "kind", "note"]),
    Edit("fewer values", f"{THING}/properties/kind/enum", ["small"]),
    Edit("format gained", f"{THING}/properties/note/format", "uri"),
    Edit("only whole numbers", f"{THING}/properties/size/type", "integer"),
    Edit("looser bound", f"{THING}/properties/size/maximum", 50),
    Edit("fewer alternatives", f"{THING}/properties/owner", {"type": "string"}),
    Edit("open reply", f"{THING}/additionalProperties", True),
    Edit("title", f"{THING}/title", "Something"),
]


def edited(edit: Edit) -> dict[str, Any]:
    """The base with one change; in a place, `~` stands for a slash that is no border."""
    document: dict[str, Any] = yaml.safe_load(BASE)
    *way, last = parts(edit.place)
    node: Any = document
    for part in way:
        node = node[int(part)] if isinstance(node, list) else node[part]
    if isinstance(node, list) and edit.value is not REMOVED:
        node[int(last) :] = [edit.value]
    elif isinstance(node, list):
        del node[int(last)]
    elif edit.value is REMOVED:
        del node[last]
    else:
        node[last] = edit.value
    return document


def parts(place: str) -> Iterator[str]:
    """The keys on the way to a place; a path of the API is one of them."""
    before, mark, after = place.partition("//")
    yield from (part.replace("~", "/") for part in before.split("/"))
    if mark:
        names = after.split("/")
        length = next((i for i, name in enumerate(names) if name in ("get", "put", "post", "delete")), len(names))
        yield "/" + "/".join(names[:length])
        yield from (part.replace("~", "/") for part in names[length:])
