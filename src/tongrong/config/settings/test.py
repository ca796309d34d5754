"""The test suite: as on one machine; each test says which database it uses."""

from django.contrib.auth.hashers import Argon2PasswordHasher

from tongrong.config.settings.dev import *  # noqa: F403

ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
# Assets are not collected for a test, and whether whitenoise finds them is not what is tested.
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True


class QuickArgon2(Argon2PasswordHasher):
    """Argon2 at its smallest: a password costs a fifth of a second otherwise, and tests sign in.

    What it wrote is read by the product's own, which takes its cost from what is written.
    """

    time_cost, memory_cost, parallelism = 1, 8, 1


PASSWORD_HASHERS = [f"{__name__}.{QuickArgon2.__name__}"]
