"""The authorization code flow with PKCE: where to send a browser, and whom it comes back as.

OpenID Connect Core 1.0 (3.1), RFC 7636 (PKCE), RFC 9207 (issuer in the answer). Tokens are checked
by joserfc; nothing of the provider's is kept: its addresses and keys are asked for each time.
"""

import base64
import datetime as dt
import hashlib
import json
import secrets
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from tongrong.portal.oidc.provider import Provider, safe
from tongrong.vocabulary.errors import TongrongError, refuse

ALGORITHMS = ["RS256", "PS256", "ES256", "EdDSA"]
LONGEST_WAIT_SECONDS = 10
_MOST_BYTES = 1_000_000
_LEEWAY_SECONDS = 60


@dataclass(frozen=True)
class Asked:
    """What the server remembers of a browser it sent to the provider."""

    state: str
    nonce: str
    verifier: str


def asked_anew() -> Asked:
    """Three secrets for one sign-in."""
    return Asked(*(secrets.token_urlsafe(32) for _ in range(3)))


def address_to_ask(provider: Provider, asked: Asked, back: str) -> str:
    """Where to send the browser; it comes back to the address `back`.

    Raises:
        TongrongError: the provider does not answer as one.
    """
    digest = hashlib.sha256(asked.verifier.encode()).digest()
    said = {
        "response_type": "code",
        "client_id": provider.client_id,
        "redirect_uri": back,
        "scope": "openid profile",
        "state": asked.state,
        "nonce": asked.nonce,
        "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
        "code_challenge_method": "S256",
    }
    address = _endpoint(_described(provider), "authorization_endpoint")
    return f"{address}{'&' if '?' in address else '?'}{urlencode(said)}"


def claims_for(
    provider: Provider, asked: Asked, code: str, back: str, at: dt.datetime
) -> Mapping[str, Any]:
    """What the provider says of whoever came back with a code, its signature and terms checked.

    Raises:
        TongrongError: the code is not taken, or the token is not one for us and for this sign-in.
    """
    described = _described(provider)
    said = {"grant_type": "authorization_code", "code": code, "redirect_uri": back}
    said["code_verifier"] = asked.verifier
    told = _told(_token_request(provider, described, said))
    keys = _told(urllib.request.Request(_endpoint(described, "jwks_uri")))  # noqa: S310 checked
    return _checked(provider, asked, str(told.get("id_token", "")), keys, at)


def _checked(
    provider: Provider, asked: Asked, token: str, keys: Mapping[str, Any], at: dt.datetime
) -> Mapping[str, Any]:
    terms = jwt.JWTClaimsRegistry(
        now=int(at.timestamp()),
        leeway=_LEEWAY_SECONDS,
        iss={"essential": True, "value": provider.issuer},
        aud={"essential": True, "value": provider.client_id},
        nonce={"essential": True, "value": asked.nonce},
        sub={"essential": True},
        exp={"essential": True},
        iat={"essential": True},
    )
    try:
        claims = jwt.decode(token, KeySet.import_key_set(keys), algorithms=ALGORITHMS).claims  # type: ignore[arg-type]
        terms.validate(claims)
    except (JoseError, ValueError, KeyError) as error:
        raise _untrue(str(error)) from error
    if claims.get("azp", provider.client_id) != provider.client_id:
        raise _untrue("azp")
    return claims


def _described(provider: Provider) -> Mapping[str, Any]:
    """What the provider says of itself."""
    address = f"{provider.issuer.rstrip('/')}/.well-known/openid-configuration"
    described = _told(urllib.request.Request(address))  # noqa: S310 checked with the settings
    if described.get("issuer") != provider.issuer:
        raise _unusable(f"{address} 所说的 issuer 是 {described.get('issuer')}")
    return described


def _endpoint(described: Mapping[str, Any], name: str) -> str:
    address = str(described.get(name, ""))
    if not safe(address):
        raise _unusable(f"{name} 为 {address or '空'}")
    return address


def _token_request(
    provider: Provider, described: Mapping[str, Any], said: dict[str, str]
) -> urllib.request.Request:
    """The code for a token; the secret goes in the header if the provider takes it there."""
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    ways = described.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
    if "client_secret_basic" in ways:
        pair = f"{quote(provider.client_id)}:{quote(provider.client_secret)}"
        headers["Authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"
    else:
        said = {**said, "client_id": provider.client_id, "client_secret": provider.client_secret}
    return urllib.request.Request(  # noqa: S310 checked
        _endpoint(described, "token_endpoint"), urlencode(said).encode(), headers
    )


def _told(request: urllib.request.Request) -> Mapping[str, Any]:
    """What the provider answers, a JSON object."""
    try:
        with urllib.request.urlopen(request, timeout=LONGEST_WAIT_SECONDS) as answer:  # noqa: S310 checked
            found = json.loads(answer.read(_MOST_BYTES))
    except urllib.error.HTTPError as error:
        raise _unusable(f"{request.full_url} 答 {error.code}") from error
    except (OSError, ValueError) as error:
        raise _unusable(f"{request.full_url} 没有答复，或答复不是 JSON") from error
    if not isinstance(found, dict):
        raise _unusable(f"{request.full_url} 的答复不是 JSON 对象")
    return found


def _unusable(found: str) -> TongrongError:
    return refuse(
        "oidc.provider",
        "单点登录",
        found,
        "身份系统正常答复",
        "稍后再试，或用账户名和口令登录；一再如此请系统管理员核对单点登录的设置",
    )


def _untrue(found: str) -> TongrongError:
    return refuse(
        "oidc.token",
        "单点登录",
        f"身份系统给出的凭证不可信（{found}）",
        "由它签发、给本系统、为这一次登录的凭证",
        "重新登录；一再如此请系统管理员核对单点登录的设置和两边的时钟",
    )
