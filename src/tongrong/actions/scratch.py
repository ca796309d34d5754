"""A database for a moment, beside the real one: to look into a backup without restoring it."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections

from tongrong.facts.temporary import Temporary

_DEFAULT = "default"


@contextmanager
def scratch_database() -> Iterator[None]:
    """Let the default connection be an empty SQLite file that is gone afterwards."""
    before, settings = connections[_DEFAULT], connections.settings[_DEFAULT]
    with Temporary() as folder:
        given = {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(folder / "scratch.sqlite3"),
            "OPTIONS": {"transaction_mode": "IMMEDIATE", "init_command": "PRAGMA synchronous=OFF;"},
        }
        connections.settings[_DEFAULT] = connections.configure_settings({_DEFAULT: given})[_DEFAULT]
        connections[_DEFAULT] = connections.create_connection(_DEFAULT)
        try:
            yield
        finally:
            connections[_DEFAULT].close()
            connections.settings[_DEFAULT] = settings
            connections[_DEFAULT] = before
