"""Commands beside a running Instance, over a WebSocket."""
