"""How large an enterprise is: the figures its size follows from."""

from tongrong.facts.columns import Day, Industry, Money, Reference, Whole
from tongrong.facts.ledger import Holds, Ledger


class EnterpriseScale(Ledger):
    """The figures of an enterprise on a day; its size follows from them until the next ones."""

    code = "enterprise_scale"
    label = "企业规模数据"
    time = Holds("counted_on", None, next_of=("unit",))

    unit = Reference("企业编号", to="enterprises", key=True)
    counted_on = Day("统计时点", key=True, help="一般为上年12月31日")
    industry = Industry("行业代码", help="按主要经济活动；装卸搬运和仓储业、房地产业须填到三位")
    employees = Whole("从业人员", unit="人", help="期末人数；没有的，填年平均人数")
    revenue = Money("营业收入", help="全年；工业、建筑业等有主营业务收入的，填主营业务收入")
    total_assets = Money(
        "资产总额", optional=True, help="建筑业、房地产开发经营、租赁和商务服务业必填，否则无法划型"
    )
