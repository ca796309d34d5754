"""Findings: verdicts with their reasons, in the words of the checklist; no web framework."""
