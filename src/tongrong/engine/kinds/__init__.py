"""Clause kinds, one file each: the keys in YAML, and the meaning as an Ibis expression."""
