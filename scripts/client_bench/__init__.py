"""The parts of `python -m scripts.bench_client`: our Python client beside others, on the same work in one run."""
