"""The sizes and formats in which an image is served."""
def prepare(image): pass
