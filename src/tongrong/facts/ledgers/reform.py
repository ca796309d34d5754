"""What reform leaves behind: term contracts, awards, loss cases and deposits of operators."""

from tongrong.facts.columns import Choice, Choices, Code, Day, Money, Reference, Text, Year
from tongrong.facts.ledger import Happens, Holds, Ledger

CONTRACT_ELEMENTS = ("任期", "目标", "薪酬")
AWARD_KINDS = ("特殊贡献人员", "优秀员工", "优秀企业家", "领军人才", "优秀课题")


class TermContracts(Ledger):
    """One term contract of an executive: the term, its targets and the pay."""

    code = "term_contracts"
    label = "任期契约"
    time = Holds("from_on", "until_on", persons=True)

    unit = Reference("企业编号", to="enterprises", key=True)
    person = Reference("人员编号", to="persons", key=True)
    from_on = Day("任期起始日期", key=True)
    until_on = Day("任期届满日期", optional=True, help="自该日起不再有效")
    elements = Choices("约定的内容", choices=CONTRACT_ELEMENTS, optional=True)


class Awards(Ledger):
    """One award or commendation; of a person where it is one person's."""

    code = "awards"
    label = "表彰奖励"
    time = Happens("awarded_on")
    alike = ("unit", "kind", "awarded_on", "title", "person")

    number = Code("表彰编号")
    unit = Reference("表彰单位编号", to="units")
    kind = Choice("表彰类别", choices=AWARD_KINDS)
    level = Choice(
        "级别", choices=("企业级", "市级", "省级", "国家级"), optional=True, help="优秀课题填写"
    )
    awarded_on = Day("表彰日期")
    title = Text("表彰名称")
    person = Reference("受表彰人编号", to="persons", optional=True)


class LossCases(Ledger):
    """One recognized loss of state assets, and when those responsible were held to account."""

    code = "loss_cases"
    label = "资产损失事项"
    time = Happens("recognized_on")

    number = Code("损失事项编号")
    unit = Reference("企业编号", to="enterprises")
    recognized_on = Day("损失认定日期")
    decided_on = Day("责任追究决定日期", optional=True)


class Deposits(Ledger):
    """One operator's risk deposit of a year."""

    code = "deposits"
    label = "风险保证金"
    time = Happens("paid_on")

    unit = Reference("企业编号", to="enterprises", key=True)
    person = Reference("人员编号", to="persons", key=True)
    year = Year("所属年度", key=True)
    paid_on = Day("缴纳日期", key=True)
    amount = Money("缴纳金额")
