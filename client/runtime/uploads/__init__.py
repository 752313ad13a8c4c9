"""Uploads: packages, files and streams as request bodies."""
