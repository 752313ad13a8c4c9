"""Topics: named streams that any client or Instance may write and read."""
