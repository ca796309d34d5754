"""全覆盖: who or what is not covered yet, and by which record."""

from collections.abc import Iterator, Mapping, Sequence

from tongrong.engine.comparisons import ROWS, Side
from tongrong.engine.kinds.coverage import Coverage
from tongrong.engine.matches import Has
from tongrong.engine.obligations import Due
from tongrong.engine.population import Listed, Population
from tongrong.engine.tables import REPLACED
from tongrong.facts.columns import Reference
from tongrong.facts.ledger import Ledger
from tongrong.facts.registry import LEDGERS
from tongrong.findings.telling import EVERY, Measure, Shortfall, Telling, listed
from tongrong.findings.wording import column_label, ledger_label, spoken, test_words


class TellingCoverage(Telling[Coverage]):
    """Every member of a population is covered."""

    def required(self, measure: Measure) -> str:  # noqa: ARG002 thresholds say who is a member
        """Every member."""
        return EVERY

    def counted(self) -> Sequence[str]:
        """The population, what covers a member, and by when."""
        each = self.rule.each
        who = "、".join(each.values) if isinstance(each, Listed) else self.words.population(each)
        words = [f"对象：{who}", f"每个对象须有：{self._covering()}"]
        if self.rule.due and not isinstance(each, Listed):
            words.append(f"期限：{self._due(self.rule.due, each)}")
        return words

    @property
    def register(self) -> str:
        """The ledger of the population."""
        return "" if isinstance(self.rule.each, Listed) else self.rule.each.ledger

    @property
    def member_ledger(self) -> str:
        """The ledger whose codes the members are."""
        each = self.rule.each
        if isinstance(each, Listed):
            return ""
        column = each.declared.columns.get(each.member)
        return column.to if isinstance(column, Reference) else each.ledger

    @property
    def mendable(self) -> bool:
        """The member's own row, states at D, records of a year; no period or due day gone by."""
        own_row = self.rule.complete or self.rule.meets
        if self.rule.late_counts or own_row or (self.rule.has and self.rule.has.by_year):
            return True
        if self.rule.per or self.rule.due:
            return False
        event = not isinstance(self.rule.each, Listed) and self.rule.each.is_event
        return not (event and self.rule.has)

    def act(self, short: Sequence[Shortfall]) -> str:
        """Whom or what to cover, and what to record."""
        who = listed(short)
        if self.rule.enough:
            return f"{who}由本人按标准交齐党费，登记到{ledger_label(self.rule.enough.ledger)}"
        if self.rule.has:
            each = "各" if len(short) > 1 else ""
            named = "".join(self._named(self.rule.has))
            return f"{who}{each}须有{self._covering()}{named}"
        if self.rule.adds_up or self.rule.compare:
            return f"{who}补正登记，使{self._covering()}"
        if self.rule.complete:
            return f"{who}把{self._covering()}"
        if self.rule.done:
            return f"{who}办完后{self._covering()}"
        return f"{who}{'；'.join(self._mended())}"

    def lost(self) -> str:
        """Why what is over cannot be made good."""
        if self.rule.enough:
            return "缴纳期限已过，补交的不算按时"
        if self.rule.due:
            return "期限已过，过后办理的不算按时"
        if self.rule.per:
            return "所属期间已经结束，过后办理的不算在那一期"
        return "事情已经过去，不能补办"

    def unknown(self) -> str:
        """What to record where a measure is missing."""
        if self.rule.enough:
            return f"在{ledger_label(self.rule.enough.ledger)}补登“缴费基数”，才能判断是否交足"
        if isinstance(self.rule.each, Listed):
            return super().unknown()
        label, nil = ledger_label(self.rule.each.ledger), ledger_label("nil_declarations")
        if self.rule.each.is_by_year:
            return f"在{label}登记该年度的数据；确实没有的，在{nil}登记一条"
        return f"在{label}登记本年度的数据"

    def _covering(self) -> str:
        rule = self.rule
        if rule.has:
            every = (self.words.selection(one, *self._ties(one)) for one in (rule.has, *rule.also))
            return f"一条{'或者'.join(every)}"
        if rule.enough:
            return (
                f"当月足额、按时的{ledger_label(rule.enough.ledger)}，"
                "由本人交，不从工资代扣；减免须经上一级党组织批准"
            )
        ledger = LEDGERS[self.register]
        if rule.adds_up:
            total = column_label(rule.adds_up.declared, rule.adds_up.sum)
            whole = self.words.number(rule.adds_up.to)
            return f"{self.words.selection(rule.adds_up)}的{total}合计，正好等于{whole}"
        if rule.compare:
            sides = (self._side(rule.compare.left), self._side(rule.compare.right))
            return f"{sides[0]}，与{sides[1]}之比不低于{self.words.number(rule.compare.at_least)}"
        if rule.done:
            return self._done(rule.done, ledger)
        if rule.complete:
            label = column_label(ledger, rule.complete.column)
            return f"“{label}”登记齐：{'、'.join(rule.complete.of)}"
        return "；".join(
            test_words(ledger, name, test) for name, test in (rule.meets or {}).items()
        )

    def _mended(self) -> Iterator[str]:
        """How the member's own row passes each test."""
        ledger = LEDGERS[self.register]
        for name, test in (self.rule.meets or {}).items():
            if isinstance(test, Mapping) and "recorded" in test:
                label = column_label(ledger, name)
                yield f"补填“{label}”" if test["recorded"] else f"“{label}”不要填"
            else:
                yield f"改正后登记，做到{test_words(ledger, name, test)}"

    def _named(self, has: Has) -> Iterator[str]:
        """The columns of the member's own row to be filled in, where these name a state."""
        each = self.rule.each
        if isinstance(each, Listed) or each.paired or has.is_event:
            return
        for left in has.on:
            column = each.declared.columns.get(left)
            if left != each.member and isinstance(column, Reference):
                yield f"，写在{ledger_label(each.ledger)}的“{column.label}”"

    def _side(self, side: Side) -> str:
        """One side of a comparison in words."""
        taken = column_label(side.declared, side.count or side.sum or "")
        if side.count:
            taken = f"{spoken(taken)}数"
        elif side.over:
            per = "" if side.over == ROWS else f"按{column_label(side.declared, side.over)}"
            taken = f"{taken}{per}平均"
        else:
            taken = f"{taken}合计"
        return f"{self.words.selection(side, *self._alike(side))}的{taken}"

    def _alike(self, side: Side) -> Iterator[str]:
        """How the rows of one side of a comparison are tied to the member."""
        each = self.rule.each
        for left, right in side.on.items():
            named = not isinstance(each, Listed) and left == each.member
            label = spoken(column_label(side.declared, right))
            yield f"{label}即该对象" if named else f"{label}相同"

    @staticmethod
    def _done(column: str, ledger: type[Ledger]) -> str:
        """The day that settles an obligation, or the next row that does."""
        if column == REPLACED:
            return f"登记新的一次{ledger_label(ledger.code)}"
        return f"登记“{column_label(ledger, column)}”"

    def _ties(self, has: Has) -> Iterator[str]:
        """Which column of the record names the member, or which of a pair."""
        each = self.rule.each
        paired = None if isinstance(each, Listed) else each.paired
        for left, right in has.on.items():
            label = spoken(column_label(has.declared, right))
            if paired is None:
                named = isinstance(each, Listed) or left in (each.member, "record")
                yield f"{label}即{'该对象' if named else self._of_member(left)}"
            else:
                yield f"{label}为{'后' if left == paired.named else '前'}一人"

    def _of_member(self, column: str) -> str:
        """A column of the member's own row, as people say it: 该对象的联系领导."""
        return f"该对象的{spoken(column_label(LEDGERS[self.register], column))}"

    def _due(self, due: Due, each: Population) -> str:
        ledger = each.ledger
        if due.on:
            words = column_label(LEDGERS[ledger], due.on)
            return f"{words}；临近时才提出" if due.ahead else words
        started = due.after in (None, "start")
        both = "两者都开始" if each.paired else "开始"
        after = both if started else column_label(LEDGERS[ledger], due.after or "")
        number = self.part.numbers[due.length]
        unit = "天" if due.days else "个月" if due.months else "年"
        words = f"{after}后{number}{unit}"
        if due.or_:
            words += f"；登记了{column_label(LEDGERS[ledger], due.or_)}的，以它为准"
        if due.sooner:
            words += f"；{column_label(LEDGERS[ledger], due.sooner)}更早的，以它为准"
        return words
