"""The machine that the Hub runs on: its load, its memory and the data folder."""
