"""What a driver or the file system says reaches nobody in its own words."""

import errno
import re

import pytest

from tongrong.vocabulary.failures import database_failure, file_failure


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ('FATAL:  password authentication failed for user "a"', "口令不对，或账号不许登录"),
        ('connection failed: FATAL: role "a" does not exist', "没有这个数据库账号"),
        ('connection failed: FATAL: database "a" does not exist', "没有这个数据库"),
        ("connection failed: Connection refused", "连不上数据库服务器"),
        ("IO: [SQLite] no such table: ledger_posts", "还没有建表"),
        ('relation "ledger_posts" does not exist', "还没有建表"),
        ("database is locked", "数据库正被其他程序占用"),
        ("disk I/O error", "磁盘已满，或读写出错"),
        ("database or disk is full", "磁盘已满"),
        ("file is not a database", "数据库文件已损坏，或不是本系统的数据库"),
        ("something never heard of: 张三", "数据库没有完成这次读写"),
    ],
)
def test_a_database_failure_is_told_in_chinese(said: str, told: str) -> None:
    assert database_failure(said) == told
    assert database_failure(RuntimeError(said)) == told


@pytest.mark.parametrize("number", sorted(errno.errorcode))
def test_whatever_the_file_system_refuses_is_told_in_chinese(number: int) -> None:
    for told in (
        file_failure(OSError(number, "Bad thing")),
        database_failure(OSError(number, "x")),
    ):
        assert not re.search("[A-Za-z]", told)


def test_a_full_disk_and_a_missing_right_are_told_apart() -> None:
    assert file_failure(OSError(errno.ENOSPC, "No space left on device")) == "磁盘已满"
    assert file_failure(PermissionError(errno.EACCES, "Permission denied")) == "没有权限"
