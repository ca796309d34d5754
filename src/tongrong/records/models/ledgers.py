"""One table per declared ledger, derived from its declaration.

Labels, help and the words of a choice are not in the tables: they are today's, while the
tables keep what was recorded under yesterday's. So rewording costs no migration.
"""

import hashlib
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.functions import Length

from tongrong.facts.columns import (
    Choice,
    Choices,
    Clock,
    Code,
    Column,
    Day,
    Flag,
    Money,
    Month,
    NationalCode,
    Reference,
    Share,
    Text,
    Whole,
    Year,
)
from tongrong.facts.content import erasable
from tongrong.facts.ledger import Ledger
from tongrong.facts.registry import LEDGERS
from tongrong.records.models.versions import (
    SYSTEM_COLUMNS,
    RowVersion,
    SealedVersion,
    check,
    version_constraints,
)
from tongrong.vocabulary.periods import FIRST_YEAR, LAST_YEAR

LONGEST_CODE = 64
LONGEST_CHOICE = 64
LAST_MINUTE = 24 * 60 - 1
WHOLE_SHARE = 1_000_000

models.CharField.register_lookup(Length)


def _field(column: Column) -> "models.Field[Any, Any]":
    """The database column that keeps a ledger column's values; optional: may be NULL."""
    null = column.optional
    match column:
        case Text(longest=longest) | Code(longest=longest):
            return models.CharField(max_length=longest, null=null)
        case Reference():
            return models.CharField(max_length=LONGEST_CODE, null=null)
        case NationalCode(lengths=(_, longest)):
            return models.CharField(max_length=longest, null=null)
        case Choice():
            return models.CharField(max_length=LONGEST_CHOICE, null=null)
        case Choices():
            return models.TextField(null=null)
        case Day() | Month():
            return models.DateField(null=null)
        case Clock() | Year():
            return models.IntegerField(null=null)
        case Flag():
            return models.BooleanField(null=null)
        case Whole() | Money() | Share():
            return models.BigIntegerField(null=null)
    raise TypeError(f"no database column is known for {type(column).__name__}")


def _condition(name: str, column: Column) -> Q | None:
    """What holds of every value of the column for as long as the product exists."""
    match column:
        case Text(longest=longest) | Code(longest=longest):
            return Q(**{f"{name}__length__range": (1, longest)})
        case Reference():
            return Q(**{f"{name}__length__range": (1, LONGEST_CODE)})
        case NationalCode(lengths=lengths):
            return Q(**{f"{name}__length__range": lengths})
        case Choices():
            return Q(**{f"{name}__startswith": "、", f"{name}__endswith": "、"})
        case Clock():
            return Q(**{f"{name}__range": (0, LAST_MINUTE)})
        case Year():
            return Q(**{f"{name}__range": (FIRST_YEAR, LAST_YEAR)})
        case Whole():
            return Q(**{f"{name}__gte": 0})
        case Share():
            return Q(**{f"{name}__range": (0, WHOLE_SHARE)})
    return None


def model_of(ledger: type[Ledger]) -> type[RowVersion]:
    """The table derived from a ledger's declaration; made once, when this module loads.

    Raises:
        ValueError: a column is named like one of the table's own.
    """
    taken = sorted(ledger.columns.keys() & {*SYSTEM_COLUMNS, *dir(SealedVersion)})
    if taken:
        raise ValueError(f"ledger {ledger.code!r}: columns {taken} have names the tables use")
    fields = {name: _field(column) for name, column in ledger.columns.items()}
    constraints = version_constraints(ledger.code)
    for name, column in ledger.columns.items():
        condition = _condition(name, column)
        if condition is not None:
            constraints.append(check(f"{ledger.code}_{name}_valid", condition))
    named = {"db_table": f"ledger_{ledger.code}", "constraints": constraints}
    meta = type("Meta", (), {**named, "indexes": current_indexes(ledger)})
    words = erasable(ledger)
    base = SealedVersion if words else RowVersion
    own = {"erasable": frozenset([*words, "record", "salt"] if words else [])}
    attributes = {**fields, **own, "__module__": __name__, "__doc__": ledger.__doc__, "Meta": meta}
    return type(ledger.__name__, (base,), attributes)


def current_indexes(ledger: type[Ledger]) -> list[models.Index]:
    """Indexes of the current versions: by their own code, by what they name, in the order of lists.

    A column that may be empty is indexed only where it is filled: counting the many empty ones
    as one value, SQLite would take the index for useless and read the whole ledger.
    """
    found = []
    for name, column in ledger.columns.items():
        if isinstance(column, Code | Reference):
            digest = hashlib.sha256(f"{ledger.code}.{name}".encode()).hexdigest()[:6]
            current = Q(superseded_at__isnull=True)
            if column.optional:
                current &= Q(**{f"{name}__isnull": False})
            short = f"{ledger.code[:12]}_{name[:10]}_{digest}"  # 30 characters at most
            found.append(models.Index(fields=[name], condition=current, name=short))
    day = ledger.day_column()
    if day is not None and not ledger.columns[day].optional:
        by_day = models.Index(
            fields=[day, "version_id"],
            condition=Q(superseded_at__isnull=True),
            name=f"{ledger.code[:22]}_by_day",
        )
        found.append(by_day)
    return found


LEDGER_MODELS: Mapping[str, type[RowVersion]] = MappingProxyType(
    {code: model_of(ledger) for code, ledger in LEDGERS.items()}
)
"""The table of each ledger, by its code."""
