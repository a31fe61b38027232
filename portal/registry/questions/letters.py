"""Answers by e-mail: who wants one gets it once a week or a month, as their own post may see it that day.

A letter names nobody: an answer broken down by person comes as its link and its sum alone.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from portal.core import clock
from portal.core.languages import LANGUAGES
from portal.core.schedule import every
from portal.registry.models import Post, QuestionWish, Rhythm
from portal.registry.posts import post_of
from portal.registry.questions import reading, saved, showing
from portal.registry.questions.answer import answer
from portal.registry.questions.asking import QuestionForm

logger = logging.getLogger(__name__)
MOST = 40  # lines in a letter
SEPARATOR = " · "


@every(60 * 60, "answers by e-mail")
def send_what_is_due() -> int:
    """The round: each wish once a week or month, however often and in however many processes it runs."""
    sent = 0
    for wish in QuestionWish.objects.select_related("user", "question").order_by("pk"):
        post = post_of(wish.user)
        if post is None or not saved.visible(post).filter(pk=wish.question_id).exists():
            wish.delete()
        elif wish.user.email and _is_mine(wish, (due := _due(wish.rhythm))):
            sent += _send(wish, post, due)
    return sent


def _due(rhythm: str) -> str:
    """The month or week that a letter sent today is for."""
    if rhythm == Rhythm.MONTHLY:
        return f"{clock.today():%Y-%m}"
    year, week, _day = clock.today().isocalendar()
    return f"{year}-W{week:02}"


def _is_mine(wish: QuestionWish, due: str) -> bool:
    """Whether this process sends it: whoever marks it first."""
    return bool(QuestionWish.objects.filter(pk=wish.pk).exclude(sent_for=due).update(sent_for=due))


def _send(wish: QuestionWish, post: Post, due: str) -> int:
    language = wish.user.interface_language
    with override(language if language in LANGUAGES else "lt"):
        try:
            _letter(wish, post).send()
        except OSError as trouble:
            logger.warning("registry: an answer for %s could not be sent: %s", wish.user_id, type(trouble).__name__)
            QuestionWish.objects.filter(pk=wish.pk, sent_for=due).update(sent_for=wish.sent_for)  # the next round tries
            return 0
    return 1


def _letter(wish: QuestionWish, post: Post) -> EmailMessage:
    enough = f"{settings.SITE_URL}{reverse('registry:no_answer', args=[wish.token])}"
    lines = [*_said(wish, post), "", _("No more of these letters: %(address)s") % {"address": enough}]
    headers = {
        "Auto-Submitted": "auto-generated",
        "List-Unsubscribe": f"<{enough}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    return EmailMessage(f"Parama: {wish.question.name}", "\n".join(lines), to=[wish.user.email], headers=headers)


def _said(wish: QuestionWish, post: Post) -> Iterator[str]:
    form = QuestionForm(wish.question.words, post=post)
    if not form.is_valid():
        yield _("This question can no longer be answered as it stands. Open it and put it together anew.")
        return
    question = form.question
    found = answer(question, form.reach)
    yield reading.said(form)
    yield ""
    lines = [] if question.by == "person" else showing.lines(found, question, "")[:MOST]
    for line in (*lines, showing.total(found)):
        if line is not None:
            cells = SEPARATOR.join(f"{name}: {said}" for said, name in line.cells)
            yield f"- {line.name}{SEPARATOR}{cells}"
    yield ""
    address = f"{settings.SITE_URL}{reverse('registry:questions')}?{question.address}"
    yield _("The whole answer: %(address)s") % {"address": address}
