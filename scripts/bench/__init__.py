"""What has a benchmark: the embedded Hub and the Python client."""
