"""What lets a resident's browser open one consultation."""

from __future__ import annotations

from django.db import models


class Grant(models.Model):
    """One consultation × the digest of a 256-bit token that only the browser holds, in a cookie."""

    consultation = models.ForeignKey("chat.Consultation", on_delete=models.CASCADE, related_name="grants")
    token_digest = models.CharField(max_length=64, unique=True)
    given_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.consultation_id} {self.token_digest[:8]}"
