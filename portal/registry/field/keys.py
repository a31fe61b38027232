"""The server's keys that records are sealed to: made once, exchanged at will, never thrown away."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from portal.core import audit, clock
from portal.core.crypto import decrypt, encrypt
from portal.registry.field import sealing
from portal.registry.models import FieldKey


def current() -> FieldKey:
    """The key that new records are sealed to; the first time it is asked for, it is made."""
    found = FieldKey.objects.filter(is_current=True).first()
    if found is not None:
        return found
    try:
        with transaction.atomic():
            return _make()
    except IntegrityError:  # another process was first
        return FieldKey.objects.get(is_current=True)


@transaction.atomic
def rotate() -> FieldKey:
    """A new current key. What was sealed to earlier ones can still be opened."""
    FieldKey.objects.filter(is_current=True).update(is_current=False)
    made = _make()
    audit.record("registry.field_key_made", made, by=audit.SYSTEM)
    return made


def open_sealed(sealed: str, *, key_id: str, client_id: str) -> bytes:
    """The record inside, whichever of our keys it was sealed to. Raises sealing.NotOpened."""
    key = FieldKey.objects.filter(public_id=key_id).first()
    if key is None:
        raise sealing.NotOpened("none of our keys")
    private = decrypt(key.private_encrypted)
    return sealing.open_sealed(sealed, private=private, key_id=key_id, client_id=client_id)


def _make() -> FieldKey:
    public, private = sealing.new_pair()
    return FieldKey.objects.create(public=public, private_encrypted=encrypt(private), made_at=clock.now())
