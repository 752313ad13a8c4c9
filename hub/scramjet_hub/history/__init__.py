"""History: what happened to Instances, kept in SQLite over restarts of the Hub."""
