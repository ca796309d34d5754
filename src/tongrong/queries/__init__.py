"""Reads of the operational database; answers are plain frozen values."""
