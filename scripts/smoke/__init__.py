"""Runs the clients in other languages against a real Hub, step by step."""
