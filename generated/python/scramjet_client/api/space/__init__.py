"""The operations tagged `space`.

A Space, also called Manager or CPM, gathers Hubs. What it lists is what its Hubs last reported, so
a change on a Hub may show a moment later. Sequences, Instances and topics of a Hub that is not
connected are not listed; the Hub itself is. New Spaces and Hubs have ids of 1 to 50 letters,
digits, `_` and `-`.

## How a Hub joins

A Hub opens the connection, so it may be behind NAT: it sends `CONNECT` to the address of the
Platform or MultiManager, which then owns the connection. The target is
`/api/v1/{organization}/{space_id}/` (the organization may be empty), or `/` with the Space's id in
`x-manager-id` from older Hubs, or `/` alone where the Hub's own address names the Space. Headers:
`x-sth-id` (the id that the Hub wants; empty or left out for a new one), `x-manager-id`,
`x-sth-description`, `x-sth-tags` (a JSON array), and from Hubs with an access key `x-org-id` and
`Authorization: Digest cnonce="..."`, 160 characters that prove the key.

| reply | meaning | what a Hub does |
|---|---|---|
| 202 | It has joined. | The connection carries channels (BPMux), each with HTTP/1.1 in either direction. |
| 400 | The id or a header is not as described. | It gives up. |
| 403 | The key is missing, wrong or revoked. | It gives up. |
| 404 | There is no such Space. | It tries again. |
| 409 | A Hub with this id is connected. | It tries again. |

The Space then opens `openSpaceChannel` and `streamLog` on the Hub. A Hub whose connection is lost
joins again with the same id; it is not healthy after 61 seconds without a load report.

A Hub sends requests to its Space through the same connection, to
`/api/v1/cpm/{space_id}/api/v1/...`. A Space's own requests to topics and audit trails of Hubs have
the header `cpm: true`, so that a Hub does not report them back to the Space.

## Topics

A topic of a Space spans its Hubs: what is written on one can be read on all. Its `actors` are Hubs,
as soon as they report that they write (`provider`) or read (`consumer`) it, and clients of the
Space (`api`). All providers are piped to all consumers, a Hub never to itself. The Space keeps
nothing and replays nothing.

Spaces of 2.0 serve more (`GET /verser2/trust`, `/api/v2`), which is not described here.
"""
