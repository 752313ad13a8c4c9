"""Instances: Sequences that are running, or have recently finished."""
