"""Which verdicts a clause can give at all, read off its bound parts; each needs a scenario."""

from collections.abc import Iterator, Sequence

from tongrong.engine.conditions import AnyOf, Condition, Count, Feature
from tongrong.engine.from_norms import BoundClause
from tongrong.engine.part import Kind, Part
from tongrong.engine.population import Population
from tongrong.engine.selection import OWN, Selection
from tongrong.vocabulary.verdicts import Scope, Strength, Verdict

COUNTS_A_REGISTER = frozenset(
    ("coverage", "ratio", "trend", "headcount", "incumbency", "precedence", "assessment")
)


def occurring(bound: BoundClause, shared: int) -> set[Verdict]:
    """The verdicts that can occur; the first `shared` conditions of each part are everybody's."""
    parts = [part for part in bound.parts if not part.shown_only]
    own = [part.conditions[shared:] for part in parts]
    found = {Verdict.MET, Verdict.UNMET}
    rules = [_inner(part.rule) for part in parts]
    if any(map(_runs, parts)):
        found.add(Verdict.PENDING)
    if any(map(_warns, parts)):
        found.add(Verdict.AT_RISK)
    if bound.clause.strength == Strength.SHOULD:
        found.add(Verdict.JUSTIFIED)
    spared = [
        bool(conditions) or (_may_be_empty(rule) and not _always_somebody(part))
        for conditions, rule, part in zip(own, rules, parts, strict=True)
    ]
    if all(spared) or bound.clause.strength == Strength.MAY:
        found.add(Verdict.NOT_APPLICABLE)
    unknown = any(
        _may_be_unknown(condition, part.scope)
        for conditions, part in zip(own, parts, strict=True)
        for condition in conditions
    )
    if unknown or any(map(_may_lack_data, rules, parts)):
        found.add(Verdict.NO_DATA)
    return found


def _inner(rule: Kind) -> Kind:
    """What a deadline requires, else the rule itself."""
    return getattr(rule, "requires", rule)


def _runs(part: Part) -> bool:
    """Whether time runs: a period, a due day, yearly figures, a yearly score."""
    rule = part.rule
    return _warns(part) or rule.kind == "trend" or bool(getattr(rule, "figures", None))


def _warns(part: Part) -> bool:
    """Whether it is warned of before it is over; missing figures are only pending."""
    rule = part.rule
    dated = any(getattr(rule, name, None) for name in ("due", "due_on"))
    return bool(rule.per) or dated or rule.kind == "assessment"


def _may_be_empty(rule: Kind) -> bool:
    """Whether there may be nobody to judge."""
    each = getattr(rule, "each", None)
    if rule.kind == "coverage":
        return hasattr(each, "ledger") and not getattr(each, "is_yearly", False)
    if rule.kind == "ratio":
        return not getattr(rule, "figures", None)
    apart = rule.kind == "incumbency" and bool(getattr(rule, "holders_of", None))
    return apart or rule.kind == "precedence"


def _always_somebody(part: Part) -> bool:
    """Whether it covers the subordinates of those with subordinates, or each unit itself."""
    each = getattr(part.rule, "each", None)
    if isinstance(each, Population) and not each.where and each.whose == "own" and not each.by:
        itself = "enterprises" if OWN[part.scope] == "enterprise" else "party_organizations"
        if each.ledger == itself:
            return True
    return part.scope is Scope.SUPERIOR and getattr(each, "ledger", "") == "enterprises"


def _may_lack_data(rule: Kind, part: Part) -> bool:
    """Whether it reads a register that may not be kept, or a figure that may be missing."""
    if rule.kind == "coverage":
        each = getattr(rule, "each", None)
        register = getattr(each, "ledger", "")
        spared = {c.count.ledger for c in part.conditions if isinstance(c, Count) and c.unkept}
        if isinstance(each, Population) and (each.unkept or _always_kept(each, part.scope)):
            return False
        return bool(register) and register not in spared and not _always_somebody(part)
    return rule.kind in COUNTS_A_REGISTER


def _may_be_unknown(condition: Condition, scope: Scope) -> bool:
    if isinstance(condition, AnyOf):
        return any(_may_be_unknown(one, scope) for one in condition.any)
    if isinstance(condition, Feature):
        return condition.otherwise is None
    if not isinstance(condition, Count) or condition.unkept is not None:
        return False
    return not _always_kept(condition.count, scope)


def _always_kept(selection: Selection, scope: Scope) -> bool:
    """Whether it is of the register the unit itself stands in: below it, or named by a column."""
    itself = "enterprises" if OWN[scope] == "enterprise" else "party_organizations"
    return selection.ledger == itself and (selection.whose == "below" or bool(selection.by))


def lacking(
    bounds: Sequence[BoundClause], shared: dict[str, int], found: set[tuple[str, Verdict]]
) -> Iterator[str]:
    """`clause verdict` for every verdict that can occur and has no scenario."""
    for bound in bounds:
        clause = bound.clause.id
        for verdict in sorted(occurring(bound, shared[clause])):
            if (clause, verdict) not in found:
                yield f"{clause} {verdict}"
