"""Keys at work: encrypted texts, blind indexes, and keyed digests of secrets."""

from __future__ import annotations

import hashlib
import hmac

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


class Unreadable(ValueError):
    """No key of FIELD_KEYS opens this text."""


def _fernet() -> MultiFernet:
    import base64

    keys = (base64.urlsafe_b64encode(hashlib.sha256(key.encode()).digest()) for key in settings.FIELD_KEYS)
    return MultiFernet([Fernet(key) for key in keys])


def encrypt(text: str) -> str:
    """`text` readable only with FIELD_KEYS; the first key encrypts."""
    return _fernet().encrypt(text.encode()).decode() if text else ""


def decrypt(token: str) -> str:
    """The text behind `token`. Raises Unreadable."""
    if not token:
        return ""
    try:
        return _fernet().decrypt(token.encode()).decode()
    except InvalidToken as wrong:
        raise Unreadable("no key opens this text") from wrong


def keyed(purpose: str, text: str) -> str:
    """HMAC-SHA-256 of `text` under the server's key, 64 hex characters; `purpose` keeps uses apart."""
    key = hashlib.sha256(f"{purpose}\0{settings.SECRET_KEY}".encode()).digest()
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


def same(one: str, other: str) -> bool:
    """Equal, in constant time."""
    return hmac.compare_digest(one.encode(), other.encode())
