"""How a cell of each kind of column is read; the rules follow from the column's declaration."""

from collections.abc import Callable, Mapping
from typing import Any

from tongrong.facts.cell_amounts import money_parser, share_parser, whole_parser, year_parser
from tongrong.facts.cell_choices import choice_parser, choices_parser, flag_parser
from tongrong.facts.cell_days import clock_parser, day_parser, month_parser
from tongrong.facts.cell_text import Parser, text_parser
from tongrong.facts.columns import (
    Choice,
    Choices,
    Clock,
    Code,
    Column,
    Day,
    Flag,
    Money,
    Month,
    Reference,
    Share,
    Text,
    Whole,
    Year,
)

PARSERS: Mapping[type[Column], Callable[[Any], Parser]] = {
    Text: text_parser,
    Code: text_parser,
    Reference: text_parser,
    Choice: choice_parser,
    Choices: choices_parser,
    Day: day_parser,
    Month: month_parser,
    Clock: clock_parser,
    Flag: flag_parser,
    Whole: whole_parser,
    Year: year_parser,
    Money: money_parser,
    Share: share_parser,
}

MEASURED: Mapping[type[Column], Callable[[Any, str | None], Parser]] = {
    Money: money_parser,
    Share: share_parser,
}
"""The kinds whose numbers mean what the heading's unit says."""
