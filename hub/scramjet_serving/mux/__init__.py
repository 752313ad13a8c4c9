"""Many connections over one: the protocol of the npm package `bpmux`, which Hubs and Spaces speak in their tunnels."""
