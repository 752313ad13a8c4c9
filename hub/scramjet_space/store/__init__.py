"""The store of a Space: packages that its Hubs fetch."""
