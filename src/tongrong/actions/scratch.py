"""A database for a moment, beside the real one: to look into a backup without restoring it."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connections

from tongrong.facts.temporary import Temporary

_DEFAULT = "default"


@contextmanager
def scratch_database() -> Iterator[None]:
    """Let the default connection be an empty SQLite file that is gone afterwards.

    What is attached to records stands beside it.
    """
    before, given_before = connections[_DEFAULT], connections.settings[_DEFAULT]
    home = settings.TONGRONG_HOME
    with Temporary() as folder:
        given = {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(folder / "scratch.sqlite3"),
            "OPTIONS": {"transaction_mode": "IMMEDIATE", "init_command": "PRAGMA synchronous=OFF;"},
        }
        connections.settings[_DEFAULT] = connections.configure_settings({_DEFAULT: given})[_DEFAULT]
        connections[_DEFAULT] = connections.create_connection(_DEFAULT)
        settings.TONGRONG_HOME = folder
        try:
            yield
        finally:
            connections[_DEFAULT].close()
            settings.TONGRONG_HOME = home
            connections.settings[_DEFAULT] = given_before
            connections[_DEFAULT] = before
