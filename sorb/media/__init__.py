"""The library of images and documents: what may be uploaded, how it is kept and shown."""
