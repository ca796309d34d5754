"""All tables: one per declared ledger, what was done when by whom, and who may sign in."""

from tongrong.records.models.accounts import (
    Account,
    Appointment,
    OpenSession,
    Place,
    RecoveryCode,
    SecondFactor,
    SignIn,
)
from tongrong.records.models.attachments import Attachment
from tongrong.records.models.findings import (
    Evaluation,
    FindingChange,
    Stale,
    StoredFinding,
    UnitTally,
)
from tongrong.records.models.initials import Initials
from tongrong.records.models.jobs import Job
from tongrong.records.models.ledgers import LEDGER_MODELS
from tongrong.records.models.log import AuditEntry, AuditHead, ImportRun
from tongrong.records.models.past import PastDay
from tongrong.records.models.returns import ReturnStep
from tongrong.records.models.senders import SenderColumn
from tongrong.records.models.versions import RowVersion, SealedVersion

__all__ = [
    "LEDGER_MODELS",
    "Account",
    "Appointment",
    "Attachment",
    "AuditEntry",
    "AuditHead",
    "Evaluation",
    "FindingChange",
    "ImportRun",
    "Initials",
    "Job",
    "OpenSession",
    "PastDay",
    "Place",
    "RecoveryCode",
    "ReturnStep",
    "RowVersion",
    "SealedVersion",
    "SecondFactor",
    "SenderColumn",
    "SignIn",
    "Stale",
    "StoredFinding",
    "UnitTally",
]
