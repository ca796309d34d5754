"""One person's machine, and the command line."""

from tongrong.config.settings.base import *  # noqa: F403

DEBUG = False
SECRET_KEY = "for one machine only; prod refuses to start without its own"  # noqa: S105
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
