"""Meetings, what was on their agenda, who attended, and matters that go through them."""

from collections.abc import Mapping
from types import MappingProxyType

from tongrong.facts.columns import (
    Choice,
    Choices,
    Clock,
    Code,
    Day,
    Flag,
    Form,
    Money,
    Privacy,
    Reference,
    Text,
)
from tongrong.facts.ledger import Happens, Ledger, Timeless
from tongrong.facts.ledgers.people import COMMITTEE_POSTS, LEADERS_POSTS

MEETING_KINDS = (
    "党委会",
    "党组会",
    "党总支委员会",
    "董事会",
    "股东会",
    "执行董事决定",
    "总经理办公会",
    "监事会会议",
    "审计委员会会议",
    "职代会",
    "中心组学习",
    "民主生活会",
    "支部党员大会",
    "支部委员会",
    "党小组会",
    "党课",
    "主题党日",
    "组织生活会",
)
OF_ENTERPRISES = (
    "董事会",
    "股东会",
    "执行董事决定",
    "总经理办公会",
    "监事会会议",
    "审计委员会会议",
    "职代会",
)
"""The kinds that an enterprise holds, never one of its Party organizations."""
PARTY_GROUP_MEETING = "党小组会"
SITTING: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "党委会": COMMITTEE_POSTS,
        "党组会": COMMITTEE_POSTS,
        "党总支委员会": ("党总支书记", "党总支副书记", "党总支委员"),
        "支部委员会": ("党支部书记", "党支部副书记", "党支部委员"),
        "董事会": ("董事长", "董事", "职工董事", "外部董事"),
        "执行董事决定": ("执行董事",),
        "总经理办公会": ("总经理", "副总经理", "总会计师", "总工程师"),
        "监事会会议": ("监事会主席", "监事", "职工监事"),
        "审计委员会会议": ("审计委员会委员",),
        "中心组学习": LEADERS_POSTS,
        "民主生活会": LEADERS_POSTS,
    }
)
"""The posts whose holders make up the body that meets; at other meetings the members do."""
TOPICS = ("党建工作", "党风廉洁和反腐败", "经营管理层工作汇报", "重大事项", "其他")
OUTCOMES = (
    "建议同意",
    "建议修改后复议",
    "建议不予提交",
    "决定通过",
    "决定不通过",
    "审议通过",
    "审议未通过",
    "听取",
    "其他",
)
BOARD_POWERS = ("重大决策", "选择经理层", "薪酬分配", "机构设置")


class Meetings(Ledger):
    """One meeting or one session of organized life that took place."""

    code = "meetings"
    label = "会议活动"
    time = Happens("held_on")
    also = ("会议", "会议情况", "会议记录")
    alike = ("unit", "kind", "held_on", "started_at", "party_group")

    number = Code("会议编号")
    unit = Reference("召开单位编号", to="units")
    kind = Choice("会议类型", choices=MEETING_KINDS, also=("会议类别",))
    held_on = Day("召开日期", also=("会议日期", "会议时间"))
    started_at = Clock("实际开始时间", optional=True)
    form = Choice("开展形式", choices=("线下", "线上", "线上线下结合"), optional=True)
    lecturer = Reference("讲课人编号", to="persons", optional=True, help="党课填写")
    party_group = Reference("党小组编号", to="party_groups", optional=True, help="党小组会填写")


class AgendaItems(Ledger):
    """One item on a meeting's agenda, with its outcome."""

    code = "agenda_items"
    label = "议题"
    time = Happens("meeting_held_on")
    owner = "meeting_unit"

    meeting = Reference(
        "会议编号", to="meetings", key=True, carry=("unit", "kind", "held_on", "started_at")
    )
    item = Text("议题序号", key=True, longest=10, form=Form.NUMBER)
    title = Text("议题名称")
    topic = Choice("议题类别", choices=TOPICS)
    special = Flag("是否专题研究", optional=True)
    power = Choice("行使的董事会职权", choices=BOARD_POWERS, optional=True)
    matter = Reference(
        "重大事项编号", to="matters", optional=True, carry=("category", "execution_due_on")
    )
    proposal_version = Text("方案版本", optional=True, longest=20, form=Form.NUMBER)
    outcome = Choice("结果", choices=OUTCOMES, optional=True)


class Attendance(Ledger):
    """One person at one meeting, from the recorder's list."""

    code = "attendance"
    label = "出席情况"
    also = ("签到", "参会人员", "出席人员")
    time = Happens("meeting_held_on")
    owner = "meeting_unit"

    meeting = Reference("会议编号", to="meetings", key=True, carry=("unit", "kind", "held_on"))
    person = Reference("人员编号", to="persons", key=True)
    role = Choice("出席身份", choices=("主持", "出席", "列席"))
    present = Flag("是否到会", also=("是否出席", "到会"))
    absence_reason = Text(
        "缺席原因", optional=True, privacy=Privacy.PERSONAL, also=("请假原因", "请假事由")
    )


class Matters(Ledger):
    """One 三重一大 or other matter that bodies study and decide."""

    code = "matters"
    label = "重大事项"
    time = Timeless()

    number = Code("事项编号")
    unit = Reference("单位编号", to="units")
    title = Text("事项名称")
    category = Choice(
        "事项类别",
        choices=("重大决策", "重要人事任免", "重大项目安排", "大额度资金运作", "其他事项"),
    )
    amount = Money("涉及金额", optional=True)
    execution_due_on = Day("执行反馈期限", optional=True)
    vital_interest = Flag("是否涉及职工切身利益", optional=True)
    effective_on = Day("开始施行日期", optional=True, help="涉及职工切身利益的事项填写")


class FollowUps(Ledger):
    """One record of how a decided matter is being carried out."""

    code = "follow_ups"
    label = "执行情况"
    time = Happens("followed_on")
    owner = "matter_unit"

    matter = Reference("事项编号", to="matters", key=True, carry=("unit",))
    followed_on = Day("反馈日期", key=True)
    progress = Choice("执行进度", choices=("执行中", "已完成", "已中止"))


class Talks(Ledger):
    """One talk: who, when and of what kind, never what was said."""

    code = "talks"
    label = "谈心谈话"
    time = Happens("talked_on")

    unit = Reference("单位编号", to="units")
    talker = Reference("谈话人编号", to="persons", key=True)
    listener = Reference("谈话对象编号", to="persons", key=True)
    talked_on = Day("谈话日期", key=True)
    kind = Choice("谈话类型", choices=("谈心谈话", "任职谈话", "提醒谈话", "联系人才"), key=True)


class Reports(Ledger):
    """One report a person made or filed; for 个人有关事项 only the fact and the day."""

    code = "reports"
    label = "报告"
    time = Happens("reported_on")

    unit = Reference("单位编号", to="units", key=True)
    person = Reference("人员编号", to="persons", key=True)
    kind = Choice(
        "报告类型",
        choices=(
            "第一责任人责任书",
            "党建工作述职",
            "一岗双责报告",
            "述职述廉",
            "个人有关事项报告",
        ),
        key=True,
    )
    reported_on = Day("报告日期", key=True)
    meeting = Reference("会议编号", to="meetings", optional=True, carry=("kind",))
    elements = Choices(
        "包含内容", choices=("党性教育", "宗旨教育", "警示教育", "正反典型教育"), optional=True
    )
