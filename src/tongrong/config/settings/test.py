"""The test suite: as on one machine; each test says which database it uses."""

from tongrong.config.settings.dev import *  # noqa: F403
