"""The weighty matters of the demo: what was studied and decided, month by month, and how."""

import datetime as dt
from dataclasses import dataclass, field

from tongrong.facts.demo.book import Book
from tongrong.facts.demo.days import AS_OF, months, on
from tongrong.facts.demo.firms import (
    BUILDER,
    ENTERPRISES,
    GROUP,
    HEAVY,
    OVERSEAS,
    SERVICE,
    WITH_BOARD,
    YOUNG,
)
from tongrong.facts.demo.people import Cast

# Even months: the board decides; odd months: the managers' meeting does.
_BOARD_MATTERS = {
    dt.date(2025, 2, 1): ("年度经营计划", "重大决策", "重大决策"),
    dt.date(2025, 4, 1): ("子企业负责人聘任方案", "重要人事任免", "选择经理层"),
    dt.date(2025, 6, 1): ("生产线搬迁样例项目", "重大项目安排", "重大决策"),
    dt.date(2025, 8, 1): ("年度投资计划调整", "重大决策", "重大决策"),
    dt.date(2025, 10, 1): ("薪酬分配办法修订", "重大决策", "薪酬分配"),
    dt.date(2025, 12, 1): ("总部机构设置优化方案", "重大决策", "机构设置"),
    dt.date(2026, 2, 1): ("经理层成员聘任方案", "重要人事任免", "选择经理层"),
    dt.date(2026, 4, 1): ("智能化改造样例项目", "重大项目安排", "重大决策"),
    dt.date(2026, 6, 1): ("示范园区二期投资方案", "重大项目安排", "重大决策"),
    dt.date(2026, 8, 1): ("工资总额中期调整方案", "重大决策", "薪酬分配"),
}
_MANAGERS_MATTERS = (
    ("流动资金借款", "大额度资金运作"),
    ("部门负责人聘任方案", "重要人事任免"),
    ("安全生产专项投入", "大额度资金运作"),
    ("设备集中采购方案", "重大项目安排"),
)


@dataclass
class Matter:
    """One matter of one month: what it is, and what goes otherwise than usual.

    Usually it is studied at the month's ordinary committee meeting, decided at the body's
    meeting of the month and followed up within the due time. `studies` replaces the ordinary
    study: (day, start in minutes or None, outcome, version); `decided` the decision's day and
    start; `followed` the follow-up's day, with `unfollowed` none was entered.
    """

    number: str
    enterprise: str
    month: dt.date
    title: str
    category: str
    power: str | None
    studies: list[tuple[dt.date, int | None, str, str]] = field(default_factory=list)
    decided: tuple[dt.date, int] | None = None
    version: str = "第1稿"
    outcome: str = "决定通过"
    followed: dt.date | None = None
    unfollowed: bool = False
    by_board: bool = True


_NONE_IN_LAST_MONTH = {BUILDER, SERVICE}


def write_matters(book: Book, cast: Cast) -> list[Matter]:
    """Enters every matter; what happened to them is entered with the meetings."""
    found = []
    for enterprise in ENTERPRISES:
        for place, month in enumerate(months()):
            if not cast.meets(enterprise, month):
                continue
            board = _BOARD_MATTERS.get(month)
            title, category = board[:2] if board else _MANAGERS_MATTERS[place // 2 % 4]
            power = board[2] if board and enterprise in WITH_BOARD else None
            if enterprise == BUILDER and power == "薪酬分配":
                title, power = "下属项目部考核方案", "重大决策"
            if enterprise in _NONE_IN_LAST_MONTH and month == AS_OF.replace(day=1):
                continue
            if enterprise not in WITH_BOARD and board is None and month.month % 4 == 1:
                continue
            number = book.number(f"SX{enterprise}")
            matter = Matter(number, enterprise, month, title, category, power, by_board=bool(board))
            _plant(matter)
            money = category in ("大额度资金运作", "重大项目安排")
            book.add(
                "matters",
                number=number,
                unit=enterprise,
                title=f"{month.year}年{month.month}月{title}",
                category=category,
                amount=book.rng.randint(80, 3000) * 1_000_000 if money else None,
                execution_due_on=on("2026-06-30") if month == on("2026-04-01") else None,
            )
            found.append(matter)
    return found


def _plant(matter: Matter) -> None:
    """What goes otherwise than usual, by enterprise and month."""
    at = (matter.enterprise, f"{matter.month:%Y-%m}")
    if at == (GROUP, "2026-04"):  # sent back, revised, studied again, then decided
        matter.studies = [
            (on("2026-04-09"), 9 * 60, "建议修改后复议", "第1稿"),
            (on("2026-04-16"), 9 * 60, "建议同意", "第2稿"),
        ]
        matter.version = "第2稿"
    elif at == (GROUP, "2025-11"):  # not to be submitted: no body decided it
        matter.studies = [(on("2025-11-12"), 9 * 60, "建议不予提交", "第1稿")]
        matter.outcome = ""
    elif at == (HEAVY, "2026-06"):  # the committee met a week after the board
        matter.decided = (on("2026-06-18"), 9 * 60 + 30)
        matter.studies = [(on("2026-06-25"), 9 * 60, "建议同意", "第1稿")]
    elif at == (HEAVY, "2025-12"):
        matter.outcome = "决定不通过"
    elif at == (HEAVY, "2026-07"):
        matter.unfollowed = True
        matter.decided = (on("2026-07-15"), 14 * 60)
    elif at == (BUILDER, "2026-04"):  # one day, and nobody wrote down when the committee met
        matter.studies = [(on("2026-04-22"), None, "建议同意", "第1稿")]
        matter.decided = (on("2026-04-22"), 14 * 60)
    elif at == (YOUNG, "2026-08"):  # one day, the committee in the morning
        matter.studies = [(on("2026-08-21"), 8 * 60 + 30, "建议同意", "第1稿")]
        matter.decided = (on("2026-08-21"), 14 * 60)
    elif at == (OVERSEAS, "2026-08"):
        matter.decided = (on("2026-08-20"), 9 * 60 + 30)
        matter.followed = on("2026-09-16")
    elif at == (YOUNG, "2026-05"):  # due on 18 August, followed up a week later
        matter.decided = (on("2026-05-20"), 14 * 60)
        matter.followed = on("2026-08-25")
