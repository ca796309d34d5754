"""Verdicts as lamps: mark, colour and word together."""

import datetime as dt
from functools import cache

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from tongrong.portal.lamp_marks import MARKS, WORST_FIRST
from tongrong.vocabulary.verdicts import Verdict

register = template.Library()

LONGEST_UNBROKEN = 24
RULES = {
    Verdict.UNMET: "期间已过或状态现存，要求没有满足",
    Verdict.NO_DATA: "台账未建或计算所需的数据没有登记",
    Verdict.AT_RISK: "期间将满，还没有满足",
    Verdict.PENDING: "期间未满，还没有满足",
    Verdict.JUSTIFIED: "没有满足“应当”的要求，有经批准的说明",
    Verdict.MET: "满足",
    Verdict.NOT_APPLICABLE: "要求不针对这个单位",
}


@register.filter
@cache
def lamp(verdict: Verdict) -> SafeString:
    """Mark and word, in the colour of the verdict."""
    return format_html(
        '<span class="lamp lamp-{}"><span class="sign" aria-hidden="true">{}</span>{}</span>',
        verdict.value,
        MARKS[verdict],
        verdict.label,
    )


@register.filter
@cache
def mark(verdict: Verdict) -> SafeString:
    """The mark alone; who hears the page gets the word."""
    return format_html(
        '<span class="lamp lamp-{}"><span class="sign" aria-hidden="true">{}</span>'
        '<span class="visually-hidden">{}</span></span>',
        verdict.value,
        MARKS[verdict],
        verdict.label,
    )


@register.simple_tag
def legend() -> list[tuple[Verdict, str]]:
    """All verdicts, the worst first, with the rule behind each."""
    return [(verdict, RULES[verdict]) for verdict in WORST_FIRST]


@register.filter
def day(value: dt.date | None) -> str:
    """A day as 2026-09-25; a stroke where there is none."""
    return "—" if value is None else value.isoformat()


@register.filter
def unbroken(text: str) -> str:
    """A day, a moment or a code in one piece: a line does not end at its hyphens."""
    if not text.isascii() or not 1 < len(text) <= LONGEST_UNBROKEN:
        return text
    return format_html('<span class="unbroken">{}</span>', text)


@register.filter
def days_left(number: int | None) -> str:
    """How far away a due day is."""
    if number is None:
        return ""
    if number < 0:
        return f"已过 {-number} 天"
    return "今天" if number == 0 else f"还有 {number} 天"
