"""What was recorded before there was a chain is numbered, sealed and vouched for by it."""

import pytest
from django.core.management import call_command
from tests.platform.old_rows import BEFORE, an_old_store
from tests.platform.store import BRANCH, by_hand, take_in

from tongrong.queries.audit import head
from tongrong.queries.verify_store import verify_store
from tongrong.records.models import LEDGER_MODELS, AuditEntry

pytestmark = pytest.mark.usefixtures("database")


def test_old_rows_are_chained_and_still_the_same_to_an_import() -> None:
    call_command("migrate", "records", BEFORE, verbosity=0)
    an_old_store()
    call_command("migrate", verbosity=0)

    checked = verify_store()
    assert checked.problems == ()
    assert (checked.entries, checked.versions, checked.runs) == (3, 3, 2)
    vouching = AuditEntry.objects.get(number=3)
    assert (vouching.action, sorted(vouching.detail["versions"])) == (
        "begin_chain",
        ["party_organizations", "persons"],
    )
    first, second = LEDGER_MODELS["persons"].objects.order_by("version")
    assert (first.salt, first.sealed) != ("", "")
    assert first.salt == second.salt
    same = {"party_organizations": [BRANCH], "persons": [{"number": "RY1", "name": "甄实在"}]}
    assert take_in(same, hours=1).unchanged == 2
    assert by_hand("UPDATE ledger_persons SET name = '贾' WHERE version = 1") == 1
    assert [one.code for one in verify_store().problems] == ["proof.version.changed"]


def test_a_new_database_begins_with_an_empty_chain() -> None:
    assert head().number == 0
