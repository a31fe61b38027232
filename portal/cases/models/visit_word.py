"""What a resident has said of a visit through the portal."""

from django.db import models

from portal.cases.models.link import CaseLink


class VisitWord(models.Model):
    """One word on one visit, named by the registry's id for it. `appeal`: the number of the complaint it became.

    The words themselves are in the complaint. `key` is the form's own, so that a form sent twice is answered alike.
    """

    link = models.ForeignKey(CaseLink, on_delete=models.CASCADE, related_name="visit_words")
    visit = models.CharField(max_length=80)
    key = models.CharField(max_length=64)
    is_confirmed = models.BooleanField()
    appeal = models.CharField(max_length=12, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["link", "visit"], name="a_resident_says_one_thing_of_a_visit"),
            models.CheckConstraint(
                condition=~models.Q(is_confirmed=True, appeal__gt=""), name="nobody_complains_of_what_they_confirm"
            ),
        ]

    def __str__(self) -> str:
        return self.visit
