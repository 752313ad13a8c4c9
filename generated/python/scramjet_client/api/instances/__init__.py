"""The operations tagged `instances`.

An Instance is a running Sequence, addressed by its id or, since Hub 2.0, by the name it was given
at start.

## Life

`initializing` → `starting` → `running` → `completed` or `errored`, by way of `stopping` after
`_stop` and of `killing` after `_kill`. A status never goes back. `terminated` then tells the exit
code and the reason.

A finished Instance stays readable for a while (180 seconds, unless the Hub is set up otherwise),
with its log and with the part of its output that has not been read; then it is gone, and every path
below it answers 404. The oldest go sooner where there are very many, or where what they hold fills
the memory set aside for it. It takes no more input, events or commands.

## Its streams

`stdout`, `stderr` and `output` are kept in a bounded buffer while there is no reader; once that is
full, the Instance has to wait. The first reader gets what was kept. Several readers at once all get
every byte from when each joined; the slowest sets the pace. What a reader had not received when it
went is there for the next one. A stream ends for its readers when the Instance has ended or has
closed it, and what is left can still be read after that. `log` is different: it always begins with
the recent log.

`stdin` and `input` take any number of writes, one after the other, until one of them ends the
stream. The content type of the first write to `input` holds for the whole of it. With a topic as
its input (`requires`), an Instance takes none from here; with one as its output (`provides`),
`output` stays empty.
"""
