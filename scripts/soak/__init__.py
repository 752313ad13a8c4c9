"""`make soak`: the Hub that is put under load, the load, and what must hold while it lasts."""
