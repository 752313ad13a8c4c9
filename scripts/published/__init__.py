"""Packages that others have published, installed for tests and benchmarks: the clients of the API among them."""
