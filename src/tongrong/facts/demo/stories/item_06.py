"""Item 6: teams and their posts: the verdicts planted in the demo."""

from tongrong.facts.demo.story import JUSTIFIED, MET, NO_DATA, NOT_APPLICABLE, PENDING, UNMET, Story

STORIES = (
    Story("QY04", "6.1.b", MET, "上级评定正好60分"),
    Story("QY01", "6.1.b", PENDING, "上次评定9月20日失效，新的还没有评"),
    Story("QY04", "6.2.a", NO_DATA, "没有核定中层职数"),
    Story("QY04", "6.2.b", UNMET, "党委成员6人，不足7人"),
    Story("QY00", "6.2.c", JUSTIFIED, "董事10人，多于9人，已有批准的情况说明"),
    Story("QY00", "6.3.a", NOT_APPLICABLE, "当年没有新任经理层"),
    Story("QY02", "6.3.a", PENDING, "新任总会计师不是市场化选聘，按年度结束时算"),
    Story("QY02", "6.3.b", UNMET, "任用总会计师时党组织没有参与考察"),
    Story("QY04", "6.3.c", MET, "标明有条件，经理层4人全部市场化选聘"),
    Story("QY00", "6.3.c", NOT_APPLICABLE, "没有标明有条件整体市场化选聘"),
    Story("QY01", "6.4.a", UNMET, "监事选聘办法7月1日废止，没有新办法"),
)
