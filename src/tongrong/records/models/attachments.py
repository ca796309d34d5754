"""Files attached to records; what they contain is kept outside, under its SHA-256."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from tongrong.records.models.append_only import AppendOnly
from tongrong.records.models.versions import HASH_LENGTH, check


class Attachment(AppendOnly):
    """One file of one record: its name, and the SHA-256 under which the content is kept.

    `entry` is the number of the audit entry that tells of it. A file taken away stays, with the
    number of the entry that tells why.
    """

    settable: ClassVar[frozenset[str]] = frozenset({"withdrawn_by_entry"})

    attachment_id = models.BigAutoField(primary_key=True)
    record = models.TextField(db_index=True)
    name = models.CharField(max_length=200)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=HASH_LENGTH)
    at = models.DateTimeField()
    by = models.CharField(max_length=150)
    entry = models.PositiveBigIntegerField()
    withdrawn_by_entry = models.PositiveBigIntegerField(null=True)

    class Meta:
        db_table = "attachments"
        constraints = (
            check("attachments_hash_whole", Q(sha256__length=HASH_LENGTH)),
            models.UniqueConstraint(
                fields=["record", "sha256"],
                condition=Q(withdrawn_by_entry__isnull=True),
                name="attachments_once",
            ),
        )
