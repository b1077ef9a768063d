"""The demonstration site: its pictures, its documents and what is said in it."""
