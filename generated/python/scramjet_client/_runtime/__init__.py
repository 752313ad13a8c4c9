# Copied by `make generate` from client/runtime/__init__.py: edit it there.
"""What the client does, written by hand: connections, streams, uploads, errors and configuration.

The generated code describes one HTTP exchange as a `call.Call` and hands it to a connection, which gives the result:

- `send(call)` and `send_raw(call)` for a reply that is awaited whole (`RawResponse` has status, headers and body),
- `open(call)` for a reply that is a stream,
- `exchange(call)` for a request and a reply that are streams at the same time.

`config.resolve(arguments, api_config, kind=...)` gives the settings that a connection is made of.

What is alike for async and blocking code is here; `aio` holds the async side. Its modules are translated into `sync`,
except for those that are written by hand there, because asyncio and threads differ in kind.
"""
