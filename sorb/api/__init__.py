"""What the site publishes, as JSON for other programs: read only, and only what everybody sees."""
