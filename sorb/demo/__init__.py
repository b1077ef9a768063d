"""The demo site: words, pictures and documents that show what Sorb does."""
