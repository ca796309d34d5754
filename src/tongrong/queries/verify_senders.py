"""Whether what is remembered of senders' headings is what the audit entries say was remembered."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from tongrong.queries.audit import REMEMBER
from tongrong.queries.proof_names import ProofNames
from tongrong.queries.verify_chain import REMEDY
from tongrong.records.models import AuditEntry, SenderColumn
from tongrong.vocabulary.digests import moment_text
from tongrong.vocabulary.errors import Problem


class Said(NamedTuple):
    """One row of the table, as its audit entry says it too."""

    at: str
    actor: str
    sender: str
    ledger: str
    heading: str
    label: str

    @property
    def told(self) -> str:
        """What it says, in one line."""
        of = f"{self.ledger}." if self.ledger else ""
        return f"{self.sender} 的列 {of}{self.heading}={self.label}"


def senders_problems(entries: Iterable[AuditEntry], names: ProofNames) -> Iterator[Problem]:
    """Every row that no entry says, every one that is gone, and rows in another order.

    The order counts, for of two rows on a heading the later one holds.
    """
    vouched = [
        (entry, said) for entry in entries if entry.action == REMEMBER for said in _said_by(entry)
    ]
    rows = list(_rows())
    stray = Counter(said for _, said in rows) - Counter(said for _, said in vouched)
    missing = Counter(said for _, said in vouched) - Counter(said for _, said in rows)
    for number, said in rows:
        if stray[said]:
            stray[said] -= 1
            where = names.numbered(f"发送单位的列名第 {number} 行", said.told)
            found, expected = "内容被改过，或是另外加进的", "与一条审计记录所说的相同"
            yield Problem("proof.sender.stray", where, found, expected, REMEDY)
    for entry, said in vouched:
        if missing[said]:
            missing[said] -= 1
            found = "没有这一行，或内容被改过"
            expected = names.said(said.told, "审计记录所说的一行")
            yield Problem("proof.sender.missing", names.entry(entry), found, expected, REMEDY)
    if Counter(said for _, said in rows) == Counter(said for _, said in vouched):
        for (number, said), (entry, expected_said) in zip(rows, vouched, strict=True):
            if said != expected_said:
                where = names.numbered(f"发送单位的列名第 {number} 行", said.told)
                expected = names.said(f"{expected_said.told}，见", "见") + names.entry(entry)
                yield Problem("proof.sender.order", where, "次序被改过", expected, REMEDY)
                return


def _said_by(entry: AuditEntry) -> Iterator[Said]:
    for one in entry.detail.get("columns", []):
        row = (entry.subject, one["ledger"] or "", one["heading"], one["label"])
        yield Said(moment_text(entry.at), entry.actor, *row)


def _rows() -> Iterator[tuple[int, Said]]:
    for row in SenderColumn.objects.order_by("entry_id").iterator():
        said = (row.actor, row.sender, row.ledger, row.heading, row.label)
        yield row.entry_id, Said(moment_text(row.at), *said)
