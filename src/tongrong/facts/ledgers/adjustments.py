"""Numbers of a checklist that a superior or an enterprise set otherwise."""

from tongrong.facts.columns import Day, Reference, Text
from tongrong.facts.ledger import Holds, Ledger


class ParameterAdjustments(Ledger):
    """One number of a checklist as a unit set it from a day on, and why.

    Of an enterprise: for itself and the Party organizations attached to it. Of a superior Party
    organization: for its subordinates at any depth.
    """

    code = "parameter_adjustments"
    label = "参数调整"
    time = Holds("from_on", "until_on")

    unit = Reference("单位编号", to="units", key=True, help="企业，或为下属单位另定的上级党组织")
    checklist = Text("清单", key=True, help="清单的名称，即它所在文件夹的名称")
    parameter = Text("参数", key=True, help="清单中可以另定的数值，写它的名称")
    from_on = Day("施行日期", key=True)
    until_on = Day("停止日期", optional=True, help="自该日起恢复清单原定的数值")
    value = Text("数值", longest=20, help="写法同清单，如 1% 或 2")
    reason = Text("理由")
    approved_by = Text("批准机构")
