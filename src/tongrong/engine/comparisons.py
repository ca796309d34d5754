"""Comparisons: an amount tied to a member against another one, such as a mean over its peers."""

from collections.abc import Iterator

import ibis
import ibis.expr.types as ir
from pydantic import model_validator

from tongrong.engine.cells import reached
from tongrong.engine.part import Asked, Bundle
from tongrong.engine.population import KEYS
from tongrong.engine.selection import Selection, Strict, at_day, column, hold, real_name, select
from tongrong.engine.tables import as_column, clock

ROWS = "rows"


class Side(Selection):
    """What is tied to a member: so many distinct values (`count`), or the `sum` of a column.

    `over` makes the sum a mean: over the `rows`, or over the sum of another column.
    """

    on: dict[str, str]
    count: str | None = None
    sum: str | None = None
    over: str | None = None

    @model_validator(mode="after")
    def _one_amount(self) -> "Side":
        if bool(self.count) == bool(self.sum) or (self.over and not self.sum):
            raise ValueError("写 count，或 sum（可加 over）")
        return self

    @property
    def base(self) -> Selection:
        """The selection alone."""
        return Selection(**self.model_dump(exclude={"on", "count", "sum", "over"}))

    def tied(self, rows: ir.Table, bundle: Bundle) -> ir.Table:
        """The population's rows with what is tied to them: KEYS, `record` of both, the amount."""
        scope = bundle.scope
        read = {self.count, self.sum, self.over, *self.on.values()} - {None, ROWS}
        found = select({0: self.base}, scope, [str(name) for name in read])
        if self.base.is_event:
            found = found.mutate(reference=found["day"])
        else:
            found = at_day(found, clock("today")).mutate(reference=as_column(clock("today")))
        found = hold(found, self.base, scope, "reference")
        names = {real_name(self.ledger, str(name), scope) for name in read} - {"record", "subject"}
        found = found.select(
            x_record="record", x_subject="subject", **{f"x_{name}": found[name] for name in names}
        ).view()
        tests = [
            column(rows, left, scope) == found[f"x_{real_name(self.ledger, right, scope)}"]
            for left, right in self.on.items()
        ]
        if self.whose != "anyone":
            tests.append(rows["unit_judged"] == found["x_subject"])
        return rows.join(found, tests)

    def amount(self, rows: ir.Table, bundle: Bundle, prefix: str) -> ir.Table:
        """By KEYS and record: `total`, and `n` that it is a mean over, under the prefix."""
        tied = self.tied(rows, bundle)
        column_of = tied[f"x_{self.count or self.sum}"]
        found = {"total": column_of.nunique() if self.count else column_of.sum()}
        if self.over:
            by_rows = self.over == ROWS
            found["n"] = tied["x_record"].count() if by_rows else tied[f"x_{self.over}"].sum()
        found = {name: value.cast("int64") for name, value in found.items()}
        counted = tied.group_by(*KEYS, "record").agg(**found)
        if not self.over:
            counted = counted.mutate(n=ibis.literal(1, "int64"))
        return counted.rename({f"{prefix}_{name}": name for name in counted.columns}).view()


class Compare(Strict):
    """The left amount is at least so many times the right one."""

    left: Side
    right: Side
    at_least: str

    def asked(self) -> Iterator[Asked]:
        """The threshold the two are compared by."""
        yield Asked("compare", self.at_least, "at_least", of_whole=True)

    def compared(self, rows: ir.Table, bundle: Bundle) -> ir.Table:
        """The rows with `comparable` (there is a right side) and `row_ok` (null: no left mean)."""
        for prefix, side in (("left", self.left), ("right", self.right)):
            amount = side.amount(rows, bundle, prefix)
            keys = (*KEYS, "record")
            rows = rows.left_join(amount, [rows[key] == amount[f"{prefix}_{key}"] for key in keys])
            rows = rows.drop(*[f"{prefix}_{key}" for key in keys])
        rows = bundle.with_asked(rows, "compare", unit="unit_judged")
        none_left = ibis.null("int64") if self.left.over else ibis.literal(1, "int64")
        rows = rows.mutate(
            left_total=rows["left_total"].fill_null(0),
            left_n=ibis.coalesce(rows["left_n"], none_left),
        )
        num, den = rows["left_total"] * rows["right_n"], rows["right_total"] * rows["left_n"]
        return rows.mutate(
            comparable=(rows["right_n"] > 0).fill_null(False),
            row_ok=ibis.ifelse(rows["left_n"] > 0, reached(num, den, rows), ibis.null("boolean")),
        )
