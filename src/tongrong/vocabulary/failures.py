"""What the system below refused, in words of our own: no driver's English reaches a person."""

import errno
import re

_FILES = {
    errno.ENOENT: "没有这个文件或文件夹",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "所在的盘只能读，不能写",
    errno.ENOSPC: "磁盘已满",
    errno.EFBIG: "文件超过系统允许的大小",
    errno.EDQUOT: "磁盘配额已用完",
    errno.EISDIR: "这是文件夹，不是文件",
    errno.ENOTDIR: "路径中有一段是文件，不是文件夹",
    errno.EEXIST: "已经存在",
    errno.ENAMETOOLONG: "文件名过长",
    errno.EBUSY: "正被其他程序占用",
    errno.ETXTBSY: "正被其他程序占用",
    errno.EMFILE: "打开的文件过多",
    errno.EIO: "磁盘读写出错",
}
_DATABASES = (
    (r"authentication failed|password", "口令不对，或账号不许登录"),
    (r"role .* does not exist", "没有这个数据库账号"),
    (r"database .* does not exist", "没有这个数据库"),
    (r"translate host|name or service|could not resolve", "找不到数据库服务器：主机名不对"),
    (r"refused|failed to connect|connection failed|timeout|timed out", "连不上数据库服务器"),
    (r"terminat|closed the connection|connection .*lost", "与数据库服务器的连接断了"),
    (r"no such table|relation .* does not exist|undefined ?table", "还没有建表"),
    (r"no such column|column .* does not exist", "表结构不是当前版本"),
    (r"locked|could not obtain lock|deadlock", "数据库正被其他程序占用"),
    (r"permission denied|read-?only", "账号没有写入或读取的权限"),
    (r"not a database|malformed|corrupt", "数据库文件已损坏，或不是本系统的数据库"),
    (r"unable to open", "打不开数据库文件"),
    (r"full|no space", "磁盘已满"),
    (r"disk i/o", "磁盘已满，或读写出错"),
)


def file_failure(error: OSError) -> str:
    """What the file system refused, in Chinese."""
    return _FILES.get(error.errno or 0, "系统不让读写这个文件")


def database_failure(error: Exception | str) -> str:
    """What the database refused, in Chinese; nothing of the driver's message, which may quote."""
    if isinstance(error, OSError):
        return file_failure(error)
    said = str(error)
    found = (words for sign, words in _DATABASES if re.search(sign, said, re.IGNORECASE))
    return next(found, "数据库没有完成这次读写")
