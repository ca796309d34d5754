"""Names by the first letters of their pinyin, for searching: they follow from the ledgers."""

from typing import ClassVar

from django.db import models

from tongrong.records.models.derived import Derived


class Initials(Derived):
    """The initials of the name that the newest version of a record of a ledger has."""

    initials_id = models.BigAutoField(primary_key=True)
    ledger = models.CharField(max_length=64)
    record = models.TextField()
    initials = models.CharField(max_length=200)

    class Meta:
        db_table = "initials"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["ledger", "record"], name="initials_of_a_record"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["ledger", "initials", "record"], name="initials_of_a_ledger"),
        ]
