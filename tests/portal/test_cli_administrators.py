"""`tongrong administrators`: the first three, once, and a password that was forgotten."""

import re
from pathlib import Path

from tests.portal.conftest import as_process


def passwords(told: str) -> dict[str, str]:
    """The one-time passwords printed, by account."""
    return dict(re.findall(r"^ *(\w+) +([0-9a-f]{6}(?:-[0-9a-f]{6}){2})\b", told, re.MULTILINE))


def test_three_are_made_once_and_one_gets_another_password(tmp_path: Path) -> None:
    env = {"TONGRONG_HOME": str(tmp_path / "家")}
    first = as_process("administrators", env=env, cwd=tmp_path)
    assert first.returncode == 0, first.stderr
    given = passwords(first.stdout)
    assert list(given) == ["xitong", "anquan", "shenji"]
    again = as_process("administrators", env=env, cwd=tmp_path)
    assert again.returncode == 2
    assert "已经有管理员" in again.stderr
    reset = as_process("administrators", "--reset", "shenji", env=env, cwd=tmp_path)
    assert passwords(reset.stdout).keys() == {"shenji"}
    assert passwords(reset.stdout)["shenji"] != given["shenji"]
    unknown = as_process("administrators", "--reset", "nobody", env=env, cwd=tmp_path)
    assert unknown.returncode == 2
    assert "现任管理员的账户名" in unknown.stderr
    wrong = {**env, "TONGRONG_SECOND_FACTOR": "auditor"}
    refused = as_process("administrators", env=wrong, cwd=tmp_path)
    assert "TONGRONG_SECOND_FACTOR" in refused.stderr
    assert "audit_admin" in refused.stderr
