"""The one sanitiser and the one rich-text field."""
