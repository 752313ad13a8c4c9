"""Topics: named streams that anybody may write to and read from."""
