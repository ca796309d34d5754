"""Where units stand, and that a role reaches what stands below its unit and nothing else."""

import datetime as dt

import pytest
from tests.builders import a_branch, a_committee, an_enterprise
from tests.platform.store import take_in

from tongrong.actions.correct_record import correct_record
from tongrong.facts.registry import LEDGERS
from tongrong.facts.unit_tree import path_of, tree_of, way_of
from tongrong.queries.places import visible
from tongrong.queries.policy import MAY, Grant, Permission, Viewer
from tongrong.records.models import Account, Place
from tongrong.vocabulary.roles import ADMINISTRATORS, Role

SEE = Permission.SEE_CHECKLIST


def reached(*units: str, cleared: bool = True) -> set[str]:
    """The units that somebody with a role in these units sees."""
    paths = {one.unit: one.path for one in Place.objects.all()}
    grants = tuple(Grant(Role.FINANCE, unit, paths[unit]) for unit in units)
    return {one.unit for one in visible(Viewer(1, "x", "x", cleared, grants), SEE)}


@pytest.mark.usefixtures("group")
def test_a_role_reaches_its_unit_and_all_below() -> None:
    assert reached("SJ1") == {"SJ1", "QY1", "DW1", "QY2", "DW2", "ZB1", "QY3", "ZB3"}
    assert reached("QY1") == {"QY1", "DW1", "QY2", "DW2", "ZB1", "QY3", "ZB3"}
    assert reached("QY2") == {"QY2", "DW2", "ZB1"}
    assert reached("ZB1") == {"ZB1"}
    assert reached("ZB1", "QY3") == {"ZB1", "QY3", "ZB3"}
    assert reached() == set()


@pytest.mark.usefixtures("group")
def test_units_abroad_do_not_exist_for_who_is_not_cleared() -> None:
    assert reached("QY1", cleared=False) == {"QY1", "DW1", "QY2", "DW2", "ZB1"}
    assert reached("QY3", cleared=False) == set()


@pytest.mark.usefixtures("group")
def test_a_unit_whose_code_begins_alike_is_not_below() -> None:
    alike = [an_enterprise(one, name=f"{one}公司", parent="QY1") for one in ("QY20", "qy2")]
    take_in({"enterprises": alike}, hours=5000)
    assert reached("QY2") == {"QY2", "DW2", "ZB1"}


@pytest.mark.usefixtures("group")
def test_a_unit_that_moves_is_seen_from_where_it_went_at_once() -> None:
    correct_record(
        ledger=LEDGERS["enterprises"],
        record="enterprises/QY2",
        changes={"parent": "QY3"},
        reason="划转",
        actor="试验",
        recorded_at=dt.datetime(2026, 9, 25, 5, tzinfo=dt.UTC),
    )
    assert {"QY2", "DW2", "ZB1"} <= reached("QY3")
    assert reached("QY2", cleared=False) == set(), "below a unit abroad nothing is to be seen"


@pytest.mark.usefixtures("group")
def test_the_condition_is_one_however_many_units_there_are() -> None:
    Place.objects.bulk_create(
        Place(unit=f"N{n}", name=f"N{n}", enterprise=True, leads=False, upper="QY2",
              path=path_of(["SJ1", "QY1", "QY2", f"N{n}"]), answering=f"N{n}", hidden=False)
        for n in range(500)
    )  # fmt: skip
    paths = dict(Place.objects.values_list("unit", "path"))
    grant = Grant(Role.FINANCE, "QY2", paths["QY2"])
    asked = str(visible(Viewer(1, "x", "x", True, (grant,)), SEE).query)
    assert asked.count("N4") == 0, "no list of units goes to the database"
    assert len(reached("QY2")) == 503


def test_a_general_branch_has_its_branches_and_an_enterprise_has_both() -> None:
    tree = tree_of(
        [an_enterprise("QY1", parent=None, superior=None)],
        [
            a_committee("DW1", of="QY1", superior=None),
            a_branch("DZZ", of="QY1", superior="DW1"),
            a_branch("ZB1", of="QY1", superior="DZZ"),
        ],
    )
    assert way_of(tree["ZB1"].path) == ["QY1", "DZZ", "ZB1"]
    assert way_of(tree["DW1"].path) == ["QY1", "DW1"]
    assert {one.answering for one in tree.values()} == {"QY1"}


def test_units_in_a_ring_stand_at_the_top() -> None:
    ring = [
        an_enterprise("QY1", parent="QY2", superior=None),
        an_enterprise("QY2", parent="QY1", superior=None),
        an_enterprise("QY3", parent="QY1", superior=None),
    ]
    assert {unit: one.path for unit, one in tree_of(ring, []).items()} == {
        "QY1": "/QY1/", "QY2": "/QY2/", "QY3": "/QY3/",
    }  # fmt: skip


def test_a_stroke_in_a_code_opens_no_way_into_another_unit() -> None:
    assert path_of(["A/B"]) == "/A%2FB/"
    assert way_of(path_of(["A/B", "C%2F"])) == ["A/B", "C%2F"]


def test_the_three_administrators_see_no_business_data_and_none_does_anothers_work() -> None:
    of_units = {permission for permission in Permission if permission.of_a_unit}
    for role in ADMINISTRATORS:
        assert not MAY[role] & of_units
    held = [MAY[role] for role in sorted(ADMINISTRATORS)]
    assert all(held)
    assert sum(map(len, held)) == len(frozenset().union(*held)), "no permission is two's"
    assert set(MAY) == set(Role)


def test_who_has_no_role_may_only_see_the_own_account() -> None:
    nobody = Viewer(1, "x", "x", False, ())
    assert [one for one in Permission if nobody.may(one)] == [Permission.OWN_ACCOUNT]


@pytest.mark.usefixtures("group")
def test_no_real_name_is_asked_of_an_account() -> None:
    fields = {field.name for field in Account._meta.get_fields()}
    assert not fields & {"name", "first_name", "last_name", "email", "phone", "identity_number"}
