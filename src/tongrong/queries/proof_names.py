"""How what a verification finds wrong is named: in full, or by running numbers alone (五不公开)."""

from dataclasses import dataclass

from tongrong.records.models import AuditEntry


@dataclass(frozen=True)
class ProofNames:
    """Names of versions, audit entries and what else is verified.

    Whoever is not `cleared` for units abroad is told running numbers only, of every record alike:
    a store that was tampered with cannot be asked which of its records are of units abroad, and
    numbers in place of those alone would tell. By the number who is cleared finds the record.
    """

    cleared: bool

    def version(self, label: str, number: int, record: str, version: int) -> str:
        """A version of a record of the ledger with this label."""
        return f"{label} {record} 第 {version} 版" if self.cleared else f"{label} 流水号 {number}"

    def entry(self, entry: AuditEntry) -> str:
        """An audit entry, what it was and of what."""
        about = f"{entry.actor}，{entry.action}，{entry.subject}"
        return self.numbered(f"第 {entry.number} 号审计记录", about)

    def numbered(self, number: str, about: str) -> str:
        """What has a running number, and what it is about."""
        return f"{number}（{about}）" if self.cleared else number

    def said(self, text: str, instead: str) -> str:
        """A text that may name a unit, and what is said instead of it."""
        return text if self.cleared else instead
