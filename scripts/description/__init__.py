"""The description in openapi/: its files as they are written, and the bundle that is made of them."""
