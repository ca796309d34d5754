"""The demo's two accounts: metrics, values, publications, reviews, ratings and what followed."""

from tongrong.facts.demo.bodies import ABOVE, LEADING
from tongrong.facts.demo.book import Book
from tongrong.facts.demo.days import LAST_YEAR, THIS_YEAR, on, workday
from tongrong.facts.demo.firms import (
    BANKRUPT,
    BUILDER,
    CARRIER,
    ENTERPRISES,
    FIRM,
    GROUP,
    HEAVY,
    LISTED,
    MIXED,
    OVERSEAS,
    SERVICE,
    WATER,
    WITH_BOARD,
    YOUNG,
    ZOMBIE,
)
from tongrong.facts.demo.people import Cast
from tongrong.facts.ledgers.accounts import (
    CORE,
    FORWARD,
    ORIENTATIONS,
    QUALITATIVE,
    QUANTIFIED,
    SUPPORTING,
)

_ECONOMIC, _PARTY = (*CORE, *SUPPORTING, *FORWARD), (*QUANTIFIED, *QUALITATIVE)
_METRICS = {"经济账": _ECONOMIC, "党建账": _PARTY}
_ONE, _TWO, _PUBLIC = "商业一类", "商业二类", "公益类"
# Superior, account, class of enterprises, metrics, orientations, in force from.
_SETS = (
    (ABOVE, "经济账", _TWO, _ECONOMIC, (), "2024-12-20"),
    (ABOVE, "党建账", None, _PARTY, ORIENTATIONS, "2024-12-20"),
    (LEADING[GROUP], "经济账", _ONE, _ECONOMIC, (), "2025-02-18"),
    (LEADING[GROUP], "经济账", _PUBLIC, _ECONOMIC, (), "2026-03-02"),
    (LEADING[GROUP], "党建账", None, _PARTY, ORIENTATIONS, "2025-02-18"),
    (LEADING[BUILDER], "经济账", _ONE, (*CORE, *SUPPORTING), (), "2025-03-10"),
    (LEADING[BUILDER], "党建账", None, QUANTIFIED, ORIENTATIONS[:2], "2025-03-10"),
    (LEADING[LISTED], "党建账", None, _PARTY, ORIENTATIONS, "2025-03-12"),
)
_SCHEMES = (
    (ABOVE, ("加分", "减分", "权重"), True),
    (LEADING[GROUP], ("加分", "减分", "权重"), True),
    (LEADING[BUILDER], ("加分", "减分"), True),
    (LEADING[LISTED], None, False),
)
"""Superiors, what their scheme of Party appraisal states (None: no scheme), whether there are
rules on holding people to account."""

_BLANK = {(BUILDER, "行业排名"), (SERVICE, "后备人才培养")}
"""Metrics for which an enterprise entered no value."""
_FIGURES = {
    "规模": "资产总额{}.{}亿元",
    "产值利润": "利润总额{}{}0万元",
    "节能降耗": "万元产值综合能耗下降{}.{}%",
    "市场占有率": "主要产品区域市场占有率1{}.{}%",
    "行业排名": "同类企业第{}{}位",
    "主营业务占比率": "主营业务收入占9{}.{}%",
    "后备人才培养": "储备后备人才{}{}名",
    "力量配备": "专职党务人员{}名，兼职{}名",
}
_FINDINGS = {
    "党建引领发展": "结合生产经营开展，评为较好",
    "企业文化": "品牌文化活动经常开展，评为较好",
}

_PUBLISHED_BEFORE = {GROUP, HEAVY, LISTED}
"""Those that showed their accounts last year already; this year all but the two below did."""
_UNPUBLISHED = {(SERVICE, "经济账"), (CARRIER, "党建账")}
_UNREPORTED = CARRIER
_NOT_APPRAISED, _NOT_EXAMINED, _NOT_CHECKED = WATER, BUILDER, (MIXED, 2)
_BOTH_HALVES = {GROUP, YOUNG}
"""Whose board and supervisors have looked at the account in the second half-year as well."""
_LATE_CHECK = {(CARRIER, 3), (ZOMBIE, 3), (BANKRUPT, 3)}
_RATED = (
    (GROUP, LAST_YEAR, "2025-12-18", 410, 386),
    (BUILDER, LAST_YEAR, "2025-12-19", 204, 101),  # one short of half
    (HEAVY, LAST_YEAR, "2026-01-16", 318, 290),  # for the year before
    (YOUNG, THIS_YEAR, "2026-09-10", 86, 43),  # exactly half
    (WATER, THIS_YEAR, "2026-09-15", 122, 60),  # one short of half
)
"""Enterprise, year, day of both ratings, staff entitled to take part and those who did."""
_DECIDED = {ABOVE: "2026-05-20", LEADING[GROUP]: "2026-03-18", LEADING[BUILDER]: "2026-03-10",
            LEADING[LISTED]: "2026-06-15"}  # fmt: skip
_APPLIED = {ABOVE: "2026-06-30", LEADING[GROUP]: "2026-04-30"}
"""When superiors settled last year's results, and when those who did drew consequences."""


def write(book: Book, cast: Cast) -> None:
    """Enters metric sets, schemes, both accounts of last year and what was done about them."""
    del cast
    _rules(book)
    for unit in ENTERPRISES:
        if unit != YOUNG:  # it was founded in the course of the year
            _values(book, unit)
        _publications(book, unit)
        _economic_reviews(book, unit)
        _party_reviews(book, unit)
    _ratings(book)
    _results(book)


def _rules(book: Book) -> None:
    for unit, account, of_class, metrics, orientations, since in _SETS:
        book.add(
            "metric_sets",
            number=book.number("ZB"),
            unit=unit,
            account=account,
            enterprise_class=of_class,
            metrics=metrics,
            orientations=orientations,
            from_on=on(since),
        )
    for unit, elements, accountable in _SCHEMES:
        if elements:
            _document(book, unit, "党建考核方案", elements)
        if accountable:
            _document(book, unit, "责任追究办法", ())


def _document(book: Book, unit: str, kind: str, elements: tuple[str, ...]) -> None:
    book.add(
        "documents",
        number=book.number(f"WJ{unit}-KH"),
        unit=unit,
        type=kind,
        title=f"{kind}（试行）",
        effective_on=on("2025-02-20"),
        elements=elements,
    )


def _values(book: Book, unit: str) -> None:
    for account, metrics in _METRICS.items():
        for metric in metrics:
            if (unit, metric) in _BLANK:
                continue
            figure = _FIGURES.get(metric, "").format(book.rng.randint(2, 9), book.rng.randint(1, 9))
            book.add(
                "account_values",
                unit=unit,
                year=LAST_YEAR,
                account=account,
                metric=metric,
                content=figure or _FINDINGS.get(metric, "年内逐项检查，运行正常"),
            )


def _publications(book: Book, unit: str) -> None:
    for account in _METRICS:
        years = [LAST_YEAR] if (unit, account) not in _UNPUBLISHED else []
        for year in [LAST_YEAR - 1, *years] if unit in _PUBLISHED_BEFORE else years:
            book.add(
                "publications",
                unit=unit,
                account=account,
                year=year,
                published_on=workday(book.rng, on(f"{year + 1}-05-01"), 8, 27),
                channel="厂务公开栏和职工代表大会",
            )


def _economic_reviews(book: Book, unit: str) -> None:
    led_by_committee = not LEADING[unit].startswith("DZB")
    if led_by_committee and unit != _UNREPORTED:
        _review(book, unit, "报告", "党委会", "2026-04-01")
    if led_by_committee and unit in _PUBLISHED_BEFORE:
        _review(book, unit, "报告", "党委会", "2025-04-01")
    halves = ("2026-03-01", "2026-08-01") if unit in _BOTH_HALVES else ("2026-03-01",)
    for month in halves:
        if unit in WITH_BOARD and unit != _NOT_APPRAISED:
            _review(book, unit, "评议", "董事会", month)
        for body in ("监事会", "审计委员会"):
            if FIRM[unit].is_("监督机构", body) and unit != _NOT_EXAMINED:
                _review(book, unit, "审查", body, month)
    for year in (LAST_YEAR, THIS_YEAR) if unit == GROUP else (THIS_YEAR,):
        _review(book, unit, "审议", "职代会", f"{year}-06-01")
        _review(book, unit, "第三方评价", "第三方机构", f"{year}-07-01")
    if unit == LISTED:
        _review(book, unit, "审议", "股东大会", "2026-05-01")


def _party_reviews(book: Book, unit: str) -> None:
    by = "上级党组织" if unit == GROUP else "党委会"
    for quarter, month in enumerate(("2026-03-01", "2026-06-01", "2026-09-01"), start=1):
        if (unit, quarter) != _NOT_CHECKED and (unit, quarter) not in _LATE_CHECK:
            _review(book, unit, "日常考核", by, month, "党建账")
    if unit != SERVICE:
        _review(book, unit, "述职评议", "上级党组织", "2026-01-01", "党建账")


def _review(
    book: Book, unit: str, kind: str, body: str, month: str, account: str = "经济账"
) -> None:
    book.add(
        "account_reviews",
        unit=unit,
        account=account,
        kind=kind,
        body=body,
        reviewed_on=workday(book.rng, on(month), 8, 24),
    )


def _ratings(book: Book) -> None:
    for unit, year, day, eligible, voters in _RATED:
        score = book.rng.randint(82, 95)
        rating = {"unit": unit, "year": year, "rated_on": on(day), "score": score}
        book.add("ratings", source="上级评价", **rating)
        book.add("ratings", source="职工群众测评", eligible=eligible, voters=voters, **rating)


def _results(book: Book) -> None:
    above = {GROUP: ABOVE, OVERSEAS: LEADING[BUILDER], ZOMBIE: LEADING[LISTED],
             BANKRUPT: LEADING[LISTED]}  # fmt: skip
    for unit in ENTERPRISES:
        superior = above.get(unit, LEADING[GROUP])
        for account, letter in (("经济账", "J"), ("党建账", "D")) if unit != YOUNG else ():
            number = f"KH{unit}-{LAST_YEAR}{letter}"
            book.add(
                "annual_results",
                number=number,
                unit=unit,
                account=account,
                year=LAST_YEAR,
                decided_on=on(_DECIDED[superior]),
                grade=book.rng.choice(("好", "较好", "较好", "一般")),
            )
            if superior in _APPLIED:
                day = on(_APPLIED[superior])
                book.add("consequences", result=number, kind="薪酬", applied_on=day)
