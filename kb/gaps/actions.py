"""What editors do about a gap: take it, write the answer, add words, join words, dismiss it with a reason."""

from __future__ import annotations

from django.db import transaction

from kb.codes import next_code
from kb.gaps.board import said
from kb.keeping import keep
from kb.models import UNSETTLED, Article, ArticleState, Gap, GapState, Remedy, Synonym
from kb.search import changes
from portal.core import audit, clock
from portal.core.languages import LANGUAGES, column, columns
from portal.core.models import User

MOST_WORDS = 12


class NothingToAdd(ValueError):
    """No words are kept any more that could be added."""


@transaction.atomic
def assign(gap: Gap, *, to: User | None, by: User) -> None:
    """Somebody works on it, or (None) nobody any more."""
    gap.assigned_to = to
    gap.state = GapState.ASSIGNED if to else GapState.OPEN
    gap.settled_at = gap.settled_by = None
    gap.save(update_fields=["assigned_to", "state", "settled_at", "settled_by"])
    audit.record("gap.assigned", gap, by=by, to=to.pk if to else None)


@transaction.atomic
def write(gap: Gap, *, by: User) -> Article:
    """A draft with the question as people asked it, and their words; the gap closes when it is published."""
    if gap.article is not None and gap.article.state in {ArticleState.DRAFT, ArticleState.IN_REVIEW}:
        return gap.article
    article = Article(code=next_code(), live=False, owner=by, source_language=gap.language)
    question = gap.words[:1].upper() + gap.words[1:]
    setattr(article, column("title", gap.language), question[:200])
    add_words_to(article, gap)
    article.save()
    article.save_revision(user=by, clean=False)
    gap.article, gap.remedy = article, Remedy.ARTICLE
    gap.assigned_to, gap.state = gap.assigned_to or by, GapState.ASSIGNED
    gap.save(update_fields=["article", "remedy", "assigned_to", "state"])
    audit.record("gap.written", gap, by=by, article=article.code)
    return article


@transaction.atomic
def add_words(gap: Gap, article: Article, *, by: User) -> None:
    """Whoever asks in these words finds this article from now on."""
    if not said(gap):
        raise NothingToAdd
    add_words_to(article, gap)
    keep(article, {name: getattr(article, name) for name in columns(("resident_words",))}, by=by)
    gap.article = article
    settle(gap, Remedy.WORDS, by=by)


@transaction.atomic
def pin(gap: Gap, article: Article, *, by: User) -> None:
    """Whoever asks in these words, in the language they were said in, finds this article first."""
    if not said(gap):
        raise NothingToAdd
    for language, words, _times in said(gap)[:MOST_WORDS]:
        changes.pin(language, words, "article", article.code, by=by)
    gap.article = article
    settle(gap, Remedy.PIN, by=by)


@transaction.atomic
def join_words(gap: Gap, terms: dict[str, list[str]], *, by: User) -> Synonym:
    """These terms mean the same from now on, in a language or across languages."""
    kept = {code: cleaned for code in LANGUAGES if (cleaned := _terms(terms.get(code, [])))}
    if sum(len(texts) for texts in kept.values()) < 2:
        raise NothingToAdd
    synonym = changes.keep_group(None, kept, by=by)
    settle(gap, Remedy.SYNONYM, by=by)
    return synonym


@transaction.atomic
def dismiss(gap: Gap, *, reason: str, by: User) -> None:
    """Nothing is done about it, and why."""
    gap.state, gap.reason = GapState.DISMISSED, reason.strip()[:200]
    gap.settled_at, gap.settled_by = clock.now(), by
    gap.save(update_fields=["state", "reason", "settled_at", "settled_by"])
    audit.record("gap.dismissed", gap, by=by)


@transaction.atomic
def reopen(gap: Gap, *, by: User) -> None:
    """It did not help, or was dismissed too soon."""
    gap.state, gap.settled_at, gap.settled_by = GapState.OPEN, None, None
    gap.save(update_fields=["state", "settled_at", "settled_by"])
    audit.record("gap.reopened", gap, by=by)


def settle(gap: Gap, remedy: Remedy, *, by: User | None) -> None:
    """People should find it from now on; the board shows whether they do."""
    gap.state, gap.remedy = GapState.CLOSED, remedy
    gap.settled_at, gap.settled_by = clock.now(), by
    gap.save(update_fields=["state", "remedy", "article", "settled_at", "settled_by"])
    audit.record("gap.closed", gap, by=by or audit.SYSTEM, remedy=str(remedy))


def article_published(article: Article, *, by: User | None) -> None:
    """The gaps that this answer was written for are closed."""
    for gap in Gap.objects.filter(article=article, remedy=Remedy.ARTICLE, state__in=UNSETTLED):
        settle(gap, Remedy.ARTICLE, by=by)


def add_words_to(article: Article, gap: Gap) -> None:
    """The gap's words among the words residents use; what is there already is not added."""
    for language in LANGUAGES:
        name = column("resident_words", language)
        lines = [line.strip() for line in (getattr(article, name) or "").splitlines() if line.strip()]
        known = {line.casefold() for line in lines}
        fresh = [words for code, words, _times in said(gap) if code == language and words.casefold() not in known]
        setattr(article, name, "\n".join([*lines, *fresh[:MOST_WORDS]]))


def _terms(texts: list[str]) -> list[str]:
    return list(dict.fromkeys(text.strip()[:80] for text in texts if text.strip()))
