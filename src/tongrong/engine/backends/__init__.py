"""Backends run compiled text on data; the only room that holds database drivers."""
