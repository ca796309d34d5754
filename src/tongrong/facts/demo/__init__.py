"""An evidently invented group of enterprises with its ledgers, for showing and for testing.

`demo_snapshot` gives what a user's workbook would hold on the evening of `AS_OF`; `STORIES`
says which verdicts were planted in it, and why they must come out so. Records of a topic are
written by `topics/<topic>.py`, its stories told in `stories/item_<nn>.py`; both are found.
"""

from tongrong.facts.demo.days import AS_OF
from tongrong.facts.demo.generate import demo_snapshot
from tongrong.facts.demo.stories import STORIES
from tongrong.facts.demo.story import Story

__all__ = ["AS_OF", "STORIES", "Story", "demo_snapshot"]
