"""What programs are told of an entry beside its content: when it last became another one, and that it is gone."""

from __future__ import annotations

from django.db import models


class Change(models.Model):
    """When what the public may read of an entry last changed, by the digest of what programs get. Never deleted.

    `kind` is the list it stands in, `code` its code there. `is_gone`: it was withdrawn, and its place is kept.
    """

    kind = models.CharField(max_length=16)
    code = models.CharField(max_length=140)
    digest = models.CharField(max_length=32)
    changed_at = models.DateTimeField(db_index=True)
    is_gone = models.BooleanField(default=False)

    class Meta:
        ordering = ["changed_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["kind", "code"], name="an_entry_has_one_last_change")]

    def __str__(self) -> str:
        return f"{self.kind}/{self.code} {self.changed_at:%Y-%m-%d %H:%M}{' gone' if self.is_gone else ''}"
