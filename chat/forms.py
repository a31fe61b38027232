"""What residents fill in: the first question, and coming back by receipt."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from charter.models import Institution, Service
from chat.actions.starting import Question
from kb.models import Article, SearchEvent, Topic
from portal.core.languages import LANGUAGES, OWN_NAMES


class QuestionForm(forms.Form):
    """The first message, and what came along from the page it was asked on."""

    key = forms.UUIDField()
    text = forms.CharField(
        max_length=settings.CHAT_LIMITS["characters"],
        error_messages={
            "required": _("Write what happened"),
            "max_length": _("Your text is too long: shorten it to %(limit_value)d characters"),
        },
    )
    language = forms.ChoiceField(
        choices=[(code, OWN_NAMES[code]) for code in LANGUAGES],
        error_messages={"required": _("Choose the language of the answer")},
    )
    topic = forms.CharField(required=False, max_length=40)
    name = forms.CharField(
        required=False,
        max_length=60,
        error_messages={"max_length": _("Shorten the name to %(limit_value)d letters")},
    )
    service = forms.CharField(required=False, max_length=40)
    article = forms.CharField(required=False, max_length=40)
    institution = forms.CharField(required=False, max_length=40)
    search = forms.CharField(required=False, max_length=40)

    @classmethod
    def opened_with(cls, query: Any, *, language: str) -> QuestionForm:
        """A fresh form: what the address of the link carries, and a key of its own."""
        return cls(
            initial={
                "key": uuid4(),
                "text": query.get("words", "")[:200],
                "language": language,
                **{name: query.get(name, "")[:40] for name in ("topic", "service", "article", "institution", "search")},
            }
        )

    def question(self) -> Question:
        """What was asked. Codes that name nothing (an old link) are left out."""
        data = self.cleaned_data
        search = data["search"]
        return Question(
            key=data["key"],
            text=data["text"],
            language=data["language"],
            name=data["name"],
            topic=Topic.objects.filter(code=data["topic"]).first() if data["topic"] else None,
            service=Service.objects.filter(code=data["service"]).first() if data["service"] else None,
            article=Article.objects.filter(code=data["article"]).first() if data["article"] else None,
            institution=(Institution.objects.filter(code=data["institution"]).first() if data["institution"] else None),
            search=SearchEvent.objects.filter(pk=int(search)).first() if search.isdecimal() else None,
        )


class ReceiptForm(forms.Form):
    """Number and secret as they were typed; what they mean is read elsewhere."""

    reference = forms.CharField(max_length=40, error_messages={"required": _("Write the number of the conversation")})
    secret = forms.CharField(max_length=60, error_messages={"required": _("Write the secret code")})
