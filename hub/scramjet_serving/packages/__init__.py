"""Packages of Sequences: what their manifests say."""
