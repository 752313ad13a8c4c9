"""Connected Hubs: by a tunnel that they open themselves, or by URL."""
