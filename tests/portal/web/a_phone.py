"""A phone with a program for codes, written from RFC 4226 and 6238 and nothing of ours."""

import base64
import datetime as dt
import hashlib
import hmac
import struct


def code_shown(key: str, at: dt.datetime) -> str:
    """The six digits a phone shows for a key in base32."""
    step = struct.pack(">Q", int(at.timestamp()) // 30)
    digest = hmac.new(base64.b32decode(key.replace(" ", "")), step, hashlib.sha1).digest()
    start = digest[-1] & 15
    number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"
