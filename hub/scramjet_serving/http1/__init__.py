"""HTTP/1.1: the server, its connections, and the exchanges on them."""
