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
servers:
  - url: 'http://{host}:{port}/api/v1'
    variables: {host: {default: localhost}, port: {default: '80', enum: ['80', '8000']}}
paths:
  /things:
    get:
      operationId: listThings
      x-served-by: {hub: {}, space: {}}
      parameters:
        - {name: limit, in: query, schema: {type: integer, minimum: 1, maximum: 100, default: 10}}
        - {name: kinds, in: query, schema: {type: array, items: {type: string}}}
        - $ref: '#/components/parameters/Order'
        - {name: filter, in: query, allowReserved: true, content: {application/json: {schema: {type: object}}}}
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
          multipart/form-data:
            schema: {type: object, properties: {file: {type: string, format: binary}}}
            encoding: {file: {contentType: application/gzip}}
      responses:
        '201': {description: Made.}
  /things/{id}:
    delete:
      operationId: deleteThing
      parameters: [{name: id, in: path, required: true, schema: {type: string, maxLength: 40}}]
      responses:
        '204': {description: Gone.}
  /things/{id}/log:
    servers: [{url: /logs}]
    get:
      operationId: readLog
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses:
        '200':
          description: Lines.
          x-stream: {direction: down, unit: records}
          content: {application/x-ndjson: {schema: {type: object}}}
  /shapes:
    put:
      operationId: putShape
      security: [{bearer: [write]}]
      requestBody: {$ref: '#/components/requestBodies/Shape'}
      responses:
        '200':
          description: The shape.
          content: {application/json: {schema: {$ref: '#/components/schemas/Shape'}}}
        default: {description: What went wrong.}
components:
  securitySchemes: {bearer: {type: http, scheme: bearer}, key: {type: apiKey, in: header, name: X-Key}}
  requestBodies:
    Shape:
      required: true
      content: {application/json: {schema: {$ref: '#/components/schemas/Shape'}}}
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
    Shape:
      type: object
      required: [kind]
      dependentRequired: {width: [height]}
      patternProperties: {^x-: {type: string}}
      unevaluatedProperties: {type: integer}
      propertyNames: {maxLength: 9}
      properties:
        kind: {enum: [round, square]}
        width: {type: integer, format: int32}
        height: {type: number, multipleOf: 4}
        made: {type: string, readOnly: true}
        secret: {type: string, writeOnly: true}
        odd: {type: integer, not: {const: 2}}
        sides: {type: array, contains: {type: integer}, minContains: 1, prefixItems: [{type: string}], items: false}
        any: true
        none: false
        part:
          oneOf: [{$ref: '#/components/schemas/Arc'}, {$ref: '#/components/schemas/Edge'}]
          discriminator: {propertyName: kind, mapping: {arc: '#/components/schemas/Arc'}}
        chosen: {type: object, if: {required: [a]}, then: {required: [b]}}
        both: {allOf: [{type: integer, minimum: 1}, {minimum: 3, maximum: 9}]}
        next: {$ref: '#/components/schemas/Shape', description: Another one.}
    Arc: {type: object, properties: {kind: {const: arc}, degrees: {type: integer}}}
    Edge: {type: object, properties: {kind: {const: edge}, length: {type: number}}}
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
SHAPE, PUT = "components/schemas/Shape", "paths//shapes/put"


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
    # Servers and authorization
    Edit("server's path", "servers/0/url", "http://{host}:{port}/api/v2", "the server http://localhost:80/api/v1 is"),
    Edit("server's scheme", "servers/0/url", "https://{host}:{port}/api/v1", "the server http://localhost:80/api/v1"),
    Edit("server gone", "servers", REMOVED, "servers: the server http://localhost:80/api/v1 is gone"),
    Edit("server's default", "servers/0/variables/port/default", "8000", "the server http://localhost:80/api/v1 is"),
    Edit("server's choices", "servers/0/variables/port/enum", ["80"], "no longer takes 8000"),
    Edit("server's free choice", "servers/0/variables/host/enum", ["localhost"], "no longer takes any other value"),
    Edit("path's server", "paths//things/{id}/log/servers/0/url", "/log", "GET /things/{id}/log: the server /logs is"),
    Edit("path's server gone", "paths//things/{id}/log/servers", REMOVED, "the server /logs is gone"),
    Edit("new server of an operation", f"{PUT}/servers", [{"url": "/x"}], "PUT /shapes: the server http://localhost"),
    Edit(
        "bearer, then key", "components/securitySchemes/bearer", {"type": "apiKey", "in": "header", "name": "k"}, "gone"
    ),
    Edit("bearer, then basic", "components/securitySchemes/bearer/scheme", "basic", "a way of authorization is gone"),
    Edit("another scheme", f"{PUT}/security", [{"key": []}], "PUT /shapes: a way of authorization is gone"),
    Edit("a scheme more", f"{PUT}/security", [{"bearer": ["write"], "key": []}], "a way of authorization is gone"),
    Edit("a scope more", f"{PUT}/security", [{"bearer": ["write", "all"]}], "a way of authorization is gone"),
    # Ways to write parameters and bodies
    Edit("parameter's content", f"{LIST}/parameters/3/content/application~json/schema/type", "array", "was object"),
    Edit("parameter as text", f"{LIST}/parameters/3", {"name": "filter", "in": "query", "schema": {}}, "another way"),
    Edit("nothing reserved", f"{LIST}/parameters/3/allowReserved", False, "allowReserved is no longer true"),
    Edit(
        "part's encoding", f"{MAKE}/requestBody/content/multipart~form-data/encoding/file/contentType", "a/b", "encoded"
    ),
    Edit("part's encoding gone", f"{MAKE}/requestBody/content/multipart~form-data/encoding", REMOVED, "part file is"),
    Edit("type of less", f"{MAKE}/requestBody/content/application~json/schema/type", "array", "the type was object"),
    Edit("shared body gone", f"{PUT}/requestBody", REMOVED, "PUT /shapes, body: it is gone"),
    Edit("shared body's type gone", "components/requestBodies/Shape/content", {"text/plain": {}}, "media type is gone"),
    Edit("default reply gone", f"{PUT}/responses/default", REMOVED, "PUT /shapes, default: the status is gone"),
    # Keywords that are seldom used; each is in a request and in a response
    Edit(
        "another dependency",
        f"{SHAPE}/dependentRequired/width",
        ["height", "odd"],
        "/odd: the property is now required",
    ),
    Edit("dependency gone", f"{SHAPE}/dependentRequired", REMOVED, "may now be missing beside width"),
    Edit("new dependency", f"{SHAPE}/dependentRequired/odd", ["any"], "/any: the property is now required beside odd"),
    Edit("pattern's type", f"{SHAPE}/patternProperties/^x-/type", "integer", "/~^x-: the type was string"),
    Edit("pattern gone", f"{SHAPE}/patternProperties", REMOVED, "properties that match ^x- are no longer described"),
    Edit("new pattern", f"{SHAPE}/patternProperties/^y-", {"type": "string"}, "properties that match ^y- are now"),
    Edit("nothing unevaluated", f"{SHAPE}/unevaluatedProperties", False, "unevaluated properties are no longer"),
    Edit("unevaluated of any kind", f"{SHAPE}/unevaluatedProperties", True, "may now be of any kind"),
    Edit("unevaluated's type", f"{SHAPE}/unevaluatedProperties/type", "string", "/*: the type was integer"),
    Edit("names", f"{SHAPE}/propertyNames/maxLength", 8, 'propertyNames was {"maxLength": 9} and is {"maxLength": 8}'),
    Edit("names of any kind", f"{SHAPE}/propertyNames", REMOVED, "and is none"),
    Edit("not another", f"{SHAPE}/properties/odd/not/const", 3, 'not was {"const": 2} and is {"const": 3}'),
    Edit("not gone", f"{SHAPE}/properties/odd/not", REMOVED, 'not was {"const": 2} and is none'),
    Edit("new not", f"{SHAPE}/properties/width/not", {"const": 0}, 'not was none and is {"const": 0}'),
    Edit("if another", f"{SHAPE}/properties/chosen/if/required", ["c"], "/chosen: if was"),
    Edit("then more", f"{SHAPE}/properties/chosen/then/required", ["b", "c"], "/chosen: then was"),
    Edit("new else", f"{SHAPE}/properties/chosen/else", {"required": ["d"]}, "/chosen: else was none"),
    Edit("contains another", f"{SHAPE}/properties/sides/contains/type", "string", "/sides: contains was"),
    Edit("contains more", f"{SHAPE}/properties/sides/minContains", 2, "/sides: minContains was 1 and is 2"),
    Edit("more items", f"{SHAPE}/properties/sides/items", {"type": "string"}, "a value of type string may now come"),
    Edit("any item", f"{SHAPE}/properties/sides/items", REMOVED, "a value of type any may now come"),
    Edit("no item", f"{NEW}/properties/list/items", False, "a value of type string is no longer accepted"),
    Edit("nothing at all", f"{SHAPE}/properties/any", False, "/any: a value of type any is no longer accepted"),
    Edit("something after all", f"{SHAPE}/properties/none", True, "/none: a value of type any may now come"),
    Edit("discriminator", f"{SHAPE}/properties/part/discriminator/propertyName", "sort", "was kind and is sort"),
    Edit("discriminated value gone", f"{SHAPE}/properties/part/discriminator/mapping", {}, "value arc is no longer"),
    Edit("discriminated value new", f"{SHAPE}/properties/part/discriminator/mapping/x", "Arc", "value x is new"),
    Edit("smaller integers", f"{NEW}/properties/size/format", "int32", "the format was any and is int32"),
    Edit("larger integers", f"{SHAPE}/properties/width/format", "int64", "the format was int32 and is int64"),
    Edit("coarser", f"{SHAPE}/properties/height/multipleOf", 8, "multipleOf was 4 and is 8"),
    Edit("of one part of two", f"{SHAPE}/properties/both/allOf/0/minimum", 4, "minimum was 3 and is 4"),
    Edit("of another part of two", f"{SHAPE}/properties/both/allOf/1/maximum", 8, "maximum was 9 and is 8"),
    Edit(
        "sent no more",
        f"{SHAPE}/properties/width/readOnly",
        True,
        "body, application/json /width: the property is gone",
    ),
    Edit(
        "read no more",
        f"{SHAPE}/properties/width/writeOnly",
        True,
        "200, application/json /width: the property is gone",
    ),
    Edit(
        "a constant less", f"{SHAPE}/properties/kind", {"oneOf": [{"const": "round"}]}, "square is no longer accepted"
    ),
    Edit(
        "a constant more",
        f"{THING}/properties/kind",
        {"oneOf": [{"const": "small"}, {"const": "large"}, {"const": "huge"}]},
        "the value huge is new",
    ),
    Edit("typed further property", f"{SHAPE}/additionalProperties", {"type": "string"}, "no longer of any kind"),
    Edit(
        "in a schema within itself",
        f"{SHAPE}/properties/next",
        {"allOf": [{"$ref": "#/components/schemas/Shape"}, {"required": ["any"]}]},
        "/next/any: the property is now required",
    ),
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
    Edit("deviation", f"{LIST}/x-deviations", [{"id": "x", "server": "STH", "versions": "==1.0.1", "what": "x"}]),
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
    # Servers and authorization
    Edit("another server", "servers/1", {"url": "https://example.org"}),
    Edit("server's text", "servers/0/description", "Here."),
    Edit(
        "server's variable renamed",
        "servers/0",
        {
            "url": "http://{name}:{port}/api/v1/",
            "variables": {"name": {"default": "localhost"}, "port": {"default": "80", "enum": ["80", "8000", "81"]}},
        },
    ),
    Edit("any port", "servers/0/variables/port/enum", REMOVED),
    Edit("scheme's text", "components/securitySchemes/bearer/description", "A token."),
    Edit("scheme's case", "components/securitySchemes/bearer/scheme", "Bearer"),
    Edit("a hint at the token", "components/securitySchemes/bearer/bearerFormat", "JWT"),
    Edit("another way", f"{PUT}/security", [{"bearer": ["write"]}, {"key": []}]),
    Edit("a scope less", f"{PUT}/security", [{"bearer": []}]),
    # Media types and statuses
    Edit(
        "media type's case",
        f"{OK}/content",
        {
            "Application/JSON": {"schema": {"type": "array", "items": {"$ref": "#/components/schemas/Thing"}}},
            "TEXT/plain": {"schema": {"type": "string"}},
        },
    ),
    Edit(
        "range of media types",
        f"{MAKE}/requestBody/content",
        {
            "application/*": {"schema": {"$ref": "#/components/schemas/NewThing"}},
            "application/x-ndjson": {"schema": {}},
            "multipart/form-data": {
                "schema": {"type": "object", "properties": {"file": {"type": "string", "format": "binary"}}},
                "encoding": {"file": {"contentType": "application/gzip"}},
            },
        },
    ),
    Edit(
        "class of statuses",
        f"{LIST}/responses",
        {
            "200": {
                "description": "Things.",
                "headers": {"x-count": {"required": True, "schema": {"type": "integer"}}},
                "content": {
                    "application/json": {"schema": {"type": "array", "items": {"$ref": "#/components/schemas/Thing"}}},
                    "text/plain": {"schema": {"type": "string"}},
                },
            },
            "4XX": {"description": "None."},
        },
    ),
    Edit(
        "body written out",
        f"{PUT}/requestBody",
        {
            "required": True,
            "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Shape"}}},
        },
    ),
    # Another way to say the same, or less in a reply and more in a request
    Edit("enum as constants", f"{SHAPE}/properties/kind", {"oneOf": [{"const": "round"}, {"const": "square"}]}),
    Edit(
        "enum as typed constants",
        f"{SHAPE}/properties/kind",
        {
            "anyOf": [{"type": "string", "const": "square", "title": "Square"}, {"type": "string", "enum": ["round"]}],
        },
    ),
    Edit("enum with its type", f"{SHAPE}/properties/kind/type", "string"),
    Edit("constants as enum", f"{NEW}/properties/when", {"anyOf": [{"enum": ["now"]}, {"type": "integer"}]}),
    Edit("types as alternatives", f"{NEW}/properties/note", {"oneOf": [{"type": "null"}, {"type": "string"}]}),
    Edit("requires what is only read", f"{SHAPE}/required", ["kind", "made"]),
    Edit("requires what is only read, by reference", f"{SHAPE}/properties/made/description", "When."),
    Edit("only read property, new", f"{SHAPE}/properties/id", {"type": "integer", "readOnly": True}),
    Edit("anything as empty", f"{SHAPE}/properties/any", {}),
    Edit("open as a schema", f"{NEW}/additionalProperties", {}),
    Edit("text of what is not", f"{SHAPE}/properties/odd/not/description", "Two."),
    Edit("one schema of two", f"{SHAPE}/properties/both", {"type": "integer", "minimum": 3, "maximum": 9}),
    Edit("sizes of integers", f"{THING}/properties/count/format", "int64"),
    Edit("sizes of integers taken", f"{NEW}/properties/size/format", "int64"),
    Edit("text of a schema within itself", f"{SHAPE}/properties/next/description", "The next."),
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
        length = next(
            (i for i, name in enumerate(names) if name in ("get", "put", "post", "delete", "servers")), len(names)
        )
        yield "/" + "/".join(names[:length])
        yield from (part.replace("~", "/") for part in names[length:])
