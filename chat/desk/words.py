"""Why something was refused, in words for a consultant."""

from __future__ import annotations

from django.utils.translation import gettext as _

from chat.actions.errors import Refused


def refusal(refused: Refused) -> str:
    """One sentence that says what to do."""
    words = {
        "empty": _("Write something before you send"),
        "too_long": _("The text is too long: send it in two parts"),
        "ended": _("The conversation has ended. Copy your words if you need them."),
        "not_yours": _("This conversation lies with somebody else now"),
        "cannot_take": _("Choose a colleague or an institution that can take it"),
        "nothing": _("Note at least one article first: there is nothing to send yet"),
        "address": _("Write a phone number like 0 612 34567 or an e-mail address"),
        "too_many_replies": _("You have fifty sentences of your own: delete one first"),
        "too_early": _("Try three times before you give the call up"),
        "conflict": _("Another text was sent from this form before. Send this one again."),
        "no_message": _("Choose a message or file, and the reason"),
        "no_file": _("Choose a file first"),
        "enough_files": _("This conversation holds as many files as it can"),
        "no_article": _("This article can’t be sent: it is not published"),
    }
    return words.get(refused.code, _("This could not be done. Load the page again and try once more."))


def answer_in(language: str) -> str:
    """The label of the box for an answer, naming the resident's language."""
    return {
        "lt": _("Answer in Lithuanian"),
        "ru": _("Answer in Russian"),
        "en": _("Answer in English"),
        "uk": _("Answer in Ukrainian"),
    }[language]
