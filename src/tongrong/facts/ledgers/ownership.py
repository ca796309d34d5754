"""Who owns an enterprise, and how it stands in its industry."""

from tongrong.facts.columns import Choice, Day, Privacy, Reference, Share, Text, Whole, Year
from tongrong.facts.ledger import Holds, Ledger, Yearly

HOLDER_KINDS = ("国有资本", "集体资本", "民营资本", "外资", "企业员工", "社会公众")


class Shareholdings(Ledger):
    """One holder's share of an enterprise's capital."""

    code = "shareholdings"
    label = "股权结构"
    time = Holds("from_on", "until_on")

    unit = Reference("企业编号", to="enterprises", key=True)
    holder = Text(
        "股东名称",
        key=True,
        privacy=Privacy.PERSONAL,
        help="员工通过持股平台持股的，按员工各自登记",
    )
    from_on = Day("持股起始日期", key=True)
    until_on = Day("持股终止日期", optional=True, help="自该日起不再按此比例持股")
    holder_kind = Choice("股东类型", choices=HOLDER_KINDS)
    share = Share("持股比例")


class IndustryRanks(Ledger):
    """The rank of an enterprise in its industry in a year, by a named list."""

    code = "industry_ranks"
    label = "行业排名"
    time = Yearly("year")

    unit = Reference("企业编号", to="enterprises", key=True)
    year = Year("年度", key=True)
    ranking = Text("榜单名称", help="各年用同一榜单，才能比较")
    rank = Whole("名次", unit="名")
