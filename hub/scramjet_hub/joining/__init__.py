"""Joining a Space: the tunnel that the Hub opens to it, and what the Hub tells it."""
