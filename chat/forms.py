"""What residents fill in: the first question, and coming back by receipt."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from charter.models import Institution, Service
from chat import numbers, promises
from chat.actions.callbacks import Wish
from chat.actions.starting import Question
from chat.actions.tasks import Ring
from chat.promises import Window
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


class CallForm(forms.Form):
    """Where and when to ring. A window that is past or full meanwhile counts as not chosen."""

    phone = forms.CharField(max_length=40, error_messages={"required": _("Write the number we shall ring")})
    window = forms.CharField(max_length=12, error_messages={"required": _("Choose when we may ring")})
    is_shared_phone = forms.BooleanField(required=False)

    def clean_phone(self) -> str:
        try:
            return numbers.read(self.cleaned_data["phone"])
        except numbers.NoNumber:
            raise forms.ValidationError(_("Check the number. Write it like 0 612 34567 or +370 612 34567")) from None

    def clean_window(self) -> Window:
        window = promises.window_of(self.cleaned_data["window"])
        if window is None:
            raise forms.ValidationError(_("This time is no longer free: choose another one"))
        return window

    def ring(self) -> Ring:
        data = self.cleaned_data
        return Ring(data["phone"], data["window"], is_shared_phone=data["is_shared_phone"])


class WishForm(CallForm):
    """The whole form of somebody who wants to be phoned."""

    key = forms.UUIDField()
    language = forms.ChoiceField(
        choices=[(code, OWN_NAMES[code]) for code in LANGUAGES],
        error_messages={"required": _("Choose the language of the call")},
    )
    topic = forms.CharField(required=False, max_length=40)
    service = forms.CharField(required=False, max_length=40)
    name = forms.CharField(
        required=False,
        max_length=60,
        error_messages={"max_length": _("Shorten the name to %(limit_value)d letters")},
    )
    text = forms.CharField(
        required=False,
        max_length=settings.CHAT_LIMITS["characters"],
        error_messages={"max_length": _("Your text is too long: shorten it to %(limit_value)d characters")},
    )

    def wish(self) -> Wish:
        """Codes that name nothing (an old link) are left out."""
        data = self.cleaned_data
        return Wish(
            key=data["key"],
            ring=self.ring(),
            language=data["language"],
            text=data["text"],
            name=data["name"],
            topic=Topic.objects.filter(code=data["topic"]).first() if data["topic"] else None,
            service=Service.objects.filter(code=data["service"]).first() if data["service"] else None,
        )


class ReceiptForm(forms.Form):
    """Number and secret as they were typed; what they mean is read elsewhere."""

    reference = forms.CharField(max_length=40, error_messages={"required": _("Write the number of the conversation")})
    secret = forms.CharField(max_length=60, error_messages={"required": _("Write the secret code")})
