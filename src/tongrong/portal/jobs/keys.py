"""The key of a job, which nobody can guess: it names its folder and its address."""

import secrets

_BYTES = 32


def new_key() -> str:
    """A key for a job, and for its folder and address."""
    return secrets.token_urlsafe(_BYTES)
