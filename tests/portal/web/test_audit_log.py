"""操作日志 and 登录日志: what the audit administrator sees, and that it tells of nobody."""

import datetime as dt
import re

from django.db import connection
from django.test import Client
from tests.portal.web import a_group
from tests.portal.web.conftest import SignedIn

from tongrong.actions.accounts import appoint
from tongrong.actions.record_fact import record_fact
from tongrong.facts.registry import LEDGERS
from tongrong.queries import audit
from tongrong.queries.audit_log import WORDS
from tongrong.queries.viewers import viewer
from tongrong.records.models import Account, AuditEntry
from tongrong.vocabulary.roles import Role


def rows_of(client: Client, address: str) -> list[str]:
    """The rows of the table of a page, as words."""
    page = client.get(address).content.decode()
    body = page[page.index("<tbody>") : page.index("</tbody>")] if "<tbody>" in page else ""
    rows = body.split("</tr>")[:-1]
    return [re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", one)).strip() for one in rows]


def test_all_that_is_written_into_the_chain_has_a_word() -> None:
    named = {n: v for n, v in vars(audit).items() if n.isupper() and isinstance(v, str)}
    subjects = {named.pop("ACCOUNTS"), named.pop("PERSONS")}
    assert set(WORDS) == set(named.values())
    assert not subjects & set(WORDS), "what an entry is about is no action"


def test_the_newest_comes_first_and_names_ledgers_not_records(signed_in: SignedIn) -> None:
    secretary = viewer(Account.objects.get(login="secretary"), a_group.AS_OF)
    values = {"unit": "DW2", "kind": "党委会", "held_on": a_group.AS_OF}
    meetings = LEDGERS["meetings"]
    values = {**dict.fromkeys(meetings.columns), **values}
    values.pop("number")
    record_fact(viewer=secretary, ledger=meetings, values=values, at=a_group.NOON)
    rows = rows_of(signed_in("audit_admin"), "/audit/")
    assert re.match(r"\d+ 2026-09-25 12:00:00 secretary 登记 台账“会议活动” \w{12} 相符", rows[0])


def test_it_is_searched_by_who_what_whom_and_when(signed_in: SignedIn) -> None:
    client = signed_in("audit_admin")
    assert len(rows_of(client, "/audit/?account=finance")) == 2, "made, appointed"
    (row,) = rows_of(client, "/audit/?account=finance&action=appoint")
    assert "试验 任命 账户 finance，财务" in row
    assert rows_of(client, "/audit/?actor=没有这个人") == []
    assert rows_of(client, "/audit/?since=2026-09-26") == []
    assert len(rows_of(client, "/audit/?until=2026-09-25&action=appoint")) == 15
    assert rows_of(client, "/audit/?until=2026-09-24&action=appoint") == []
    assert (
        client.get("/audit/?after=x&since=yesterday&before=9999999999999999999").status_code == 200
    )


def test_units_are_named_to_a_cleared_administrator_only(signed_in: SignedIn) -> None:
    a_group.hold("nobody", Role.FINANCE, "QY3")
    client = signed_in("audit_admin")
    told = " ".join(rows_of(client, "/audit/?action=appoint"))
    assert "QY" not in told
    Account.objects.filter(login="audit_admin").update(cleared=True)
    assert "QY3" in rows_of(client, "/audit/?account=nobody&action=appoint")[0]


def test_every_page_of_the_chain_is_reached(signed_in: SignedIn) -> None:
    client = signed_in("audit_admin")
    for n in range(60):
        since = a_group.SINCE + dt.timedelta(days=n)
        told = {"login": "nobody", "role": Role.FINANCE, "unit": "QY2", "actor": "试验"}
        appoint(**told, from_on=since, until=None, at=a_group.NOON)
    first = rows_of(client, "/audit/")
    last = int(first[-1].split()[0])
    second = rows_of(client, f"/audit/?after={last}")
    numbers = [int(one.split()[0]) for one in (*first, *second)]
    assert numbers == list(range(AuditEntry.objects.count(), 0, -1))


def test_an_entry_changed_in_the_database_is_marked_and_the_chain_says_so(
    signed_in: SignedIn,
) -> None:
    client = signed_in("audit_admin")
    assert "审计链完整" in client.get("/audit/check/").content.decode()
    number = AuditEntry.objects.get(action="appoint", subject="accounts/finance").number
    with connection.cursor() as cursor:
        cursor.execute("UPDATE audit_entries SET actor = 'x' WHERE number = %s", [number])
    rows = rows_of(client, "/audit/?account=finance&action=appoint")
    assert "不符" in rows[0]
    page = client.get("/audit/check/").content.decode()
    assert f"第 {number} 号审计记录" in page
    assert "发现 1 处不符" in page


def test_every_action_that_is_written_has_a_word(signed_in: SignedIn) -> None:
    del signed_in
    assert set(AuditEntry.objects.values_list("action", flat=True)) <= set(WORDS)


def test_sign_ins_are_searched_by_name_and_outcome(signed_in: SignedIn) -> None:
    Client().post("/sign-in/", {"login": "finance", "password": "not-the-password"})
    client = signed_in("audit_admin")
    assert rows_of(client, "/sign-ins/?login=finance") == ["2026-09-25 12:00:00 finance 口令不对"]
    assert len(rows_of(client, "/sign-ins/?outcome=signed_in")) == 1
    assert rows_of(client, "/sign-ins/?since=2026-09-26") == []
