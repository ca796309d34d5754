"""What the headings of those who send files mean, as they said once."""

from django.db import models

from tongrong.records.models.append_only import AppendOnly


class SenderColumn(AppendOnly):
    """One heading of one sender: the ledger column it means, by its label; empty: is not read.

    `ledger` is the code of the only ledger it is said of, empty for all. A later entry for the
    same heading goes before an earlier one.
    """

    entry_id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    actor = models.CharField(max_length=150)
    sender = models.CharField(max_length=150, db_index=True)
    ledger = models.CharField(max_length=64, blank=True)
    heading = models.CharField(max_length=200)
    label = models.CharField(max_length=64, blank=True)

    class Meta:
        db_table = "sender_columns"
