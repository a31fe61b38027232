"""Sealing: a record that its writer's device can make, and only this server can read.

The device makes a new P-256 key pair for each record, agrees by ECDH with the server's public key, draws 32 bytes out
of that by HKDF-SHA-256 (salt: its own public point; info: LABEL and the key's id) and encrypts by AES-256-GCM, with
the record's `client_id` as what must fit beside it. It keeps no part of the private half. On the wire, in base64url
without padding: the public point (65 bytes), the nonce (12), the cipher text with its tag (16).

So a record survives that the list was locked, wiped or that its writer was dismissed; and who holds the device can
send it but not read it. It says nothing of who wrote it: that does the record's own mark (see `reading`).
"""

from __future__ import annotations

import os
from base64 import urlsafe_b64decode, urlsafe_b64encode

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

LABEL = b"parama field record 1:"
POINT, NONCE = 65, 12
CURVE = ec.SECP256R1()


class NotOpened(ValueError):
    """It was not sealed to this key, or not under this number, or it is damaged."""


def packed(data: bytes) -> str:
    """base64url without padding, as browsers and we write it."""
    return urlsafe_b64encode(data).decode().rstrip("=")


def unpacked(text: str) -> bytes:
    """The bytes of `packed`. Raises NotOpened."""
    try:
        return urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except ValueError as wrong:
        raise NotOpened("no base64") from wrong


def new_pair() -> tuple[str, str]:
    """(public point, private number) of a new key, both packed."""
    private = ec.generate_private_key(CURVE)
    number = private.private_numbers().private_value.to_bytes(32, "big")
    return packed(_point(private.public_key())), packed(number)


def seal(plain: bytes, *, public: str, key_id: str, client_id: str) -> str:
    """What a device does, in the words of this side: the proof of the description, and the other end of tests."""
    own = ec.generate_private_key(CURVE)
    point = _point(own.public_key())
    server = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, unpacked(public))
    nonce = os.urandom(NONCE)
    cipher = _cipher(own.exchange(ec.ECDH(), server), point, key_id)
    return packed(point + nonce + cipher.encrypt(nonce, plain, client_id.encode()))


def open_sealed(sealed: str, *, private: str, key_id: str, client_id: str) -> bytes:
    """The record inside. Raises NotOpened."""
    data = unpacked(sealed)
    point, nonce, rest = data[:POINT], data[POINT : POINT + NONCE], data[POINT + NONCE :]
    own = ec.derive_private_key(int.from_bytes(unpacked(private), "big"), CURVE)
    try:
        device = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, point)
        return _cipher(own.exchange(ec.ECDH(), device), point, key_id).decrypt(nonce, rest, client_id.encode())
    except (ValueError, InvalidTag) as wrong:
        raise NotOpened("not sealed to this key") from wrong


def _cipher(shared: bytes, point: bytes, key_id: str) -> AESGCM:
    drawn = HKDF(algorithm=SHA256(), length=32, salt=point, info=LABEL + key_id.encode())
    return AESGCM(drawn.derive(shared))


def _point(public: ec.EllipticCurvePublicKey) -> bytes:
    return public.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
