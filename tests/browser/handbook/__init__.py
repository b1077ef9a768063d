"""The tasks of the handbook, done in a real browser as its pages tell them."""
