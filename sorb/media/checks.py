"""What may be uploaded, proved by content."""
def check_image(file): pass
def check_document(file): pass
