"""Norms: what must be. Reads the folders under `norms/` into checklists."""
