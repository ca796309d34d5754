"""What was found of a member-month of dues that does not count, without telling amounts."""

import datetime as dt
from typing import Any

from tongrong.engine.editions import Edition
from tongrong.engine.readings.dues import owed
from tongrong.facts.ledger import EFFECTIVE, STATUS
from tongrong.facts.snapshot import Snapshot
from tongrong.findings.rows import having
from tongrong.vocabulary.periods import month_end

NOTHING = "没有缴费记录"


class Dues:
    """The payments of one branch, told by member and month."""

    def __init__(self, snapshot: Snapshot, branch: str) -> None:
        bodies = having(snapshot["party_organizations"], STATUS, EFFECTIVE)
        self._body = having(bodies, "number", branch).to_pylist()[0]
        self._paid = having(having(snapshot["dues"], STATUS, EFFECTIVE), "unit", branch)

    def found(self, rates: str, edition: Edition, member: str, period: str) -> str:
        """Why no payment of a member's counts for a month (`2026-03`); each reason once."""
        month = dt.date.fromisoformat(f"{period}-01")
        last = month_end(month.year, month.month)
        table = edition.checklist.thresholds.table(rates, last)
        rows = having(having(self._paid, "person", member), "month", month).to_pylist()
        rows = [row for row in rows if row["paid_on"] <= edition.moment.today]
        reasons = (self._reason(row, self._deadline(last), table) for row in rows)
        return "；".join(dict.fromkeys(reasons)) or NOTHING

    def _deadline(self, last: dt.date) -> dt.date:
        """The month's last day, or the quarter's where the branch pays by quarter."""
        if not self._body["dues_by_quarter"]:
            return last
        return month_end(last.year, -(-last.month // 3) * 3)

    def _reason(self, row: dict[str, Any], deadline: dt.date, table: Any) -> str:
        paid_on = row["paid_on"]
        if row["by_payroll"]:
            return f"{paid_on}的一笔是从工资中代扣的"
        if paid_on > deadline:
            return f"{paid_on}缴纳，晚于{deadline}"
        if row["reduced_to"] is not None and row["reduction_approver"] != self._body["superior"]:
            return f"{paid_on}的一笔按减免缴纳，减免不是上一级党组织批准的"
        if row["reduced_to"] is None and owed([dict(one) for one in table], row) is None:
            return f"{paid_on}的一笔没有登记缴费基数"
        return f"{paid_on}的一笔金额不足"
