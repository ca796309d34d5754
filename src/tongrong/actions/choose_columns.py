"""Keeps which columns of a list somebody wants to see: with their account, nothing of the group."""

from collections.abc import Collection

from tongrong.actions.account_writes import WHERE
from tongrong.actions.turns import one_write
from tongrong.facts.ledger import Ledger
from tongrong.queries.policy import Viewer
from tongrong.records.models import Account


def choose_columns(*, viewer: Viewer, ledger: type[Ledger], columns: Collection[str]) -> None:
    """Let a list show these columns of the ledger to the viewer; none: all it has.

    Raises:
        TongrongError: another write does not finish.
    """
    chosen = [name for name in ledger.columns if name in columns]
    with one_write(WHERE):
        account = Account.objects.get(pk=viewer.account)
        kept = {code: names for code, names in account.list_columns.items() if code != ledger.code}
        account.list_columns = {**kept, ledger.code: chosen} if chosen else kept
        account.save(update_fields=["list_columns"])
