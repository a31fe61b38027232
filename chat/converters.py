"""What a part of an address may look like."""

from __future__ import annotations

from django.urls import register_converter


class PublicId:
    """128 random bits as 22 signs."""

    regex = r"[A-Za-z0-9_-]{22}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(PublicId, "public_id")
