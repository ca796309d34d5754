"""Which form settles what falls short: a ledger the clause counts, and what records must say."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from tongrong.engine.reach import Place
from tongrong.facts.columns import Choice, Day, Month, Year
from tongrong.facts.ledger import Happens, Ledger, Yearly
from tongrong.queries.judgements import Judgements
from tongrong.queries.ledger_scope import entered_for
from tongrong.vocabulary.periods import Period, period_of
from tongrong.vocabulary.verdicts import Verdict


@dataclass(frozen=True)
class Form:
    """The form of a ledger for one unit; `query` fills in what is known already.

    With the number of a `record` it is the form that corrects it, for what it says in `column`,
    called `label`.
    """

    ledger: type[Ledger]
    query: str
    record: int = 0
    column: str = ""
    label: str = ""


def forms(
    seen: Judgements, clause: str, unit: str, verdict: Verdict, missing: Sequence[str], part: int
) -> tuple[Form, ...]:
    """The forms whose records a clause counts, for a unit, the likeliest first.

    Those come first that the `part` reads which decided.

    Of a period that is `missing` and over, they say the year or month, and no day: it is past.

    A clause reads a register first, then what each of its members must have: that is lacking,
    but where the verdict is 缺数据 the register itself.
    """
    lacking = _lacking(missing, seen.as_of)
    decided = seen.norms.reach.parts.get(part, frozenset())
    places = seen.norms.reach.clauses.get(clause, ())
    had = [one for one in places if one.ties and one.ledger != places[0].ledger]
    ordered = [*places, *had] if verdict is Verdict.NO_DATA else [*had, *places]
    first = {one.ledger: one for one in reversed(ordered)}
    at = {one.ledger: number for number, one in reversed(list(enumerate(ordered)))}
    return tuple(
        Form(one, urlencode({"unit": unit, **_said(first[one.code], one), **_of(lacking, one)}))
        for one in sorted(
            entered_for(seen, clause), key=lambda one: (one.code not in decided, at[one.code])
        )
    )


def _said(place: Place, ledger: type[Ledger]) -> dict[str, str]:
    """The choices of which a record must have one certain: 会议类型 党课, say."""
    return {
        name: str(value)
        for name, values in place.tests
        if len(values) == 1 and isinstance(ledger.columns.get(name), Choice)
        for value in values
    }


def _lacking(missing: Sequence[str], day: dt.date) -> Period | None:
    """The first period that is missing, if it is over."""
    labels = (piece for one in missing for piece in one.split("/"))
    found = next((period for one in labels if (period := period_of(one))), None)
    return found if found is not None and found.elapsed(day) else None


def _of(lacking: Period | None, ledger: type[Ledger]) -> dict[str, str]:
    """What a record of a period says: its year, its month, and a day not said yet."""
    found: dict[str, str] = {}
    if lacking is None:
        return found
    for name, column in ledger.columns.items():
        if isinstance(column, Year) and (column.key or ledger.time == Yearly(name)):
            found[name] = lacking.label[:4]
        elif isinstance(column, Month) and lacking.label == f"{lacking.first:%Y-%m}":
            found[name] = lacking.label
        elif ledger.time == Happens(name) and isinstance(column, Day):
            found[name] = ""
    return found
