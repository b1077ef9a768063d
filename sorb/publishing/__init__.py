"""Publishable: something with a page of its own; its visibility, address and old addresses."""
