"""`tongrong administrators`: the first three administrators, and a password one of them forgot."""

from typing import Annotated

import typer
from rich.box import SIMPLE_HEAD
from rich.table import Table

from tongrong.portal import clock
from tongrong.portal.cli import inputs
from tongrong.portal.cli.consoles import out
from tongrong.portal.cli.ledgers import login_name
from tongrong.vocabulary.roles import Role

FIRST = {
    "xitong": Role.SYSTEM_ADMIN,
    "anquan": Role.SECURITY_ADMIN,
    "shenji": Role.AUDIT_ADMIN,
}


def administrators(
    reset: Annotated[
        str | None,
        typer.Option("--reset", metavar="账户名", help="给这个管理员新的一次性口令"),
    ] = None,
) -> None:
    """Make the three administrators where there are none, or give one another password."""
    inputs.ready_database()
    from tongrong.actions.first_administrators import first_administrators, reset_administrator

    actor, at, day = login_name(), clock.now(), clock.today()
    if reset is not None:
        passwords = {reset: reset_administrator(login=reset, actor=actor, at=at, day=day)}
    else:
        passwords = first_administrators(logins=FIRST, actor=actor, at=at, day=day)
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for heading in ("账户名", "一次性口令", "角色"):
        table.add_column(heading, overflow="fold")
    for login, password in passwords.items():
        role = FIRST.get(login)
        table.add_row(login, password, role.label if role else "管理员")
    out().print(table)
    out().print("一次性口令只在这里显示一次，首次登录时必须更改；请分别交给三个人。", markup=False)
