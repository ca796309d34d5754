"""Which form settles what falls short: a ledger the clause counts, and what records must say."""

from dataclasses import dataclass
from urllib.parse import urlencode

from tongrong.engine.reach import Place
from tongrong.facts.columns import Choice
from tongrong.facts.ledger import Ledger
from tongrong.queries.judgements import Judgements
from tongrong.queries.ledger_scope import entered_for
from tongrong.vocabulary.verdicts import Verdict


@dataclass(frozen=True)
class Form:
    """The form of a ledger for one unit; `query` fills in what is known already."""

    ledger: type[Ledger]
    query: str


def forms(seen: Judgements, clause: str, unit: str, verdict: Verdict) -> tuple[Form, ...]:
    """The forms whose records a clause counts, for a unit, the likeliest first.

    A clause reads a register first, then what each of its members must have: that is lacking,
    but where the verdict is 缺数据 the register itself.
    """
    places = seen.norms.reach.clauses.get(clause, ())
    had = [one for one in places if one.ties and one.ledger != places[0].ledger]
    ordered = [*places, *had] if verdict is Verdict.NO_DATA else [*had, *places]
    first = {one.ledger: one for one in reversed(ordered)}
    at = {one.ledger: number for number, one in reversed(list(enumerate(ordered)))}
    return tuple(
        Form(one, urlencode({"unit": unit, **_said(first[one.code], one)}))
        for one in sorted(entered_for(seen, clause), key=lambda one: at[one.code])
    )


def _said(place: Place, ledger: type[Ledger]) -> dict[str, str]:
    """The choices of which a record must have one certain: 会议类型 党课, say."""
    return {
        name: str(value)
        for name, values in place.tests
        if len(values) == 1 and isinstance(ledger.columns.get(name), Choice)
        for value in values
    }
