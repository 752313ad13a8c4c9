"""The generator of the clients, from the bundled description: `python -m scripts.generate`."""
