"""Publishable: something with a page of its own, its queryset, its address and its old addresses."""
