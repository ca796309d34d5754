"""What the keys and the fixed values of a checklist are called in Chinese."""

from collections.abc import Mapping

from tongrong.vocabulary.verdicts import Scope, Strength

KEYS: Mapping[str, str] = {
    "checklist": "清单名称", "title": "标题", "subtitle": "副标题", "in_force": "施行日期",
    "adopted_on": "采用日期", "general": "总要求", "version_of": "所属清单", "terms": "词语",
    "text": "原文", "words": "出自原文", "about": "专指", "reading": "大白话", "scope": "判定对象",
    "strength": "力度", "kind": "判据类型", "applies": "适用条件", "exempt": "不受总适用条件限制",
    "parts": "各部分", "label": "名称", "shown_only": "只供参考", "ledger": "台账", "where": "条件",
    "term": "词语", "of": "计数对象", "each": "逐一对象", "has": "应有记录", "member": "对象",
    "whose": "谁的记录", "per": "周期", "window": "时段", "years": "年数", "from": "起", "to": "止",
    "distinct": "去重", "count": "计数", "sum": "合计", "at_least": "不少于", "at_most": "不多于",
    "more_than": "多于", "numerator": "分子", "denominator": "分母", "figures": "取数年度",
    "at": "判定日", "meets": "应满足", "complete": "应齐全", "contains": "应包含", "type": "类型",
    "of_year": "所属年度", "by": "期限", "due": "办理期限", "after": "起算日", "days": "天数",
    "months": "月数", "done": "办结日", "holding": "同时担任", "not_holding": "不担任",
    "feature": "企业特征", "column": "栏目", "is": "取值", "any": "任一", "otherwise": "没有登记时",
    "unkept": "没有台账时", "earlier": "在先", "later": "在后", "same": "同一", "on": "对应栏目",
    "goes": "走向", "target": "目标", "pass": "合格分", "assessed_by": "评定人",
    "dated": "计入日期", "one_person_holds": "一人兼任", "never_hold": "不得兼任",
    "holders_of": "任职者",
    "unit": "单位", "parameter": "取值理由", "values": "取值", "value": "数值", "table": "标准表",
    "early_from": "可提前自",
    "also": "也算", "requires": "要求达到", "due_on": "期限", "late_counts": "过期也算",
    "points": "分值", "deduct": "扣分", "add": "加分", "unmet": "不达标时",
    "source": "出处", "adjustable": "可以另定", "least": "最低", "most": "最高",
}  # fmt: skip
KINDS: Mapping[str, str] = {
    "all": "各部分同时满足", "frequency": "频次", "coverage": "全覆盖", "ratio": "比例",
    "headcount": "数量", "document": "文件", "precedence": "先后", "incumbency": "任职",
    "trend": "趋势", "deadline": "到期达到", "assessment": "评定",
}  # fmt: skip
VALUES: Mapping[str, Mapping[str, str]] = {
    "scope": {one.value: one.label for one in Scope},
    "strength": {one.value: one.label for one in Strength},
    "kind": KINDS,
    "per": {"month": "每月", "quarter": "每季度", "half_year": "每半年", "year": "每年"},
    "by": {"superior": "上级", "enterprise": "企业"},
    "each": {"missing": "每缺1项", "record": "每有1项"},
    "unmet": {"all": "不得分"},
}
