"""All pages, those with an icon in the order of the menu. There is no address beside them."""

from tongrong.portal.pages import (
    account,
    checklist,
    clause,
    cockpit,
    components,
    correction,
    duties,
    entry,
    home,
    ledgers,
    record,
    sign_in,
    sign_ins,
)
from tongrong.portal.pages.page import Page

PAGES: tuple[Page, ...] = (
    home.PAGE,
    duties.PAGE,
    cockpit.PAGE,
    cockpit.UNIT_PAGE,
    checklist.PAGE,
    checklist.UNIT_PAGE,
    clause.PAGE,
    clause.EXPLANATION,
    ledgers.PAGE,
    ledgers.LIST,
    entry.PAGE,
    entry.LOOK_UP,
    record.PAGE,
    correction.PAGE,
    sign_ins.PAGE,
    account.PAGE,
    components.PAGE,
    sign_in.PAGE,
    sign_in.OUT,
)
