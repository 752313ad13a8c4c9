"""Full-duplex connections, which can read and write at the same time; those of httpx cannot."""
