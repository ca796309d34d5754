"""All tables: one per declared ledger, and what was done when by whom."""

from tongrong.records.models.findings import Evaluation, FindingChange, Stale, StoredFinding
from tongrong.records.models.ledgers import LEDGER_MODELS
from tongrong.records.models.log import AuditEntry, AuditHead, ImportRun
from tongrong.records.models.senders import SenderColumn
from tongrong.records.models.versions import RowVersion, SealedVersion

__all__ = [
    "LEDGER_MODELS",
    "AuditEntry",
    "AuditHead",
    "Evaluation",
    "FindingChange",
    "ImportRun",
    "RowVersion",
    "SealedVersion",
    "SenderColumn",
    "Stale",
    "StoredFinding",
]
