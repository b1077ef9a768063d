"""The editorial desk: who may do what, what was before, what is being written."""
