"""Writes to the operational database: check, write and audit together, or nothing at all."""
