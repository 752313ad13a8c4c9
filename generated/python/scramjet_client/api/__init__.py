"""One module for each operation of the API, by tag."""
