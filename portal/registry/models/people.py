"""Posts of the registry's own staff, and recipients of services."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.core.crypto import decrypt, encrypt, keyed
from portal.core.languages import DEFAULT, LANGUAGES
from portal.core.text_keys import name_key, phone_key


class PostRole(models.TextChoices):
    SOCIAL_WORKER = "social_worker", _("social worker")
    HEAD = "head", _("head of department")
    ASSESSOR = "assessor", _("assessor")
    CLERK = "clerk", _("clerk")
    OFFICER = "officer", _("data-protection officer")


class Post(models.Model):
    """A place in a department, held by one user; an empty department is the whole registry."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="registry_post")
    department = models.CharField(_("department"), max_length=200, blank=True)
    role = models.CharField(_("role"), max_length=16, choices=PostRole.choices, default=PostRole.SOCIAL_WORKER)

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts")

    def __str__(self) -> str:
        return f"{self.user} – {self.get_role_display()}"


class Recipient(models.Model):
    """One person, once: whom cases are about and services are for.

    The personal code lies encrypted and is found by its blind index. `name_key` and `phone_key` are what a person is
    found by however the name was written; they are kept by `save`. Who was merged into another keeps the row, empty of
    everything that hung on it, as the history of the merger.
    """

    code_encrypted = models.TextField(blank=True)
    code_index = models.CharField(max_length=64, null=True, unique=True)
    name = models.CharField(_("name"), max_length=120)
    name_key = models.CharField(max_length=120, db_index=True, default="", editable=False)
    birth_date = models.DateField(_("date of birth"), null=True, blank=True, db_index=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    phone_key = models.CharField(max_length=8, db_index=True, default="", editable=False)
    email = models.EmailField(_("e-mail"), blank=True)
    address = models.CharField(_("address"), max_length=200, blank=True)
    beware = models.CharField(_("what to beware of at the door"), max_length=200, blank=True)
    district = models.CharField(_("part of town"), max_length=80, blank=True)
    language = models.CharField(
        _("language"), max_length=2, choices=[(code, code) for code in LANGUAGES], default=DEFAULT
    )
    other_languages = models.CharField(_("other languages"), max_length=80, blank=True)
    department = models.CharField(_("department"), max_length=200, blank=True, db_index=True)
    worker = models.ForeignKey(Post, on_delete=models.SET_NULL, null=True, blank=True, related_name="recipients")
    created_at = models.DateTimeField(auto_now_add=True)
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged")
    merged_at = models.DateTimeField(null=True, blank=True)
    is_demo = models.BooleanField(_("demonstration data"), default=False)

    class Meta:
        verbose_name = _("recipient")
        verbose_name_plural = _("recipients")

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the keys true to the name and phone."""
        self.name_key, self.phone_key = name_key(self.name)[:120], phone_key(self.phone)
        fields = kwargs.get("update_fields")
        if fields is not None:
            kwargs["update_fields"] = {*fields, "name_key", "phone_key"}
        super().save(*args, **kwargs)

    @property
    def code(self) -> str:
        return decrypt(self.code_encrypted)

    def set_code(self, code: str) -> None:
        """Keep a personal code; the caller saves."""
        self.code_encrypted = encrypt(code)
        self.code_index = code_index(code)


def code_index(code: str) -> str | None:
    """What a personal code is found by; None for an empty one."""
    plain = "".join(sign for sign in code if sign.isalnum()).upper()
    return keyed("registry-recipient", plain) if plain else None
