"""Instances: Sequences that run, or have lately run."""
