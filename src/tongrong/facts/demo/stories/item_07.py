"""Item 7: Party staff: the verdicts planted in the demo."""

from tongrong.facts.demo.days import on
from tongrong.facts.demo.story import MET, NOT_APPLICABLE, PENDING, UNMET, Story

_YEAR_END = on("2025-12-31")

STORIES = (
    Story("QY00", "7.1.a", MET, "集团党委有一名专职副书记"),
    Story("QY09", "7.1.a", UNMET, "专职副书记3月10日才到任", on("2025-02-28"), measured="0"),
    Story("QY03", "7.1.a", NOT_APPLICABLE, "小型企业，不要求配专职副书记"),
    Story("QY00", "7.1.b", MET, "纪检、组织、宣传部门都有"),
    Story("QY06", "7.1.b", UNMET, "没有宣传部门", lacking="宣传机构", measured="0"),
    Story("QY03", "7.1.c", MET, "286名从业人员，5名党务工作人员"),
    Story("QY07", "7.1.c", UNMET, "180名从业人员，只有1名党务工作人员", measured="1/180"),
    Story("QY00", "7.1.c", NOT_APPLICABLE, "大型企业，看专职副书记和党建工作机构"),
    Story("QY00", "7.1.d", MET, "三个党建部门各7人，其他一级部门平均6.25人"),
    Story(
        "QY01",
        "7.1.d",
        UNMET,
        "宣传部只有6人，其他一级部门平均6.25人",
        lacking="BMQY01-002",
        measured="2/3",
    ),
    Story("QY00", "7.2.a", MET, "组织部、人力资源部都由专职副书记分管"),
    Story("QY09", "7.2.a", UNMET, "人力资源部由总经理分管，组织部由专职副书记分管", measured="0"),
    Story("QY03", "7.2.a", MET, "党群综合部一个部门抓"),
    Story("DZB03", "7.3.a", MET, "铸造车间的负责人任支部书记"),
    Story("DZB07", "7.3.a", UNMET, "建设机关的负责人是支部委员，书记另有其人", measured="0"),
    Story("DZB08", "7.3.a", NOT_APPLICABLE, "桥隧分公司的负责人不是党员"),
    Story("DZZ01", "7.3.b", MET, "八十多名党员，有党总支副书记"),
    Story("DZB19", "7.3.b", UNMET, "六十多名党员，副书记8月底免职", measured="0"),
    Story("DZB03", "7.3.b", NOT_APPLICABLE, "不到五十名党员"),
    Story("QY00", "7.4.a", MET, "2024年、2025年两个方向各交流了一人"),
    Story("QY01", "7.4.a", PENDING, "只有党务转经营管理，2026年底前还来得及"),
    Story(
        "QY01",
        "7.4.a",
        UNMET,
        "到2025年底只有党务转经营管理",
        _YEAR_END,
        lacking="2023-2025",
        measured="0",
    ),
    Story("QY00", "7.4.b", MET, "2025年各职级的党务人员都不低于经营管理人员"),
    Story(
        "QY01",
        "7.4.b",
        UNMET,
        "2025年党务主管平均比经营管理主管少6000元",
        lacking="2025/主管",
        measured="2/3",
    ),
    Story("QY00", "7.4.c", MET, "有现行的双向交流机制"),
    Story("QY03", "7.4.c", UNMET, "没有双向交流机制", lacking="双向交流机制", measured="0/1"),
    Story("QY00", "7.5.a", MET, "书记和党务干部今年4月都参加了培训"),
    Story("QY01", "7.5.a", PENDING, "党务干部今年还没有参加培训"),
    Story("QY09", "7.5.a", UNMET, "2025年党务干部没有参加培训", _YEAR_END),
    Story("QY08", "7.5.a", MET, "书记8月卸任前参加了培训，申报了没有党务工作人员"),
    Story("SJ00", "7.5.a", MET, "集团公司的书记和党务干部都参加了培训"),
    Story("DW00", "7.5.a", PENDING, "重装公司的党务干部今年还没有参加培训"),
    Story("DW00", "7.5.a", UNMET, "2025年物流公司的党务干部没有参加培训", _YEAR_END),
)
