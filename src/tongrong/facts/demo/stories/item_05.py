"""Item 5: structure and innovation: the verdicts planted in the demo."""

from tongrong.facts.demo.story import (
    MET,
    NOT_APPLICABLE,
    UNMET,
    Story,
)

STORIES = (
    Story("QY01", "5.2.c", MET, "研发9600万元、销售32亿元，正好3%"),
    Story("QY02", "5.2.c", UNMET, "研发4350万元、销售15亿元，2.9%"),
    Story("QY03", "5.2.c", NOT_APPLICABLE, "物业服务不是生产性企业"),
    Story("QY10", "5.2.c", MET, "水务也是生产性企业，研发1980万元、销售6.6亿元，正好3%"),
)
