"""Generated requests: schemathesis over every operation, aimed at things that the run created."""
