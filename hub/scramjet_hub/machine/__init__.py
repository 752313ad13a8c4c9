"""The Hub's machine: load, memory and the data folder."""
