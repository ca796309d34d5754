"""Makes the operational database ready: creates it where needed, brings tables up to date."""

from pathlib import Path

from django.core.management import call_command
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

from tongrong.actions.place_units import place_units
from tongrong.actions.turns import one_write
from tongrong.vocabulary.errors import refuse
from tongrong.vocabulary.failures import database_failure

_APP = "records"


def prepare_database(migration: str | None = None) -> None:
    """Create the SQLite file's folder if needed and bring the tables up to date; repeatable.

    All outstanding migrations go by one write: interrupted at whatever moment, the tables are
    those of before, and who comes at the same time waits. With `migration` the tables become
    those of that one.

    Raises:
        TongrongError: the database cannot be reached.
    """
    try:
        if connection.vendor == "sqlite":
            Path(connection.settings_dict["NAME"]).parent.mkdir(parents=True, exist_ok=True)
        if migration is None and _is_current():
            return
        # SQLite leaves its checks on once a transaction has begun, and does not migrate then.
        with connection.constraint_checks_disabled(), one_write("业务数据库"):
            asked = [] if migration is None else [_APP, migration]
            call_command("migrate", *asked, verbosity=0, interactive=False)
            if migration is None:
                place_units()
    except (OperationalError, OSError) as error:
        raise refuse(
            "database.unreachable",
            "业务数据库",
            database_failure(error),
            "数据库可以连接并可建表",
            "检查 DATABASE_URL 或 TONGRONG_HOME、数据库服务、磁盘空间和账号权限",
        ) from error


def _is_current() -> bool:
    """Whether no migration is outstanding."""
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())
