"""Where and how to connect."""
