"""Events from the calendars of others (RFC 5545), into drafts for review.

What others send is read in a process of its own (`reading`, `fetching`), which knows neither
Django nor the database and is ended when it takes too much (`apart`). `plan` says what would
follow from it, `carrying_out` does it.
"""
