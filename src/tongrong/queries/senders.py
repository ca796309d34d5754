"""What is remembered of those who send files."""

from tongrong.facts.headings import Meant
from tongrong.records.models import SenderColumn


def remembered_columns(sender: str) -> tuple[Meant, ...]:
    """What this sender's headings mean: of each the last that was said."""
    said = SenderColumn.objects.filter(sender=sender).order_by("entry_id")
    latest = {
        (ledger, heading): Meant(heading, label, ledger or None)
        for ledger, heading, label in said.values_list("ledger", "heading", "label")
    }
    return tuple(latest.values())
