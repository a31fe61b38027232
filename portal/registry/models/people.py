"""Posts of the registry's own staff, and recipients of services."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.core.crypto import decrypt, encrypt, keyed
from portal.core.languages import DEFAULT, LANGUAGES


class PostRole(models.TextChoices):
    CASE_WORKER = "case_worker", _("case worker")
    HEAD = "head", _("head of department")


class Post(models.Model):
    """A place in a department, held by one user; an empty department is the whole registry."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="registry_post")
    department = models.CharField(_("department"), max_length=200, blank=True)
    role = models.CharField(_("role"), max_length=12, choices=PostRole.choices, default=PostRole.CASE_WORKER)

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts")

    def __str__(self) -> str:
        return f"{self.user} – {self.get_role_display()}"


class Recipient(models.Model):
    """A person cases are about. The personal code lies encrypted and is found by its blind index."""

    code_encrypted = models.TextField(blank=True)
    code_index = models.CharField(max_length=64, null=True, unique=True)
    name = models.CharField(_("name"), max_length=120)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    language = models.CharField(
        _("language"), max_length=2, choices=[(code, code) for code in LANGUAGES], default=DEFAULT
    )
    created_at = models.DateTimeField(auto_now_add=True)
    is_demo = models.BooleanField(_("demonstration data"), default=False)

    class Meta:
        verbose_name = _("recipient")
        verbose_name_plural = _("recipients")

    def __str__(self) -> str:
        return self.name

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
