"""Which identity provider there is, as the environment says; read with the settings."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

_PREFIX = "TONGRONG_OIDC_"
_SAFE = re.compile(r"https://|http://(127\.0\.0\.1|localhost|\[::1\])(:\d+)?(/|$)")
_NEEDED = ("ISSUER", "CLIENT_ID", "CLIENT_SECRET")


@dataclass(frozen=True)
class Provider:
    """An identity provider. `claim` of its token is the name of the account to sign in to.

    `creates`: an account nobody has yet is made, without a role.
    """

    issuer: str
    client_id: str
    client_secret: str
    claim: str
    label: str
    creates: bool


def safe(address: str) -> bool:
    """Whether nobody on the way can read or change what goes to an address."""
    return _SAFE.match(address) is not None


def provider_in(environment: Mapping[str, str]) -> Provider | None:
    """The provider configured; None where none is.

    Raises:
        ValueError: with what is missing or unsafe, what is expected, and how to mend it.
    """
    said = {name: environment.get(_PREFIX + name, "").strip() for name in _NEEDED}
    if not any(said.values()):
        return None
    missing = "、".join(_PREFIX + name for name, value in said.items() if not value)
    if missing:
        raise ValueError(
            f"单点登录的设置不全：缺环境变量 {missing}。\n"
            "    应为：三项都有，或都没有\n"
            "    办法：补上，或删去其余以 TONGRONG_OIDC_ 开头的变量"
        )
    if not safe(said["ISSUER"]):
        raise ValueError(
            f"环境变量 {_PREFIX}ISSUER 为 {said['ISSUER']}。\n"
            "    应为：以 https:// 开头的地址（本机的可用 http://）\n"
            "    办法：改为身份系统公布的 issuer"
        )
    return Provider(
        issuer=said["ISSUER"],
        client_id=said["CLIENT_ID"],
        client_secret=said["CLIENT_SECRET"],
        claim=environment.get(_PREFIX + "CLAIM", "") or "preferred_username",
        label=environment.get(_PREFIX + "LABEL", "") or "用单位统一身份登录",
        creates=environment.get(_PREFIX + "CREATE", "") == "1",
    )
