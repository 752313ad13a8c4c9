"""Topics of a Space: streams that join the clients of the Space and all of its Hubs."""
