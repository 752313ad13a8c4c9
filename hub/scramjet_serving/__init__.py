"""An HTTP/1.1 server for APIs described by OpenAPI. Knows no Hub and no Space: they provide handlers and a service."""
