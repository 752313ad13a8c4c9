"""The operations tagged `multi_manager`."""
