"""The hand-written runtime of the client: connections, streams, uploads, errors and configuration.

The generated code describes one HTTP exchange as a `call.Call` and passes it to a connection, which carries it out:

- `send(call)` and `send_raw(call)` for a reply that is read completely (`RawResponse` has status, headers and body),
- `open(call)` for a reply that is a stream,
- `exchange(call)` for a request and a reply that are streamed at the same time (full duplex).

`config.resolve(arguments, api_config, kind=...)` returns the settings of a connection.

Code shared by async and blocking clients is here; `aio` holds the async side. `make generate` translates its modules
into `sync`,
except for the modules that `sync` has by hand, because asyncio and threads work differently there.
"""
