"""What is wrong with a document, in words an editor can act on."""

from __future__ import annotations

from django.utils.translation import gettext as _


def sentence(where: str, what: str) -> str:
    """`where`: the place in the document; `what`: the code of the mistake, with what it is about."""
    code, _space, about = what.partition(" ")
    return f"{where}: {_words(code) % {'what': about}}"


def _words(code: str) -> str:
    return {
        "text": _("The text is missing."),
        "code": _("The code needs small Latin letters, digits and hyphens."),
        "number": _("This should be a number."),
        "condition": _("The condition cannot be read. Write for example: help = a | b and income / people < 1.1 VRP"),
        "sum": _("The sum cannot be read. Write for example: 1.75 BSI"),
        "options": _("A question needs at least two answers, a number none."),
        "yes_no": _("“Yes or no” needs exactly the answers with the codes yes and no."),
        "twice": _("“%(what)s” stands twice."),
        "unknown": _("There is no “%(what)s”."),
        "later": _("“%(what)s” is asked only later."),
        "points": _("%(what)s points give no group, or more than one."),
        "empty": _("Questions or outcomes are missing."),
        "answers": _("The answers of this test case cannot be read."),
    }.get(code, _("This cannot be read."))
