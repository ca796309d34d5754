"""What every place shares. Reads the environment; touches no file."""

import os
from pathlib import Path

from tongrong.config.databases import database_settings

TONGRONG_HOME = Path(os.environ.get("TONGRONG_HOME", "var"))

INSTALLED_APPS = ["tongrong.records"]
DATABASES = {"default": database_settings(os.environ.get("DATABASE_URL", ""), TONGRONG_HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
LANGUAGE_CODE = "zh-hans"
