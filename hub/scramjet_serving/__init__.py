"""Serves an API that OpenAPI describes over HTTP/1.1. Knows no Hub and no Space: they bring handlers and a service."""
