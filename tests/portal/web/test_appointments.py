"""任命: the security administrator gives and ends roles, unlocks, ends sessions, clears."""

import datetime as dt

from django.test import Client
from tests.portal.web import a_group
from tests.portal.web.conftest import SignedIn

from tongrong.queries.audit import APPOINT, CLEAR_ACCOUNT, END_APPOINTMENT, END_SESSIONS, UNLOCK
from tongrong.queries.viewers import account_of
from tongrong.records.models import Appointment, AuditEntry
from tongrong.vocabulary.roles import Role

TODAY = a_group.AS_OF.isoformat()


def act(client: Client, login: str, **said: str) -> tuple[int, str]:
    """Press a button of an account's page; the status, and the page that follows."""
    answer = client.post(f"/appointments/{account_of(login)}/", said, follow=True)
    return answer.status_code, answer.content.decode()


def appointed(client: Client, login: str, role: str, unit: str, **said: str) -> tuple[int, str]:
    told = {"role": role, "unit": unit, "from_on": TODAY, **said}
    return act(client, login, act="appoint", **told)


def held(login: str, role: Role) -> str:
    """The number of an appointment."""
    return str(Appointment.objects.get(account__login=login, role=role).pk)


def test_who_is_appointed_sees_the_unit_and_no_more_once_it_ends(signed_in: SignedIn) -> None:
    admin, nobody = signed_in("security_admin"), signed_in("nobody")
    assert nobody.get("/checklist/QY2/").status_code == 403
    for _ in range(2):  # pressed twice, done once
        assert appointed(admin, "nobody", "finance", "乙公司（QY2）")[0] == 200
    assert AuditEntry.objects.filter(action=APPOINT, actor="security_admin").count() == 1
    assert nobody.get("/checklist/QY2/").status_code == 200
    assert nobody.get("/checklist/QY1/").status_code == 404, "not the group above"
    a_group.hold("nobody", Role.DISCIPLINE, "QY1")
    act(admin, "nobody", act="end", appointment=held("nobody", Role.DISCIPLINE))
    assert nobody.get("/checklist/QY1/").status_code == 404
    entry = AuditEntry.objects.get(action=END_APPOINTMENT)
    assert entry.detail == {
        "role": "discipline", "unit": "QY1", "from_on": "2026-01-01", "until": TODAY,
    }  # fmt: skip


def test_a_term_is_said_by_its_last_day(signed_in: SignedIn) -> None:
    admin = signed_in("security_admin")
    appointed(admin, "nobody", "finance", "乙公司", last="2026-09-30")
    row = Appointment.objects.get(account__login="nobody")
    assert (row.unit, row.until) == ("QY2", dt.date(2026, 10, 1))
    status, page = act(admin, "nobody", act="end", appointment=str(row.pk), last="2026-09-27")
    assert status == 200
    assert "2026-09-27" in page
    row.refresh_from_db()
    assert row.until == dt.date(2026, 9, 28)
    backdated = act(admin, "nobody", act="end", appointment=str(row.pk), last="2026-09-23")
    assert backdated[0] == 422
    assert "不早于 2026-09-25" in backdated[1]


def test_a_role_given_today_by_mistake_is_taken_back_whole(signed_in: SignedIn) -> None:
    admin = signed_in("security_admin")
    appointed(admin, "nobody", "finance", "QY2")
    act(admin, "nobody", act="end", appointment=held("nobody", Role.FINANCE))
    assert not Appointment.objects.filter(account__login="nobody").exists()
    assert AuditEntry.objects.filter(action=END_APPOINTMENT).count() == 1


REFUSED: tuple[tuple[str, str, str, dict[str, str], str], ...] = (
    ("nobody", "finance", "QY9", {}, "有效的企业或党组织"),
    ("nobody", "finance", "", {}, "其余都在一个单位"),
    ("nobody", "audit_admin", "QY2", {}, "管理员不在任何单位"),
    ("nobody", "", "QY2", {}, "选了角色"),
    ("nobody", "finance", "QY2", {"from_on": ""}, "填了起始日"),
    ("nobody", "finance", "QY2", {"last": "2026-09-24"}, "不早于起始日"),
    ("nobody", "finance", "QY2", {"last": "明天"}, "日期"),
    ("system_admin", "finance", "QY2", {}, "互不兼任"),
    ("finance", "security_admin", "", {}, "互不兼任"),
    ("security_admin", "security_admin", "", {}, "您自己的账户"),
)


def test_what_may_not_be_is_refused_with_the_reason(signed_in: SignedIn) -> None:
    before, admin, wrong = Appointment.objects.count(), signed_in("security_admin"), []
    for login, role, unit, told, said in REFUSED:
        status, page = appointed(admin, login, role, unit, **told)
        if status != 422 or said not in page:
            wrong.append((login, role, unit, told))
    assert wrong == []
    assert Appointment.objects.count() == before


def test_the_last_of_an_administrator_keeps_the_role_until_there_is_another(
    signed_in: SignedIn,
) -> None:
    admin = signed_in("security_admin")
    said = {"act": "end", "appointment": held("system_admin", Role.SYSTEM_ADMIN)}
    status, page = act(admin, "system_admin", **said)
    assert status == 422
    assert "最后一位系统管理员" in page
    appointed(admin, "nobody", "system_admin", "", last="2026-12-31")
    assert act(admin, "system_admin", **said)[0] == 422, "the other one's term has an end"
    appointed(admin, "nobody", "system_admin", "", from_on="2026-09-24")
    assert act(admin, "system_admin", **said)[0] == 200


def test_units_abroad_do_not_exist_for_an_administrator_who_is_not_cleared(
    signed_in: SignedIn,
) -> None:
    a_group.hold("nobody", Role.FINANCE, "QY3")
    admin, address = signed_in("security_admin"), f"/appointments/{account_of('nobody')}/"
    assert "没有找到" in admin.get("/appointments/look-up/?unit=丙").content.decode()
    assert "乙公司（QY2）" in admin.get("/appointments/look-up/?unit=乙").content.decode()
    page = admin.get(address).content.decode()
    assert "QY3" not in page
    assert "丙公司" not in page
    hidden = appointed(admin, "member", "finance", "QY3")[1].replace("QY3", "QY9")
    unknown = appointed(admin, "member", "finance", "QY9")[1]
    for one in (hidden, unknown):
        assert "QY9：应为台账中有效的企业或党组织" in one
    ended = act(admin, "nobody", act="end", appointment=held("nobody", Role.FINANCE))
    assert ended[0] == 422
    assert "QY3" not in ended[1]
    assert Appointment.objects.filter(unit="QY3", until__isnull=True).exists()


def test_a_cleared_administrator_appoints_abroad(signed_in: SignedIn) -> None:
    a_group.hold("nobody", Role.SECURITY_ADMIN, "")
    act(signed_in("nobody"), "security_admin", act="clear", cleared="yes")
    status, page = appointed(signed_in("security_admin"), "member", "finance", "QY3")
    assert status == 200
    assert "丙公司（QY3）" in page
    assert AuditEntry.objects.get(action=CLEAR_ACCOUNT).detail == {"cleared": True}
    status, _ = act(signed_in("security_admin"), "security_admin", act="clear", cleared="no")
    assert status == 422, "not one's own"


def test_a_locked_account_is_unlocked_and_that_is_audited(signed_in: SignedIn) -> None:
    for _ in range(5):
        Client().post("/sign-in/", {"login": "finance", "password": "not-the-password"})
    admin, right = signed_in("security_admin"), {"login": "finance", "password": a_group.PASSWORD}
    assert Client().post("/sign-in/", right).status_code == 422
    assert act(admin, "finance", act="unlock")[0] == 200
    assert Client().post("/sign-in/", right).status_code == 302
    assert "没有暂停" in act(admin, "finance", act="unlock")[1]
    assert AuditEntry.objects.filter(action=UNLOCK, subject="accounts/finance").count() == 1


def test_somebody_is_signed_out_everywhere(signed_in: SignedIn) -> None:
    admin, finance = signed_in("security_admin"), signed_in("finance")
    signed_in("finance")
    assert "已退出 2 处登录" in act(admin, "finance", act="sign-out")[1]
    assert finance.get("/duties/").status_code == 302
    assert AuditEntry.objects.get(action=END_SESSIONS).detail == {"sessions": 2}


def test_a_list_by_role_names_who_holds_it_today(signed_in: SignedIn) -> None:
    admin = signed_in("security_admin")
    page = admin.get("/appointments/?role=finance").content.decode()
    assert ">finance</a>" in page
    assert ">secretary</a>" not in page
    assert ">nobody</a>" in admin.get("/appointments/?role=none").content.decode()


def test_other_sessions_of_ones_own_are_ended(signed_in: SignedIn) -> None:
    here, elsewhere = signed_in("finance"), signed_in("finance")
    page = here.post("/account/", {"act": "sign-out"}, follow=True).content.decode()
    assert "已退出其他 1 处登录" in page
    assert here.get("/duties/").status_code == 200
    assert elsewhere.get("/duties/").status_code == 302
