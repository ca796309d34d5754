"""Talents: the pool by category, and those a Party organization keeps in direct contact with."""

from tongrong.facts.columns import Choice, Day, Flag, Reference
from tongrong.facts.ledger import Holds, Ledger


class Talents(Ledger):
    """One person in the talent pool of an enterprise."""

    code = "talents"
    label = "优秀人才库"
    time = Holds("from_on", "until_on", persons=True)

    unit = Reference("企业编号", to="enterprises", key=True)
    person = Reference("人员编号", to="persons", key=True)
    category = Choice("人才类别", choices=("管理", "技术", "技能"), key=True)
    from_on = Day("入库日期", key=True)
    until_on = Day("出库日期", optional=True)
    level = Choice("层次", choices=("高层次", "高技能", "一般"))
    introduced = Flag("是否引进", help="由外部引进的填“是”")


class TalentContacts(Ledger):
    """One talent a leader keeps in direct contact with."""

    code = "talent_contacts"
    label = "直接联系人才"
    time = Holds("from_on", "until_on", persons=True)

    unit = Reference("单位编号", to="units", key=True)
    person = Reference("人才编号", to="persons", key=True)
    from_on = Day("起始日期", key=True)
    until_on = Day("终止日期", optional=True)
    leader = Reference("联系领导编号", to="persons", optional=True)
