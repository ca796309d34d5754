"""Makes the operational database ready: creates it where needed, brings tables up to date."""

from pathlib import Path

from django.core.management import call_command
from django.db import OperationalError, connection

from tongrong.vocabulary.errors import refuse
from tongrong.vocabulary.failures import database_failure


def prepare_database() -> None:
    """Create the SQLite file's folder if needed and apply outstanding migrations; repeatable.

    Raises:
        TongrongError: the database cannot be reached.
    """
    try:
        if connection.vendor == "sqlite":
            Path(connection.settings_dict["NAME"]).parent.mkdir(parents=True, exist_ok=True)
        call_command("migrate", verbosity=0, interactive=False)
    except (OperationalError, OSError) as error:
        raise refuse(
            "database.unreachable",
            "业务数据库",
            database_failure(error),
            "数据库可以连接并可建表",
            "检查 DATABASE_URL 或 TONGRONG_HOME、数据库服务和账号权限",
        ) from error
