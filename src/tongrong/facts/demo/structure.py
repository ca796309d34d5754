"""Who is judged in the demo: enterprises with their features, Party organizations and groups."""

from tongrong.facts.demo.bodies import ABOVE, BODIES, LEADING, PARTY_GROUPS, TEMPORARY
from tongrong.facts.demo.book import Book
from tongrong.facts.demo.days import on
from tongrong.facts.demo.firms import DISPOSALS, FIRMS, GROUP, YOUNG, Firm

_APPROVED = {TEMPORARY, LEADING[YOUNG]}
"""Bodies with fewer members than their kind asks for, approved by the superior."""
_BY_QUARTER = {"DZB08", "DZB34"}
_OUTSIDE = "中共示例省委（拟设）"


def write_structure(book: Book) -> None:
    """Enters enterprises, their features and disposals, Party organizations and groups."""
    for firm in FIRMS:
        book.add(
            "enterprises",
            number=firm.number,
            name=firm.name,
            is_group=firm.number == GROUP,
            parent=firm.parent,
            superior=LEADING[firm.parent] if firm.parent else ABOVE,
            founded_on=firm.founded_on,
        )
        _features(book, firm)
    for unit, kind, started_on, adjusted_on in DISPOSALS:
        book.add(
            "enterprise_disposals",
            unit=unit,
            kind=kind,
            started_on=started_on,
            affiliation_adjusted_on=adjusted_on,
        )
    for body in BODIES:
        book.add(
            "party_organizations",
            number=body.number,
            name=body.name,
            kind=body.kind,
            enterprise=body.enterprise,
            leads=body.leads,
            superior=body.superior,
            outside_superior=None if body.superior else _OUTSIDE,
            basis="经上级批准设立" if body.number in _APPROVED else "按党员人数设立",
            dues_by_quarter=body.number in _BY_QUARTER if body.is_branch else None,
            founded_on=body.founded_on,
            dissolved_on=body.dissolved_on,
        )
    for branch, number, name in PARTY_GROUPS:
        book.add("party_groups", number=number, unit=branch, name=name, founded_on=on("2020-03-01"))


def _features(book: Book, firm: Firm) -> None:
    since = max(firm.founded_on, on("2018-01-01"))
    for feature, said in firm.features.items():
        for day, value in ((None, said),) if isinstance(said, str) else said:
            book.add(
                "enterprise_features",
                unit=firm.number,
                feature=feature,
                from_on=max(since, on(day)) if day else since,
                value=value,
                reason="按上年末数据划型" if feature == "规模" else None,
            )
