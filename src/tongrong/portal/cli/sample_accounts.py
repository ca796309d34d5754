"""`tongrong demo-accounts`: invented people who may sign in to the demo group."""

import datetime as dt
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.table import Table

from tongrong.portal import clock
from tongrong.portal.cli import inputs
from tongrong.portal.cli.consoles import out
from tongrong.vocabulary.errors import refuse
from tongrong.vocabulary.roles import Role

SUPERIOR, FIRM, BRANCH = "SJ00", "QY01", "DZB03"
ACTOR = "演示"
SAMPLES = (
    ("shangji", "上级监管（样例）", Role.SUPERIOR, SUPERIOR, True),
    ("dangban", "党务工作人员（样例）", Role.PARTY_OFFICER, FIRM, False),
    ("zhibu", "党支部书记（样例）", Role.BRANCH_SECRETARY, BRANCH, False),
    ("dangyuan", "党员（样例）", Role.MEMBER, BRANCH, False),
    ("zhigong", "职工代表（样例）", Role.STAFF, FIRM, False),
    ("pingjia", "第三方评价（样例）", Role.ASSESSOR, SUPERIOR, False),
    ("xitong", "系统管理员（样例）", Role.SYSTEM_ADMIN, "", False),
    ("anquan", "安全管理员（样例）", Role.SECURITY_ADMIN, "", False),
    ("shenji", "审计管理员（样例）", Role.AUDIT_ADMIN, "", False),
)
SINCE = dt.date(2026, 1, 1)


def demo_accounts() -> None:
    """Make the sample accounts, or give them new passwords; only where nothing but the demo is."""
    from tongrong.facts.demo import demo_snapshot

    inputs.ready_database()
    from tongrong.queries.facts import current_snapshot

    known = current_snapshot()
    if not known.row_count or known.not_in(demo_snapshot()):
        raise refuse(
            "database.in_use",
            "业务数据库",
            "没有演示数据，或有演示以外的记录",
            "只有演示数据的数据库",
            "先运行 tongrong demo --run；正式使用的库不建样例账户",
        )
    print_accounts()


def print_accounts() -> None:
    """Make the sample accounts and print how to sign in: each time with new random passwords."""
    from tongrong.actions.accounts import appoint, make_account, new_password, set_password
    from tongrong.queries.viewers import account_of

    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for heading in ("账户名", "口令", "角色", "单位"):
        table.add_column(heading, overflow="fold")
    for login, label, role, unit, cleared in SAMPLES:
        password = new_password()
        told: dict[str, Any] = {"actor": ACTOR, "at": clock.now()}
        if not make_account(login=login, label=label, password=password, cleared=cleared, **told):
            set_password(account=account_of(login), password=password, **told)
        appoint(login=login, role=role, unit=unit, from_on=SINCE, until=None, **told)
        table.add_row(login, password, role.label, unit or "—")
    out().print(
        "\n[bold]样例账户[/]（虚构，只在演示库中；再运行一次 tongrong demo-accounts 换新口令）"
    )
    out().print(table)
