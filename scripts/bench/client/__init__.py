"""`make bench-client`: measures our Python client against others, on the same work in one run."""
