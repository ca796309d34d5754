"""What the environment says of signing in: who must have a second factor, and the provider."""

from collections.abc import Mapping

from django.core.exceptions import ImproperlyConfigured

from tongrong.portal.oidc.provider import Provider, provider_in
from tongrong.vocabulary.roles import Role


def second_factor_roles(text: str) -> tuple[Role, ...]:
    """The roles named, between commas, whose holders must have a second factor."""
    names = [one.strip() for one in text.split(",") if one.strip()]
    unknown = [one for one in names if one not in set(Role)]
    if unknown:
        raise ImproperlyConfigured(
            f"环境变量 TONGRONG_SECOND_FACTOR 中有 {'、'.join(unknown)}。\n"
            f"    应为：{'、'.join(Role)} 中的几个，逗号隔开\n"
            "    办法：改正拼写，或删去"
        )
    return tuple(map(Role, names))


def oidc_provider(environment: Mapping[str, str]) -> Provider | None:
    """The identity provider configured, if any."""
    try:
        return provider_in(environment)
    except ValueError as error:
        raise ImproperlyConfigured(str(error)) from error
