"""Access to a Platform: user tokens, access keys of Hubs, and the gate in front of everything."""
