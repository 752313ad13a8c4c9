"""Starts the embedded Hub and speaks HTTP with it by hand: shared by the jobs that need a Hub, and by the tests."""
