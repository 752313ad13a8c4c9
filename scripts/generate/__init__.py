"""From the bundled description to the clients: `python -m scripts.generate`."""
