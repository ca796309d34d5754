"""What was done: activities, trainings, mentoring, assistance."""

from tongrong.facts.columns import Choice, Code, Day, Flag, Money, Privacy, Reference, Text
from tongrong.facts.ledger import Happens, Holds, Ledger

ACTIVITY_KINDS = (
    "人才库评审",
    "四强党组织创建",
    "四优党员创建",
    "示范行动",
    "承诺践诺",
    "责任区",
    "志愿服务",
    "三带三促",
    "集体协商",
    "职业生涯规划",
    "心理咨询",
    "红色文化",
    "优良传统",
    "脱贫帮困",
    "结对共建",
    "其他活动",
)
TRAINING_KINDS = (
    "基层党组织书记培训",
    "党务干部培训",
    "党员教育培训",
    "职业培训",
    "新知识新技术新工艺培训",
    "培养对象学习深造",
)


class Activities(Ledger):
    """One activity of an enterprise or a Party organization."""

    code = "activities"
    label = "活动"
    time = Happens("held_on")

    number = Code("活动编号")
    unit = Reference("开展单位编号", to="units")
    kind = Choice("活动类型", choices=ACTIVITY_KINDS)
    title = Text("活动名称")
    held_on = Day("开展日期")


class Trainings(Ledger):
    """One training that was held."""

    code = "trainings"
    label = "培训"
    time = Happens("held_on")

    number = Code("培训编号")
    unit = Reference("举办单位编号", to="units")
    kind = Choice("培训类型", choices=TRAINING_KINDS)
    title = Text("培训名称")
    held_on = Day("举办日期")
    planned = Flag("是否列入年度培训计划")


class TrainingAttendance(Ledger):
    """One person who took part in a training."""

    code = "training_attendance"
    label = "参训人员"
    time = Happens("training_held_on")
    owner = "training_unit"

    training = Reference("培训编号", to="trainings", key=True, carry=("unit", "kind", "held_on"))
    person = Reference("人员编号", to="persons", key=True)


class MentoringPairs(Ledger):
    """One mentor and one apprentice (传帮带)."""

    code = "mentoring_pairs"
    label = "传帮带结对"
    time = Holds("from_on", "until_on", persons=True)

    number = Code("结对编号")
    unit = Reference("单位编号", to="units")
    mentor = Reference("师傅编号", to="persons")
    apprentice = Reference("徒弟编号", to="persons")
    from_on = Day("结对日期")
    until_on = Day("结束日期", optional=True)


class MentoringRecords(Ledger):
    """One time a mentor and an apprentice worked together."""

    code = "mentoring_records"
    label = "传帮带记录"
    time = Happens("met_on")
    owner = "pair_unit"

    pair = Reference("结对编号", to="mentoring_pairs", key=True, carry=("unit",))
    met_on = Day("开展日期", key=True)


class Hardships(Ledger):
    """One Party member registered as in difficulty."""

    code = "hardships"
    label = "困难党员"
    time = Holds("from_on", "until_on", persons=True)

    unit = Reference("单位编号", to="units", key=True)
    person = Reference("人员编号", to="persons", key=True, privacy=Privacy.SENSITIVE)
    from_on = Day("登记日期", key=True)
    until_on = Day("解除日期", optional=True)


class Assistance(Ledger):
    """Help given to one person."""

    code = "assistance"
    label = "帮扶"
    time = Happens("given_on")

    unit = Reference("单位编号", to="units", key=True)
    person = Reference("人员编号", to="persons", key=True, privacy=Privacy.SENSITIVE)
    given_on = Day("帮扶日期", key=True)
    kind = Choice("帮扶方式", choices=("慰问", "资金帮扶", "带薪疗养", "结对帮扶"), key=True)
    amount = Money("帮扶金额", optional=True, privacy=Privacy.SENSITIVE)
