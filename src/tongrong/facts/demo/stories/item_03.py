"""Item 3: reform of ownership, staffing and pay: the verdicts planted in the demo."""

from datetime import date

from tongrong.facts.demo.story import (
    JUSTIFIED,
    LAST_YEAR_END,
    MET,
    NOT_APPLICABLE,
    PENDING,
    UNMET,
    Story,
)

STORIES = (
    Story("QY00", "3.1.a", MET, "各控股子公司的持股比例合计都是100%，有母子公司管理制度"),
    Story("QY02", "3.1.a", UNMET, "海外工程公司只登记了95%的股权", lacking="QY07", measured="0/1"),
    Story("QY01", "3.1.a", NOT_APPLICABLE, "没有子公司"),
    Story("QY00", "3.2.b", MET, "市场化选聘由4/18升到6/19"),
    Story("QY01", "3.2.b", UNMET, "市场化选聘由6/19降到5/18"),
    Story("QY00", "3.1.b", MET, "集团公司是股份有限公司，也是公司制"),
    Story(
        "QY01",
        "3.2.a",
        UNMET,
        "人事管理制度没有写明取消行政级别",
        lacking="取消行政级别",
        measured="1/2",
    ),
    Story("QY00", "3.2.a", UNMET, "集团的人事管理制度也没有写明取消行政级别"),
    Story("QY02", "3.2.a", MET, "两个制度该写的都写明了"),
    Story("QY02", "3.2.b", JUSTIFIED, "两年都是4/15，没有提高，已有批准的情况说明"),
    Story("QY04", "3.2.b", NOT_APPLICABLE, "2025年设立，2024年底还没有这个企业"),
    Story(
        "QY03",
        "3.3.a",
        UNMET,
        "没有差异化薪酬管理制度",
        lacking="差异化薪酬管理制度",
        measured="0/1",
    ),
    Story("QY02", "3.3.b", UNMET, "市场化选聘的经理层都没有签任期契约"),
    Story("QY00", "3.4.a", MET, "有现行的中长期激励方案"),
    Story("QY01", "3.4.a", NOT_APPLICABLE, "鼓励事项，没有开展"),
    Story("QY02", "3.4.b", MET, "工资总额预算3月31日批准"),
    Story("QY04", "3.4.b", MET, "工资总额预算4月8日批准，年底前都算"),
    Story("QY03", "3.4.b", UNMET, "2025年没有批准工资总额预算", LAST_YEAR_END),
    Story("QY00", "3.4.c", MET, "1月表彰了优秀员工"),
    Story("QY01", "3.4.c", PENDING, "上年12月表彰的不算今年，今年还没有"),
    Story("QY00", "3.5.a", MET, "认定的损失五个多月后追了责"),
    Story(
        "QY02",
        "3.5.a",
        UNMET,
        "2月20日认定的损失，到8月20日还没有追责",
        lacking="SS2026-02",
        measured="0/1",
    ),
    Story("QY01", "3.5.a", PENDING, "5月10日认定的损失，11月10日到期"),
    Story("QY00", "3.5.b", MET, "经营者都缴了2026年的风险保证金"),
    Story("QY01", "3.5.b", PENDING, "一名副总经理还没有缴"),
    Story("QY03", "3.5.c", UNMET, "没有风险保证金制度", lacking="风险保证金制度", measured="0/1"),
    Story(
        "QY00", "3.1.b", UNMET, "过了2018年底还是全民所有制，2019年3月20日才改制", date(2019, 1, 31)
    ),
    Story("QY01", "3.3.a", MET, "有现行的差异化薪酬管理制度"),
    Story("QY00", "3.3.b", MET, "市场化选聘的副总经理签了写全三项的契约"),
    Story("QY02", "3.4.c", UNMET, "2025年没有表彰", LAST_YEAR_END, lacking="2025", measured="0"),
    Story("QY09", "3.5.b", UNMET, "2025年总会计师没有缴风险保证金", LAST_YEAR_END),
    Story("QY05", "3.5.c", MET, "有现行的风险保证金制度"),
)
