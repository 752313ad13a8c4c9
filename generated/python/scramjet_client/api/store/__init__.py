"""The packages that a Space keeps for its Hubs."""
