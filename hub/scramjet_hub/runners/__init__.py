"""Runners, one per language, which run Sequences, and the management of their processes; see PROTOCOL.md."""
