"""The Hub itself, its state, load and logs."""
