"""The clients in other languages that are committed: `make clients`. client/README.md tells how a language is added."""
