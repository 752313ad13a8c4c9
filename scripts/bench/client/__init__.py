"""`make bench-client`: our Python client beside others, on the same work in one run."""
