"""The one migration line."""
