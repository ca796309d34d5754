"""How persons become members: the steps of development, and transfers between branches."""

from tongrong.facts.columns import Choice, Day, Reference
from tongrong.facts.ledger import Happens, Ledger

# 《中国共产党发展党员工作细则》: five stages, twenty-five steps.
STEPS = (
    "递交入党申请书", "党组织派人谈话",
    "推荐和确定入党积极分子", "上级党委备案积极分子", "指定培养联系人", "培养教育考察",
    "确定发展对象", "上级党委备案发展对象", "确定入党介绍人", "进行政治审查", "开展集中培训",
    "支部委员会审查", "上级党委预审", "填写入党志愿书", "支部大会讨论", "上级党委派人谈话",
    "上级党委审批", "再上一级党委组织部门备案",
    "编入党支部和党小组", "入党宣誓", "继续教育考察", "提出转正申请", "支部大会讨论转正",
    "上级党委审批转正", "材料归档",
)  # fmt: skip


class DevelopmentSteps(Ledger):
    """One step of one person's development, and the day it was done."""

    code = "development_steps"
    label = "发展党员环节"
    time = Happens("done_on")

    unit = Reference("党支部编号", to="party_organizations", key=True)
    person = Reference("人员编号", to="persons", key=True)
    step = Choice("环节", choices=STEPS, key=True)
    done_on = Day("完成日期", key=True)


class Transfers(Ledger):
    """One member's letter from one branch to another, and when it was received."""

    code = "transfers"
    label = "组织关系转接"
    time = Happens("sent_on")

    unit = Reference("转出党支部编号", to="party_organizations", key=True)
    person = Reference("人员编号", to="persons", key=True)
    sent_on = Day("转出日期", key=True)
    received_by = Reference("转入党组织编号", to="party_organizations", optional=True)
    received_on = Day("回执日期", optional=True, past=True)
