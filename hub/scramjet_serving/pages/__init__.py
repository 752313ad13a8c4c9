"""Web pages of a server: its description, for people. They are static; all data comes from the API."""
