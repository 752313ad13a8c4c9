"""Benchmarks of the embedded Hub and the Python client."""
