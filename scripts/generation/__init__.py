"""The parts of `python -m scripts.generate`: from the bundled description to the Python client."""
