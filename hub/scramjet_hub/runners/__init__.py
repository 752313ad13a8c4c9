"""What runs beside a Sequence, one runner per language, and how their processes come to be; see PROTOCOL.md."""
