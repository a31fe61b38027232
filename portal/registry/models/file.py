"""What lies in a case's file: notes, papers, contacts, and what was asked of the person."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.registry.models.case import Case
from portal.registry.models.people import Post


class CaseNote(models.Model):
    """A note; only those `for_person` leave the office."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="notes")
    at = models.DateTimeField()
    by = models.ForeignKey(Post, on_delete=models.SET_NULL, null=True, related_name="+")
    author = models.CharField(_("who wrote it"), max_length=80)
    text = models.TextField(_("note"))
    for_person = models.BooleanField(_("the person may read it"), default=False)
    outer_key = models.CharField(max_length=64, unique=True, null=True)

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("note")
        verbose_name_plural = _("notes")

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.author}"


class CaseDocument(models.Model):
    """A paper of the case; `kept_name` is its name in the upload folder."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="documents")
    at = models.DateTimeField()
    name = models.CharField(_("name"), max_length=200)
    kept_name = models.CharField(max_length=80)
    size = models.PositiveIntegerField(default=0)
    from_person = models.BooleanField(_("from the person"), default=True)
    for_person = models.BooleanField(_("the person may read it"), default=True)
    outer_key = models.CharField(max_length=64, unique=True, null=True)

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("document")
        verbose_name_plural = _("documents")

    def __str__(self) -> str:
        return self.name


class Contact(models.Model):
    """A call, letter or visit about the case."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="contacts")
    at = models.DateTimeField()
    by = models.ForeignKey(Post, on_delete=models.SET_NULL, null=True, related_name="+")
    channel = models.CharField(
        _("how"),
        max_length=12,
        choices=[
            ("phone", _("by phone")),
            ("mail", _("by mail")),
            ("visit", _("a visit")),
            ("portal", _("through the portal")),
        ],
    )
    summary = models.TextField(_("what was said"))

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.channel}"


class Enquiry(models.Model):
    """Something the office needs from the person, until when, and what came back."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="enquiries")
    at = models.DateTimeField()
    by = models.ForeignKey(Post, on_delete=models.SET_NULL, null=True, related_name="+")
    text = models.TextField(_("what we need"))
    until = models.DateField(_("until"), null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(_("answer"), blank=True)
    outer_key = models.CharField(max_length=64, unique=True, null=True)

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("enquiry")
        verbose_name_plural = _("enquiries")

    def __str__(self) -> str:
        return self.text[:60]
