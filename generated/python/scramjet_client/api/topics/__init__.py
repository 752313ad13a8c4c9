"""The operations tagged `topics`.

A topic is a named stream within a Hub that joins any number of writers to any number of readers:
clients, and Instances with `provides` or `requires`. It is created when a client or an Instance
first names it, and stays until it is deleted or the Hub ends. A Hub keeps a limited number of
topics at once (507 for one more), and what all of them keep has a limit, too: while it is reached,
writers wait unless what they write is read.

## Type

A topic has one content type: `application/x-ndjson`, `text/x-ndjson`, `text/plain` or
`application/octet-stream`. The first writer, reader or Instance that names one sets it; those who
name another get 415. A reader names it in the `Content-Type` of its **request**, for historical
reasons.

Who names none gets, or writes, the topic's own. A topic that has only been read, and without a
type, has none yet: the first that is named will be its own, or `application/x-ndjson`, which is
what it is listed as, once something is written without. Until then its readers are told
`application/octet-stream`.

## What readers get

- Bytes arrive unchanged and, from each writer, in the order they were written.
- Of several writers at once, ndjson and text are taken turn by turn at the end of lines, so that no
  line is torn; a write that ends within a line gets its end of line added. Bytes of
  `application/octet-stream` are taken as they come.
- Every reader gets all that is written from when it joined.
- While there is no reader, what is written is kept, up to a limit of the Hub; the first reader to
  come gets it. Then the writer has to wait: nothing is dropped, and nothing expires.
- The slowest reader sets the pace for the writers. A Hub can be set up to cut off one that takes
  nothing while others wait for it; its stream then breaks.
- What a reader did not receive before it left goes to the next one.

## What ends a reader

A write with `x-end-stream: true` ends, once it is done, all readers of that time. If there are
none, what was kept ends there for the next reader. The topic itself stays, and can be written and
read again. Deleting the topic ends its readers too, and drops what was kept. A writer that finishes
or breaks off ends no reader.
"""
