"""What every version of every ledger row has, whatever the ledger."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from tongrong.facts.ledger import STATUSES
from tongrong.records.models.append_only import AppendOnly

HASH_LENGTH = 64
STATUS_LENGTH = 8
SALT_LENGTH = 32


class RowVersion(AppendOnly):
    """One version of one record: what was recorded, when it was recorded and by whom.

    A correction is a further version, and so is a withdrawal. `entry` is the number of the
    audit entry that tells of the write. `superseded_at` is bookkeeping: the moment the next
    version was recorded; nothing else is ever set again, but where words about a person are
    erased (`erase`).
    """

    settable: ClassVar[frozenset[str]] = frozenset({"superseded_at"})

    version_id = models.BigAutoField(primary_key=True)
    record = models.TextField()
    version = models.PositiveIntegerField()
    status = models.CharField(max_length=STATUS_LENGTH)
    content_hash = models.CharField(max_length=HASH_LENGTH)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=150)
    recorded_because = models.CharField(max_length=500, blank=True)
    source_file = models.CharField(max_length=255, blank=True)
    source_row = models.PositiveIntegerField(null=True)
    entry = models.PositiveBigIntegerField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True


class SealedVersion(RowVersion):
    """A version of a row that holds words about a person, under a seal.

    `sealed` is the salted digest of these words, `salt` opens it; without its salt the words
    are erased. See `facts/content.py`.
    """

    salt = models.CharField(max_length=SALT_LENGTH, blank=True, default="")
    sealed = models.CharField(max_length=HASH_LENGTH, blank=True, default="")

    class Meta:
        abstract = True


SYSTEM_COLUMNS = tuple(field.name for field in SealedVersion._meta.fields)


def version_constraints(code: str) -> list[models.BaseConstraint]:
    """What the database itself guarantees of the versions in ledger `code`."""
    checks = {
        "version_from_1": Q(version__gte=1),
        "status_known": Q(status__in=STATUSES),
        "hash_whole": Q(content_hash__length=HASH_LENGTH),
        "superseded_later": Q(superseded_at__isnull=True)
        | Q(superseded_at__gte=models.F("recorded_at")),
    }
    return [
        models.UniqueConstraint(fields=["record", "version"], name=f"{code}_one_row_per_version"),
        models.UniqueConstraint(
            fields=["record"],
            condition=Q(superseded_at__isnull=True),
            name=f"{code}_one_current_version",
        ),
        *(check(f"{code}_{name}", condition) for name, condition in checks.items()),
    ]


def check(name: str, condition: Any) -> models.CheckConstraint:
    """A condition every row must meet."""
    return models.CheckConstraint(condition=condition, name=name)
