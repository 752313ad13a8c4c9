"""Passes over rendered sources: make them blocking, complete, check and mark them."""
