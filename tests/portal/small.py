"""A small checklist and a small enterprise whose verdicts are worked out by hand."""

import datetime as dt
from pathlib import Path
from typing import Any

from tests.builders import (
    OLD,
    Row,
    a_branch,
    a_committee,
    a_group_company,
    a_meeting,
    a_member,
    a_person,
    a_post,
    a_quota,
    a_talk,
)

from tongrong.facts.snapshot import Snapshot

AS_OF = dt.date(2026, 5, 20)

SOURCE = (
    "党委每月开会不少于1次。委员7至9人，经理层不超编。董事中委员不低于30%。"
    "鼓励制定办法。书记谈话全覆盖。"
)

CHECKLIST = """\
checklist: small
title: 小清单
in_force: {from: 1990-01-01}
adopted_on: 2018-01-01
terms:
  委员: {ledger: posts, where: {post: [党委委员]}}
sections:
  - id: 一
    title: 甲
    items:
      - id: 1
        title: 领导
        indicators:
          - id: 1.1
            text: 党委每月开会不少于1次。
            clauses:
              - id: 1.1.a
                words: 每月开会不少于1次
                reading: 党委会每个月至少开一次。
                scope: enterprise
                strength: must
                kind: frequency
                of: {ledger: meetings, where: {kind: 党委会}}
                per: month
                at_least: meetings_per_month
          - id: 1.2
            text: 委员7至9人，经理层不超编。
            clauses:
              - id: 1.2.a
                words: 委员7至9人
                reading: 党委委员七至九人。
                scope: enterprise
                strength: should
                kind: headcount
                of: 委员
                count: person
                at_least: seats_least
                at_most: seats_most
              - id: 1.2.b
                words: 经理层不超编
                reading: 委员不超过核定职数。
                scope: enterprise
                strength: must
                kind: headcount
                of: 委员
                count: person
                at_most: {ledger: post_quotas, where: {level: 高层}, sum: posts_set}
          - id: 1.3
            text: 董事中委员不低于30%。
            clauses:
              - id: 1.3.a
                words: 董事中委员不低于30%
                reading: 董事里的委员不低于三成。
                scope: enterprise
                strength: must
                kind: ratio
                numerator:
                  ledger: posts
                  where: {post: 董事}
                  holding: {term: 委员, on: {person: person, owner: owner}}
                  count: person
                denominator: {ledger: posts, where: {post: 董事}, count: person}
                at: today
                at_least: share
          - id: 1.4
            text: 鼓励制定办法。
            clauses:
              - id: 1.4.a
                words: 鼓励制定办法
                reading: 鼓励有公开制度。
                scope: enterprise
                strength: may
                kind: document
                type: 企业信息公开制度
      - id: 2
        title: 支部
        indicators:
          - id: 2.1
            text: 书记谈话全覆盖。
            clauses:
              - id: 2.1.a
                words: 书记谈话全覆盖
                reading: 每年与每名党员谈话。
                scope: branch
                strength: must
                kind: coverage
                each: {ledger: memberships, member: person}
                per: year
                has: {ledger: talks, whose: anyone, where: {kind: 谈心谈话}, on: {person: listener}}
"""

_NUMBERS = {
    "meetings_per_month": "1",
    "seats_least": "7",
    "seats_most": "9",
    "share": "30%",
    "warning_month": "7",
    "warning_quarter": "15",
    "warning_half_year": "30",
    "warning_year": "60",
    "warning_obligation": "30",
    "figures_due": "04-30",
}


def write_checklist(home: Path) -> Path:
    """The checklist's folder under `home`."""
    folder = home / "small"
    folder.mkdir(parents=True)
    (folder / "checklist.yaml").write_text(CHECKLIST, encoding="utf-8")
    (folder / "source.txt").write_text(SOURCE, encoding="utf-8")
    numbers = (
        f"{name}:\n  label: {name}\n  parameter: 试验\n"
        f'  values: [{{from: 1990-01-01, value: "{value}", source: 试验}}]\n'
        for name, value in _NUMBERS.items()
    )
    (folder / "thresholds.yaml").write_text("".join(numbers), encoding="utf-8")
    return folder


def facts(**more: list[Row]) -> Snapshot:
    """The enterprise QY1, its committee DW1, branches ZB1 and ZB2; `more` adds rows."""
    committee = [a_post(f"P{n:02d}", "党委委员", of="QY1") for n in range(1, 11)]
    board = [a_post(f"P{n:02d}", "董事", of="QY1") for n in (1, 2, 11, 12, 13, 14, 15)]
    rows: dict[str, list[Row]] = {
        "enterprises": [a_group_company("QY1", name="甲公司")],
        "party_organizations": [
            a_committee("DW1", of="QY1", name="甲公司党委"),
            a_branch("ZB1", of="QY1", name="第一支部"),
            a_branch("ZB2", of="QY1", name="第二支部"),
        ],
        "persons": [a_person(f"P{n:02d}", name=f"某{n}") for n in range(1, 23)],
        "posts": [*committee, *board],
        "post_quotas": [a_quota("高层", 12, of="QY1", by="上级单位")],
        "meetings": [
            a_meeting("HY1", of="DW1", on="2026-01-15"),
            a_meeting("HY2", of="DW1", on="2026-02-28"),
            a_meeting("HY4", of="DW1", on="2026-04-30"),
        ],
        "memberships": [a_member(person, of="ZB1", full_on=OLD) for person in ("P21", "P22")],
        "talks": [a_talk("P20", "P21", of="ZB1", on="2026-03-01")],
    }
    for ledger, added in more.items():
        rows[ledger] = [*rows.get(ledger, []), *added]
    return Snapshot.of_rows(rows)


# Worked out by hand from the rules above, for the end of 2026-05-20.
_VERDICTS: list[dict[str, Any]] = [
    {  # 1月、2月、4月各有一次；3月没有；5月还没有，离月末多于7天
        "unit": "QY1", "clause": "1.1.a", "verdict": "unmet", "measured": "3/5", "required": "全部",
        "gap": 2, "due": "2026-05-31", "missing": ["2026-03", "2026-05"],
        "records": ["meetings/HY1", "meetings/HY2", "meetings/HY4"], "reason": None,
    },
    {  # 委员10人，多1人
        "unit": "QY1", "clause": "1.2.a", "verdict": "unmet", "measured": "10",
        "required": "7\u20139", "gap": -1, "due": None, "missing": [],
        "records": [f"posts/QY1|P{n:02d}|党委委员|2000-01-01" for n in range(1, 11)],
        "reason": None,
    },
    {  # 核定12人
        "unit": "QY1", "clause": "1.2.b", "verdict": "met", "measured": "10", "required": "≤12",
        "gap": 0, "due": None, "missing": [],
        "records": ["post_quotas/QY1|高层|2000-01-01",
                    *(f"posts/QY1|P{n:02d}|党委委员|2000-01-01" for n in range(1, 11))],
        "reason": None,
    },
    {  # 7名董事中2名委员；3名才够三成
        "unit": "QY1", "clause": "1.3.a", "verdict": "unmet", "measured": "2/7", "required": "≥30%",
        "gap": 1, "due": None, "missing": [],
        "records": [f"posts/QY1|P{n:02d}|董事|2000-01-01" for n in (1, 2, 11, 12, 13, 14, 15)],
        "reason": None,
    },
    {
        "unit": "QY1", "clause": "1.4.a", "verdict": "not_applicable", "measured": None,
        "required": "全部", "gap": None, "due": None, "missing": [], "records": [],
        "reason": "not_taken_up",
    },
    {  # 两名党员谈了一名
        "unit": "ZB1", "clause": "2.1.a", "verdict": "pending", "measured": "1/2",
        "required": "全部", "gap": 1, "due": "2026-12-31", "missing": ["2026/P22"],
        "records": ["talks/P20|P21|2026-03-01|谈心谈话"], "reason": None,
    },
    {  # 没有党员组织关系的记录，也没有申报本期无；今年年底以前补上
        "unit": "ZB2", "clause": "2.1.a", "verdict": "no_data", "measured": None,
        "required": "全部", "gap": None, "due": "2026-12-31", "missing": ["2026"], "records": [],
        "reason": "register_not_kept",
    },
]  # fmt: skip
VERDICTS = [{**one, "points": None} for one in _VERDICTS]  # the checklist gives no points
