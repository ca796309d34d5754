"""What is naturally recorded after a record: what names it, and another one like it."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from tongrong.facts.directory import UNIT_LEDGERS
from tongrong.facts.erasure import PERSONS
from tongrong.facts.ledger import Ledger
from tongrong.queries.ledger_scope import entered, owning
from tongrong.queries.parts import naming, parts_in
from tongrong.queries.shown_values import ShownValue

_LISTED_AT_ONCE = "attendance"
"""Who came is recorded from the list of a meeting, not one by one."""


@dataclass(frozen=True)
class Next:
    """A form to go on with: what is recorded by it, and its address, filled in."""

    label: str
    address: str


def next_records(ledger: type[Ledger], values: Sequence[ShownValue]) -> tuple[Next, ...]:
    """The forms of the ledgers whose records name this one, its parts first."""
    if ledger.code in (PERSONS, *UNIT_LEDGERS):
        return ()
    codes = _codes(values)
    code = next((one.text for one in values if one.column == ledger.code_column()), "")
    if not code:
        return ()
    parts = parts_in(ledger)
    others = [one for one in naming(ledger) if one not in parts]
    return tuple(
        Next(one.label, _address(one, {name: code}, codes.get(str(ledger.owner), "")))
        for one, name in (*parts, *others)
        if one.code != _LISTED_AT_ONCE
    )


def another(ledger: type[Ledger], values: Sequence[ShownValue]) -> str:
    """The form for another record of the ledger: of a part, for the same record as this one."""
    whose = "" if ledger.owner is None or not entered(ledger) else owning(ledger)
    code = _codes(values).get(whose, "") if whose != ledger.owner else ""
    return _address(ledger, {whose: code} if code else {}, "")


def _codes(values: Sequence[ShownValue]) -> dict[str, str]:
    return {one.column: one.code for one in values if one.code}


def _address(ledger: type[Ledger], said: dict[str, str], unit: str) -> str:
    """The address of a form: what it names, and whose it is where it says so itself."""
    if unit and ledger.owner in ledger.columns:
        said = {**said, "unit": unit}
    address = reverse("entry", args=[ledger.code])
    return f"{address}?{urlencode(said)}" if said else address
