"""The machine: its load and memory, durable files, and metrics."""
