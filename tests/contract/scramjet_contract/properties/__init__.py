"""Generated requests: schemathesis over every operation, aimed at things of our own."""
