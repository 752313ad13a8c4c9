"""What survives a restart: records of Spaces, Hubs, access keys, tokens and packages, and the files of packages."""
