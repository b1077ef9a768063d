"""The admin site: Django's own, for people who are not technical."""
