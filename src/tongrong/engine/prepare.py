"""Preparing facts: effective rows with the columns they carry and the units they belong to.

Runs once per load, whatever is evaluated afterwards; nothing here depends on the day D,
except which subjects exist.
"""

from collections.abc import Iterator
from itertools import pairwise

import ibis
import ibis.expr.types as ir

from tongrong.engine.tables import (
    CHECKLIST_NAMES,
    CIRCULAR,
    FEATURES_AT_D,
    FOREVER,
    LINEAGE,
    REPLACED,
    SECTIONS,
    SIZES,
    SOLE,
    UNITS,
    clock,
    fact_columns,
    facts,
    number_of,
    numbered,
    person_column,
    raw,
)
from tongrong.facts.ledger import EFFECTIVE, STATUS, Holds
from tongrong.facts.ledgers import organization
from tongrong.facts.registry import LEDGERS
from tongrong.vocabulary.verdicts import Scope

BRANCH_KINDS = ["党支部", "联合党支部", "临时党支部"]


def effective(code: str) -> ir.Table:
    """A ledger's effective rows, with its own columns only."""
    rows = raw(code)
    return rows.filter(rows[STATUS] == EFFECTIVE).drop(STATUS)


def units() -> ir.Table:
    """Every unit code with the enterprise, organization, host and superior it stands for."""
    enterprises, organizations = effective("enterprises"), effective("party_organizations")
    leading = organizations.filter(organizations["leads"] & organizations["enterprise"].notnull())
    leading = leading.group_by(e="enterprise").agg(lead=leading["number"].min()).view()
    own = enterprises.left_join(leading, enterprises["number"] == leading["e"])
    companies = own.select(
        unit="number",
        of_enterprise="number",
        of_organization="lead",
        of_host="number",
        of_superior="superior",
    )
    hosts = enterprises.select(h="number", h_superior="superior")
    bodies = organizations.left_join(leading, organizations["number"] == leading["lead"])
    bodies = bodies.left_join(hosts, bodies["enterprise"] == hosts["h"])
    parties = bodies.select(
        unit="number",
        of_enterprise="e",
        of_organization="number",
        of_host="enterprise",
        of_superior="h_superior",
    )
    return companies.union(parties)


# Each doubling looks twice as far up: chains of sixteen units above one another are enough
# for any group, and a circle ends by itself.
DOUBLINGS = 4
ABOVE = [ibis.table(LINEAGE.schema(), name=f"above_{2**n}") for n in range(DOUBLINGS + 1)]


def lineage_statements() -> Iterator[tuple[str, ir.Table]]:
    """(table name, expression) of who stands above whom, up to LINEAGE."""
    enterprises, organizations = effective("enterprises"), effective("party_organizations")
    parents = enterprises.select(unit="number", above="parent")
    superiors = organizations.select(unit="number", above="superior")
    direct = parents.union(superiors)
    yield ABOVE[0].get_name(), direct.filter(direct["above"].notnull()).distinct()
    for nearer, farther in pairwise(ABOVE):
        further = nearer.select(middle="unit", top="above").view()
        twice = nearer.join(further, nearer["above"] == further["middle"])
        both = nearer.union(twice.select("unit", above="top"))
        yield farther.get_name(), both.distinct()
    own = UNITS.select("unit", above="unit")
    yield LINEAGE.get_name(), own.union(ABOVE[-1]).distinct()


def prepared(code: str) -> ir.Table:
    """A ledger's effective rows with carried columns and owners."""
    ledger = LEDGERS[code]
    owner = ledger.owner or ""
    rows = effective(code)
    if ledger.of_checklist:
        named = rows[ledger.of_checklist]
        rows = rows.filter(named.isnull() | named.isin(CHECKLIST_NAMES["name"]))
    for name, reference in ledger.references().items():
        if not reference.carry:
            continue
        target = effective(reference.to)
        key = LEDGERS[reference.to].keys()[0]
        carried = target.select(
            c_key=target[key], **{f"{name}_{column}": target[column] for column in reference.carry}
        )
        if owner in carried.columns:
            carried = _owned(carried, owner)
        rows = rows.left_join(carried, rows[name] == carried["c_key"]).drop("c_key")
    if isinstance(ledger.time, Holds) and ledger.time.next_of:
        following = rows[ledger.time.start].lead()
        over = following.over(
            group_by=list(ledger.time.next_of), order_by=[ledger.time.start, "record"]
        )
        rows = rows.mutate(**{REPLACED: over})
    if person := person_column(code):
        rows = rows.mutate(**{SOLE: rows["record"].count().over(group_by=person) == 1})
    for name, column in numbered(code).items():
        places = [(choice, place) for place, choice in enumerate(column.choices)]
        number = rows[name].cases(*places, else_=-1).cast("int8")  # no choice any more: -1
        number = ibis.ifelse(rows[name].notnull(), number, ibis.null("int8"))
        rows = rows.mutate(**{number_of(name): number})
    if code == "party_organizations":
        last = ABOVE[-1]
        circles = last.filter(last["unit"] == last["above"]).select(circle="unit")
        rows = rows.left_join(circles, rows["number"] == circles["circle"])
        rows = rows.mutate(**{CIRCULAR: rows["circle"].notnull()}).drop("circle")
    if owner in ledger.columns:
        rows = _owned(rows, owner)
    return rows.select(*fact_columns(code))


def _owned(rows: ir.Table, owner: str) -> ir.Table:
    """The rows with the units that the unit in a column stands for.

    Where a record carries that column of another, the other finds them before it is joined:
    a reader of some units then joins only their records.
    """
    known = UNITS.rename(u_unit="unit")
    return rows.left_join(known, rows[owner] == known["u_unit"]).drop("u_unit")


def subjects() -> ir.Table:
    """Who is judged under each scope: the units that exist at D."""
    enterprises, organizations = facts("enterprises"), facts("party_organizations")
    superior = enterprises.filter(
        (enterprises["founded_on"] <= clock("today"))
        & (enterprises["dissolved_on"].isnull() | (enterprises["dissolved_on"] > clock("today")))
    )
    superior = superior.select(s="superior").distinct()
    of_scope = {
        Scope.ENTERPRISE: enterprises,
        Scope.GROUP: enterprises.filter(enterprises["is_group"]),
        Scope.ORGANIZATION: organizations,
        Scope.BRANCH: organizations.filter(organizations["kind"].isin(BRANCH_KINDS)),
        Scope.SUPERIOR: organizations.semi_join(superior, organizations["number"] == superior["s"]),
    }
    found = []
    for scope, rows in of_scope.items():
        end, today = rows["dissolved_on"], clock("today")
        existing = rows.filter((rows["founded_on"] <= today) & (end.isnull() | (end > today)))
        found.append(
            existing.select(
                scope=ibis.literal(scope.value),
                unit=existing["number"],
                start=existing["founded_on"],
                stop=FOREVER,
            )
        )
    return ibis.union(*found)


def features() -> ir.Table:
    """The newest value of each feature of each enterprise at D; a recorded one goes first."""
    rows = facts("enterprise_features")
    rows = rows.filter(rows["from_on"] <= clock("today"))
    newest = rows.group_by("unit", "feature").agg(newest_on=rows["from_on"].max()).view()
    joined = rows.join(newest, ["unit", "feature"])
    joined = joined.filter(joined["from_on"] == joined["newest_on"])
    recorded = joined.select("unit", "feature", worth="value")
    computed = _by_figures()
    return recorded.union(computed.anti_join(recorded, ["unit", "feature"]))


def _by_figures() -> ir.Table:
    """The size and section of each enterprise that its newest figures at D make."""
    rows, today = facts("enterprise_scale"), clock("today")
    newest = (rows["counted_on"] <= today) & (rows[REPLACED].isnull() | (rows[REPLACED] > today))
    rows = rows.filter(newest)
    rows = rows.mutate(division=rows["industry"].substr(0, 2))
    section = rows.join(SECTIONS, "division").select(
        "unit", feature=ibis.literal(organization.SECTION), worth="section"
    )
    asked = rows.join(SIZES, "division")
    asked = asked.filter(asked["industry"].startswith(asked["industry_class"]))
    figures = ("employees", "revenue", "total_assets")
    figure = ibis.cases(*[(asked["of"] == name, asked[name]) for name in figures])
    reached = ibis.cases(
        (figure >= asked["large"], 0),
        (figure >= asked["medium"], 1),
        (figure >= asked["small"], 2),
        else_=3,
    )
    worst = asked.group_by("unit").agg(rank=reached.max(), lacking=figure.isnull().any())
    worst = worst.filter(~worst["lacking"])
    worth = ibis.cases(*[(worst["rank"] == n, size) for n, size in enumerate(organization.SIZES)])
    size = worst.select("unit", feature=ibis.literal(organization.SIZE), worth=worth)
    return section.union(size)


def unit_statements() -> Iterator[tuple[str, ir.Table]]:
    """(table name, expression) of which units there are and who stands above whom."""
    yield UNITS.get_name(), units()
    yield from lineage_statements()


def ledger_statements() -> Iterator[tuple[str, ir.Table]]:
    """(table name, expression) of every ledger prepared."""
    for code in LEDGERS:
        yield f"fact_{code}", prepared(code)


def day_statements() -> Iterator[tuple[str, ir.Table]]:
    """(table name, expression) that depend on the day D."""
    yield "subjects", subjects()
    yield FEATURES_AT_D.get_name(), features()
