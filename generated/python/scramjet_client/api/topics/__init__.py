"""The operations tagged `topics`.

A topic is a named stream within a Hub that joins any number of writers to any number of readers:
clients, and Instances with `provides` or `requires`. It comes to be when it is first named, by
whomever, and stays until it is deleted or the Hub ends.

## Type

A topic has one content type, set by whoever names it first: `application/x-ndjson` (the default),
`text/x-ndjson`, `text/plain` or `application/octet-stream`. Writers and readers who name another
get 415. A reader names it in the `Content-Type` of its **request**, for historical reasons.

## What readers get

- Bytes arrive unchanged and, from each writer, in the order they were written.
- Of several writers at once, ndjson and text are taken turn by turn at the end of lines, so that no
  line is torn; a write that ends within a line gets its end of line added. Bytes of
  `application/octet-stream` are taken as they come.
- Every reader gets all that is written from when it joined.
- While nobody reads, what is written is kept, up to a limit of the Hub; the first reader to come
  gets it. Then the writer has to wait: nothing is dropped, and nothing expires.
- The slowest reader sets the pace for the writers.

## What ends a reader

A write with `x-end-stream: true` ends, once it is done, everybody who reads at that time. If nobody
does, what was kept ends there for the reader who comes to take it. The topic itself stays, and can
be written and read again. Deleting the topic ends its readers too, and drops what was kept. That
one writer is done, or breaks off, ends nobody.
"""
