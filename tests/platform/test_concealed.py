"""五不公开 is told in several ways, of a snapshot and by asking the database: they agree."""

import pytest
from tests.builders import a_feature, a_meeting, an_enterprise
from tests.drawn_values import Rows
from tests.platform.store import take_in
from tests.platform.test_same_verdicts import sound
from tests.read_by_clauses import Read
from tests.science.agreement import batches, rules_of

from tongrong.facts.clearance import without_overseas
from tongrong.facts.registry import LEDGERS
from tongrong.queries.clearance import told_of
from tongrong.queries.concealed import Concealment, concealed
from tongrong.queries.facts import current_snapshot
from tongrong.records.models import LEDGER_MODELS

FEATURE = a_feature("境外企业", "是", of="QY1")


def some_abroad() -> Rows:
    """Drawn groups, one enterprise of each third of which is abroad."""
    ((_, groups),) = batches("formats", Read.by(rules_of("442-2018").values()), 12)
    kept = [sound(group) for group in groups]
    for group in kept[::3]:
        firms = group.get("enterprises", [])
        group.setdefault("enterprise_features", []).extend(
            a_feature("境外企业", "是", of=firm["number"]) for firm in firms[-1:]
        )
    return {code: [row for group in kept for row in group.get(code, ())] for code in LEDGERS}


@pytest.mark.usefixtures("database")
def test_all_ways_hide_the_same_records() -> None:
    take_in(some_abroad())
    everything = current_snapshot()
    shown = without_overseas(everything)
    hidden = 0
    for code, ledger in LEDGERS.items():
        expected = set(shown[code]["record"].to_pylist())
        assert told_of(everything[code]["record"].to_pylist()) == expected, code
        if code == "persons":  # hidden by what refers to them, which no condition of theirs says
            continue
        rows = LEDGER_MODELS[code].objects.filter(superseded_at__isnull=True)
        told = concealed(ledger)
        by_condition = rows if told is None else rows.exclude(told)
        assert set(by_condition.values_list("record", flat=True)) == expected, code
        at_hand = Concealment().shown(code, list(rows.values("record", *ledger.columns)))
        assert {row["record"] for row in at_hand} == expected, code
        hidden += everything[code].num_rows - len(expected)
    assert hidden > 0


@pytest.mark.usefixtures("database")
def test_what_was_said_to_be_abroad_before_a_correction_is_hidden_too() -> None:
    """Of an enterprise no longer abroad the record that said so stays hidden, no other one."""
    take_in({"enterprises": [an_enterprise("QY1")], "enterprise_features": [FEATURE]})
    take_in({"enterprise_features": [{**FEATURE, "value": "否"}]}, hours=1)
    feature = "enterprise_features/QY1|境外企业|2000-01-01"
    assert told_of(["enterprises/QY1", feature]) == {"enterprises/QY1"}


@pytest.mark.usefixtures("database")
def test_a_unit_abroad_that_was_withdrawn_is_hidden_with_its_records() -> None:
    """It has no place any more; the registers say what it was."""
    firm, meeting = an_enterprise("QY1"), a_meeting("HY1", of="QY1", on="2026-01-09")
    take_in({"enterprises": [firm], "enterprise_features": [FEATURE], "meetings": [meeting]})
    take_in({"enterprises": [{**firm, "status": "撤回"}]}, hours=1)
    assert told_of(["enterprises/QY1", "meetings/HY1"]) == frozenset()
