"""From one URL to Django's settings of the operational database."""

from pathlib import Path
from typing import Any

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

SQLITE_FILE = "tongrong.sqlite3"
_SQLITE, _POSTGRESQL = "django.db.backends.sqlite3", "django.db.backends.postgresql"
_SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL;",
}

_NOT_COMPILED = "-c jit=off"
"""PostgreSQL takes half a second to compile a query that then runs for a tenth (decision 0248)."""


def database_settings(url: str, home: Path) -> dict[str, Any]:
    """Django's settings for the database at `url`; empty: the SQLite file in `home`.

    Two kinds are supported: `sqlite:////absolute/path` and
    `postgresql://user:password@host:port/name`.

    Raises:
        ImproperlyConfigured: the URL cannot be read or names another kind of database.
    """
    if not url:
        return _sqlite(str(home.resolve() / SQLITE_FILE))
    try:
        settings: dict[str, Any] = dict(dj_database_url.parse(url))
    except ValueError as error:
        raise _unreadable() from error
    if settings["ENGINE"] == _SQLITE:
        return _sqlite(settings["NAME"])
    if settings["ENGINE"] != _POSTGRESQL:
        raise _unreadable()
    options = settings.setdefault("OPTIONS", {})
    options["options"] = f"{options.get('options', '')} {_NOT_COMPILED}".strip()
    return settings


def _sqlite(path: str) -> dict[str, Any]:
    return {"ENGINE": _SQLITE, "NAME": path, "OPTIONS": dict(_SQLITE_OPTIONS)}


def _unreadable() -> ImproperlyConfigured:
    return ImproperlyConfigured(
        "环境变量 DATABASE_URL 无法识别（为保密不显示其内容）。\n"
        "    应为：sqlite:////绝对路径/文件名 或 postgresql://用户:口令@主机:端口/库名\n"
        "    办法：改正该变量，口令中的特殊字符须用百分号编码；"
        "或删去该变量，改用 TONGRONG_HOME 下的 SQLite 文件"
    )
