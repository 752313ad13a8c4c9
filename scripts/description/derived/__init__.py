"""Bundles derived from generated/openapi.yaml, for tools that read another version of OpenAPI or know no `x-stream`."""
