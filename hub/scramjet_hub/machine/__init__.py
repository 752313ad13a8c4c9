"""The Hub's share of its machine: the data folder and the memory of its process."""
