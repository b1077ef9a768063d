"""The handbook for staff: what its pages name is there."""
