"""The engine: facts → measures → verdicts, as expressions compiled once and run by a backend."""
