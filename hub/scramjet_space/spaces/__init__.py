"""Spaces: their Hubs, and what is gathered from them."""
