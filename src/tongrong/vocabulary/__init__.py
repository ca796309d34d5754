"""The words every room of the house shares; imports nothing of it."""
