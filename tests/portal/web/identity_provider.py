"""A small identity provider (OpenID Connect) in a process of its own, which signs real tokens.

Each of its issuers is honest or has one fault: `/good`, `/expired`, … PROVIDER_NOW in the
environment is the moment its tokens are made at. It prints the port it listens at.
"""

import base64
import hashlib
import json
import os
import secrets
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey

CLIENT, SECRET, LOGIN = "tongrong", "between us two", "finance"
NOW = int(os.environ.get("PROVIDER_NOW", "0"))
KEY, OTHER = (RSAKey.generate_key(2048, {"kid": "1"}) for _ in range(2))
ASKED: dict[str, dict[str, str]] = {}


def token(issuer: str, fault: str, nonce: str) -> str:
    """The token of whoever asked, as the issuer's fault has it."""
    claims: dict[str, Any] = {
        "iss": issuer, "aud": CLIENT, "sub": "42", "nonce": nonce,
        "iat": NOW, "exp": NOW + 300, "preferred_username": LOGIN, "name": "财务",
    }  # fmt: skip
    wrong = {
        "expired": {"exp": NOW - 3600},
        "other-audience": {"aud": "somebody-else"},
        "other-issuer": {"iss": "https://elsewhere.example"},
        "other-nonce": {"nonce": "of another sign-in"},
        "party": {"aud": [CLIENT, "somebody-else"], "azp": "somebody-else"},
        "stranger": {"preferred_username": "stranger", "name": "新来的"},
        "nameless": {"preferred_username": ""},
    }
    claims.update(wrong.get(fault, {}))
    if fault == "unsigned":
        parts = ({"alg": "none"}, claims)
        return ".".join([*(_base64(json.dumps(one).encode()) for one in parts), ""])
    return jwt.encode({"alg": "RS256", "kid": "1"}, claims, OTHER if fault == "forged" else KEY)


def _base64(text: bytes) -> str:
    return base64.urlsafe_b64encode(text).rstrip(b"=").decode()


class Provider(BaseHTTPRequestHandler):
    """The four addresses a client asks."""

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        fault, what = address.path.strip("/").split("/", 1)
        here = f"http://127.0.0.1:{self.server.server_port}/{fault}"
        if what == ".well-known/openid-configuration":
            self._told({
                "issuer": here, "authorization_endpoint": f"{here}/authorize",
                "token_endpoint": f"{here}/token", "jwks_uri": f"{here}/keys",
            })  # fmt: skip
        elif what == "keys":
            self._told(KeySet([KEY]).as_dict(private=False))
        else:
            said = {name: value[0] for name, value in parse_qs(address.query).items()}
            code = secrets.token_urlsafe()
            ASKED[code] = said
            back = {"code": code, "state": said["state"], "iss": here}
            self.send_response(302)
            self.send_header("Location", f"{said['redirect_uri']}?{urlencode(back)}")
            self.end_headers()

    def do_POST(self) -> None:
        fault = self.path.strip("/").split("/")[0]
        here = f"http://127.0.0.1:{self.server.server_port}/{fault}"
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        sent = {name: value[0] for name, value in parse_qs(body).items()}
        asked = ASKED.pop(sent["code"], None)
        if asked is None or not self._is_client() or not _same(asked, sent):
            self._told({"error": "invalid_grant"}, 400)
        else:
            self._told({"token_type": "Bearer", "id_token": token(here, fault, asked["nonce"])})

    def _is_client(self) -> bool:
        pair = base64.b64encode(f"{CLIENT}:{SECRET.replace(' ', '%20')}".encode()).decode()
        return self.headers.get("Authorization") == f"Basic {pair}"

    def _told(self, what: object, status: int = 200) -> None:
        text = json.dumps(what).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def _same(asked: dict[str, str], sent: dict[str, str]) -> bool:
    """Whether who brings the code is who asked for it (PKCE), from where."""
    challenge = _base64(hashlib.sha256(sent.get("code_verifier", "").encode()).digest())
    return (
        asked["code_challenge_method"] == "S256"
        and asked["code_challenge"] == challenge
        and asked["redirect_uri"] == sent["redirect_uri"]
    )


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", 0), Provider)
    print(server.server_port, flush=True)  # noqa: T201 the port is what it says
    server.serve_forever()
