"""The settings of the connection."""
