"""What an explanation says, for each kind, on what was planted in the demo (see its STORIES)."""

import datetime as dt
from collections.abc import Iterator

import pytest
from tests.read_by_clauses import kinds_of

from tongrong.engine.part import Kind
from tongrong.engine.run import evaluate
from tongrong.engine.shelf import kinds
from tongrong.facts.demo import AS_OF, demo_snapshot
from tongrong.facts.snapshot import Snapshot
from tongrong.findings import shelf
from tongrong.findings.calendar_words import period_words
from tongrong.findings.explain import Explainer, year_before
from tongrong.findings.explanation import Explanation
from tongrong.findings.telling import Telling
from tongrong.norms.checklist import Checklist
from tongrong.norms.from_files import load_checklist
from tongrong.vocabulary.verdicts import Verdict

CLAUSES = ("1.1.b", "1.2.b", "2.1.b", "2.2.b", "2.2.d", "2.3.a", "2.3.b", "2.3.d", "2.4.b", "2.5.a",
           "3.2.b", "5.2.c", "6.1.b", "6.2.b", "6.3.c", "9.2.a", "9.4.a", "11.1.c",
           "11.3.a")  # fmt: skip


@pytest.fixture(scope="module")
def checklist() -> Checklist:
    return load_checklist("442-2018")


@pytest.fixture(scope="module")
def snapshot() -> Snapshot:
    return demo_snapshot()


@pytest.fixture(scope="module")
def clauses(checklist: Checklist) -> list[str]:
    """CLAUSES, and the first of each kind of the checklist that they leave out."""
    made_of = {clause.id: kinds_of(checklist.rule(clause)) for clause in checklist.clauses()}
    found = list(CLAUSES)
    for clause, made in made_of.items():
        if made - {kind for one in found for kind in made_of[one]}:
            found.append(clause)
    return found


@pytest.fixture(scope="module")
def explainer(checklist: Checklist, snapshot: Snapshot, clauses: list[str]) -> Explainer:
    run = evaluate(checklist, snapshot, AS_OF, clauses=clauses, details=True)
    earlier = year_before(run)
    before = evaluate(checklist, snapshot, AS_OF, year=earlier, clauses=clauses, details=True)
    return Explainer(run, snapshot, before)


def words(told: Explanation) -> str:
    """Everything it says that is not a record."""
    return "\n".join(_words(told))


def _words(told: Explanation) -> Iterator[str]:
    yield from (told.unit_name, told.item, told.indicator, told.clause.reading)
    for part in told.parts:
        yield from (part.label, *part.counted)
        yield from (f"{one.label} {one.value} {one.why} {one.source}" for one in part.thresholds)
        yield from (f"{one.words} {one.found}" for one in part.conditions)
    yield from told.steps


def test_frequency_names_the_month_and_that_it_is_lost(explainer: Explainer) -> None:
    told = explainer.explain("QY01", "1.1.b")
    assert told.finding.verdict is Verdict.UNMET
    (part,) = told.parts
    assert [c.measured for c in part.cells] == ["1", "1", "1", "1", "0", "1", "1", "1", "1"]
    lost, closing = told.steps
    assert lost.startswith("2026年5月：")
    assert "不算在那一期" in lost
    assert "情况说明不能代替" in closing
    assert "2026年10月31日" in closing
    (ledger,) = told.ledgers
    assert (ledger.label, len(ledger.records)) == ("议题", 8)
    assert ("会议", "2026-01-08 党委会") in ledger.records[0].values


def test_coverage_names_the_person_and_the_day(explainer: Explainer) -> None:
    told = explainer.explain("DW02", "9.2.a")
    (part,) = told.parts
    (short,) = [cell for cell in part.cells if cell.verdict is Verdict.AT_RISK]
    (step,) = told.steps
    assert step.startswith(f"2026年第3季度，{short.member_name}：须有一条“谈心谈话”")
    assert short.member_name != short.member
    assert step.endswith("最迟2026年9月30日。")
    assert "党组织类型：党委" in words(told)


def test_an_obligation_names_its_own_day(explainer: Explainer) -> None:
    told = explainer.explain("QY04", "2.2.d")
    assert told.finding.verdict is Verdict.UNMET
    assert "90天" in words(told)
    assert any("过后办理的不算按时" in step for step in told.steps)


def test_ratio_says_how_many_more(explainer: Explainer) -> None:
    told = explainer.explain("QY02", "2.3.d")
    judged, shown = told.parts
    assert (judged.measured, judged.required) == ("2/7", "≥30%")
    assert (judged.judged, shown.judged, judged.decides) == (True, False, True)
    assert "至少再增加1人" in told.steps[0]
    assert "没有截止日" in told.steps[0]
    assert "党委成员进入董事会不低于总人数的30%" in words(told)


def test_headcount_that_should_be_met_offers_a_justification(explainer: Explainer) -> None:
    told = explainer.explain("QY04", "6.2.b")
    assert (told.finding.measured, told.finding.required) == ("6", "7\u20139")
    assert told.steps[0].startswith("再增加1人")
    assert "判据编号6.2.b" in told.steps[1]
    assert "有说明" in told.steps[1]
    assert "规模：" in words(told)


def test_document_names_the_element(explainer: Explainer) -> None:
    told = explainer.explain("QY04", "2.1.b")
    assert told.steps[0].startswith("修订公司章程，写明基础保障")


def test_precedence_that_cannot_be_ordered_asks_for_the_time(explainer: Explainer) -> None:
    told = explainer.explain("QY02", "2.2.b")
    assert told.finding.verdict is Verdict.NO_DATA
    assert any("实际开始时间" in step for step in told.steps)
    late = explainer.explain("QY01", "2.2.b")
    assert "先研究、后决定" in late.steps[0]


def test_incumbency_names_the_posts(explainer: Explainer) -> None:
    told = explainer.explain("QY02", "2.3.b")
    assert told.steps[0].startswith("由同一人担任党委副书记或专职副书记、工会主席、职工董事")
    never = explainer.explain("QY02", "1.2.b")
    assert "不再兼任总经理、副总经理" in words(never)
    assert never.finding.part == "不在经理层任职"


def test_trend_shows_both_year_ends(explainer: Explainer) -> None:
    told = explainer.explain("QY01", "3.2.b")
    assert told.finding.measured == "5/18"
    assert "2024年末：6/19" in words(told)
    assert "年末数已定" in told.steps[0]


def test_deadline_is_told_as_what_it_requires(explainer: Explainer) -> None:
    told = explainer.explain("QY02", "5.2.c")
    # 2.9 % of 15亿元; 3 % are 4500万元
    assert told.finding.measured == "43500000.00/1500000000.00"
    assert (told.finding.required, told.finding.gap) == ("≥3%", 1_500_000)
    assert "行业门类：" in words(told)


def test_assessment_asks_for_a_score_in_time(explainer: Explainer) -> None:
    told = explainer.explain("QY01", "6.1.b")
    assert told.steps == (
        "请上级党组织评定打分，登记到“评定”（判据编号6.1.b），最迟2026年12月31日。",
    )


def test_what_does_not_apply_says_why(explainer: Explainer) -> None:
    told = explainer.explain("QY03", "2.3.d")
    assert told.finding.verdict is Verdict.NOT_APPLICABLE
    control, _committee, condition = told.parts[0].conditions
    assert control.holds is True
    assert condition.holds is False
    assert condition.found.startswith("董事会形式：执行董事")
    assert told.steps == ("不符合本条适用条件，无需办理。",)
    encouraged = explainer.explain("QY01", "9.4.a")
    assert encouraged.steps[0].startswith("鼓励事项")


def test_a_feature_nobody_marked_counts_as_no(explainer: Explainer) -> None:
    _, condition = explainer.explain("QY00", "6.3.c").parts[0].conditions
    assert (condition.holds, condition.found) == (False, "有条件整体市场化选聘：未登记")


def test_a_justified_verdict_says_so(explainer: Explainer) -> None:
    told = explainer.explain("QY01", "2.5.a")
    assert told.finding.verdict is Verdict.JUSTIFIED
    assert told.steps == ("已有批准的情况说明，保持即可。",)


def test_a_met_period_names_the_next(explainer: Explainer) -> None:
    told = explainer.explain("QY00", "1.1.b")
    assert told.steps == ("已达标。下一次最迟2026年10月31日办到。",)


def test_a_register_not_kept_says_how_to_declare_nothing(
    checklist: Checklist, snapshot: Snapshot
) -> None:
    run = evaluate(checklist, snapshot, AS_OF, clauses=["1.3.b"], details=True)
    (step,) = Explainer(run, snapshot).explain("QY04", "1.3.b").steps
    assert "“违纪案件”台账还没有本单位的记录" in step
    assert "“本期无申报”" in step


def test_amounts_of_persons_stay_unsaid(explainer: Explainer) -> None:
    """Dues: who paid for which month and when, not the base and not the amount."""
    told = explainer.explain("DZB02", "11.3.a")
    headings = {label for ledger in told.ledgers for r in ledger.records for label, _ in r.values}
    assert {"人员", "所属月份", "缴纳日期"} <= headings
    assert not headings & {"缴费基数", "实缴金额", "批准减免后应缴"}
    assert len(told.ledgers[0].records) == len(told.finding.records)


def test_every_finding_of_every_kind_can_be_explained(
    explainer: Explainer, clauses: list[str]
) -> None:
    for clause in clauses:
        for unit in explainer.units(clause):
            told = explainer.explain(unit, clause)
            assert told.steps, (unit, clause)
            assert "None" not in words(told), (unit, clause)


def test_an_unknown_pair_is_a_key_error(explainer: Explainer) -> None:
    with pytest.raises(KeyError):
        explainer.explain("QY01", "11.1.c")


def test_a_kind_without_a_file_is_told_plainly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf, "KINDS", "tongrong.findings")
    shelf._class.cache_clear()
    try:
        assert shelf._class("nowhere") is Telling
    finally:
        shelf._class.cache_clear()
    assert issubclass(kinds()["frequency"], Kind)


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("2026-03", "2026年3月"),
        ("2026Q4", "2026年第4季度"),
        ("2026H1", "2026年上半年"),
        ("2026H2", "2026年下半年"),
        ("2026", "2026年"),
        ("2024-2026", "2024至2026年"),
        ("", ""),
        ("别的", "别的"),
    ],
)
def test_periods_as_people_say_them(label: str, said: str) -> None:
    assert period_words(label) == said


def test_the_days_of_the_demo_are_what_the_cases_assume() -> None:
    assert dt.date(2026, 9, 25) == AS_OF
