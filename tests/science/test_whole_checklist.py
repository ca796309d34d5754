"""The checklist has every clause of clauses.md: its id, whom it judges and how strongly."""

import pytest

from tongrong.norms.checklist import Checklist
from tongrong.norms.from_files import load_checklist

# id:scope:strength, in the order of clauses.md. Scopes: E enterprise, P Party organization,
# B branch, G group, S superior; strengths: M must, S should, Y may.
WHOLE = """
1.1.a:E:M 1.1.b:E:M 1.2.a:P:M 1.2.b:E:M 1.2.c:E:M 1.3.a:E:M 1.3.b:E:M
2.1.a:E:M 2.1.b:E:M 2.2.a:E:M 2.2.b:E:M 2.2.c:E:M 2.2.d:E:M 2.3.a:E:S 2.3.b:E:S 2.3.c:E:S
2.3.d:E:M 2.3.e:E:S 2.4.a:E:M 2.4.b:E:S 2.5.a:E:S 2.6.a:E:M 2.6.b:E:M
3.1.a:E:M 3.1.b:G:M 3.2.a:E:M 3.2.b:E:S 3.3.a:E:M 3.3.b:E:M 3.4.a:E:Y 3.4.b:E:M 3.4.c:E:S
3.5.a:E:M 3.5.b:E:M 3.5.c:E:M
4.1.a:G:S 4.2.a:G:S 4.2.b:E:S 4.3.a:G:S 4.3.b:G:S 4.4.a:E:Y
5.1.a:G:S 5.1.b:G:S 5.1.c:G:S 5.2.a:E:S 5.2.b:E:S 5.2.c:E:M 5.3.a:E:S 5.3.b:E:S 5.4.a:E:S
6.1.a:E:M 6.1.b:E:S 6.2.a:E:M 6.2.b:E:S 6.2.c:E:S 6.2.d:E:S 6.2.e:E:M 6.3.a:E:S 6.3.b:E:M
6.3.c:E:S 6.4.a:E:M 6.4.b:E:S 6.4.c:E:S
7.1.a:E:M 7.1.b:E:M 7.1.c:E:M 7.1.d:E:M 7.2.a:E:S 7.3.a:P:S 7.3.b:P:S 7.4.a:E:M 7.4.b:E:M
7.4.c:E:M 7.5.a:E,S:M
8.1.a:E:M 8.1.b:E:S 8.2.a:E:M 8.3.a:E:M 8.4.a:E:S 8.4.b:E:S 8.5.a:E:S
9.1.a:E:M 9.1.b:E:M 9.2.a:P:M 9.2.b:E:M 9.2.c:B:M 9.3.a:E:M 9.3.b:E:M 9.3.c:E:M 9.4.a:E:Y
9.4.b:E:M 9.5.a:E:M
10.1.a:E:M 10.1.b:P:M 10.2.a:E:M 10.3.a:E:M 10.4.a:E:M
11.1.a:E:M 11.1.b:B:M 11.1.c:B:M 11.1.d:B:M 11.1.e:B:M 11.1.f:B:M 11.1.g:E:M 11.1.h:E:M
11.1.i:E:M 11.1.j:B:M 11.2.a:E:M 11.3.a:P:M 11.3.b:B:M 11.3.c:B:M
12.1.a:E:M 12.2.a:P:M 12.2.b:P:M 12.2.c:B:M 12.3.a:S:M 12.3.b:S:M
13.1.a:E:M 13.1.b:E:Y 13.1.c:E:M 13.2.a:E:M 13.3.a:E:M 13.3.b:E:S 13.4.a:E:M 13.4.b:E:M
13.4.c:E:M
14.1.a:E:M 14.1.b:E:M 14.2.a:E:M 14.2.b:E:M 14.3.a:E:M
15.1.a:E:M 15.2.a:E:M 15.3.a:E:M 15.3.b:E:S
16.1.a:S:M 16.1.b:E:M 16.1.c:E:M 16.2.a:S:M 16.2.b:E:M 16.2.c:E:M
17.1.a:E:M 17.1.b:E:M 17.1.c:E:M 17.1.d:E:M 17.2.a:E:M 17.2.b:E:M 17.2.c:S:M 17.3.a:S:M
17.3.b:S:M
"""
SCOPES = {"enterprise": "E", "organization": "P", "branch": "B", "group": "G", "superior": "S"}
STRENGTHS = {"must": "M", "should": "S", "may": "Y"}


@pytest.fixture(scope="module")
def checklist() -> Checklist:
    return load_checklist("442-2018")


def test_the_list_is_whole() -> None:
    """150 clauses, each once, as the table of clauses.md counts them."""
    ids = [one.split(":")[0] for one in WHOLE.split()]
    assert len(ids) == len(set(ids)) == 150


def test_every_clause_is_there_in_order_with_its_scope_and_strength(checklist: Checklist) -> None:
    assert [_of(checklist, clause.id) for clause in checklist.clauses()] == WHOLE.split()


def _of(checklist: Checklist, clause_id: str) -> str:
    """A clause as it stands in WHOLE; a part may judge another scope than its clause."""
    clause = next(one for one in checklist.clauses() if one.id == clause_id)
    parts = checklist.rule(clause).get("parts", [])
    scopes = dict.fromkeys([clause.scope, *(part.get("scope", clause.scope) for part in parts)])
    return f"{clause.id}:{','.join(SCOPES[one] for one in scopes)}:{STRENGTHS[clause.strength]}"
