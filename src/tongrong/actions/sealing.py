"""Secrets the database keeps but cannot read: sealed with a key made of the server's secret key."""

import base64

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

_PURPOSE = b"tongrong second factor"


def sealed(secret: bytes) -> str:
    """The secret as it is kept."""
    return _keys().encrypt(secret).decode()


def unsealed(text: str) -> bytes | None:
    """The secret; None where it was sealed with a key this server no longer has."""
    try:
        return _keys().decrypt(text.encode())
    except InvalidToken:
        return None


def _keys() -> MultiFernet:
    """Seals with the key of now; opens with former ones too (SECRET_KEY_FALLBACKS)."""
    return MultiFernet(
        [Fernet(_key(str(one))) for one in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    )


def _key(secret_key: str) -> bytes:
    made = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=_PURPOSE)
    return base64.urlsafe_b64encode(made.derive(secret_key.encode()))
