"""What the resident's pages show beside the transcript: the queue, who is there, topics, what came along."""

from __future__ import annotations

from dataclasses import dataclass, replace

from charter.feedback import actions as feedback
from charter.models import Institution, Service
from chat import access, hours, presence, queue, transcript
from chat.actions.starting import office_for
from chat.hours import Opening
from chat.models import FINISHED_STATES, Channel, Consultation
from chat.queue import Place, Wait
from chat.rows import PAGE
from chat.transcript import PublicEvent, StaffEvent
from kb.models import Article, Topic
from portal.core.languages import Localised
from portal.core.privacy import mask
from portal.core.translations import columns_of, text


@dataclass(frozen=True, slots=True)
class Reception:
    """Whether somebody can answer now, in one language."""

    opening: Opening
    there: int
    waiting: int
    wait: Wait | None

    @property
    def is_live(self) -> bool:
        """Open, somebody who speaks the language is there, and the queue is one that can be waited through."""
        return self.opening.is_open and self.there > 0 and self.waiting < queue.LONG


def reception(language: str, *, institution: int | None) -> Reception:
    """Of one desk. Five queries."""
    return Reception(
        opening=hours.opening_now(),
        there=presence.count_available(language, institution=institution),
        waiting=access.queue_of(language, institution=institution).count(),
        wait=queue.expected(recent_waits(language)),
    )


def desk_of(*, institution: str, service: str, language: str) -> int | None:
    """The institution whose desk answers a question asked from these pages; None: the common queue."""
    asked = Institution.objects.filter(code=institution).first() if institution else None
    provided = Service.objects.filter(code=service).select_related("provider").first() if service else None
    office = office_for(asked, provided, language=language)
    return office.pk if office else None


def recent_waits(language: str) -> list[int]:
    """Seconds that the last people waited for an answer in this language in opening hours, newest first."""
    answered = access.for_statistics().filter(
        language=language,
        channel=Channel.CHAT,
        started_in_hours=True,
        claimed_at__isnull=False,
        waited_seconds__isnull=False,
    )
    rows = answered.order_by("-started_at").values_list("waited_seconds", flat=True)[: queue.RECENT]
    return [seconds for seconds in rows if seconds is not None]


def place_of(consultation: Consultation) -> Place:
    """Where a waiting consultation stands among those at the same desk who want an answer in the same language."""
    before = access.before(consultation).count()
    return queue.place(ahead=before, waits=recent_waits(consultation.language))


def whole_transcript(consultation: Consultation) -> list[PublicEvent]:
    """All that the resident sees."""
    events: list[PublicEvent] = []
    while page := transcript.since_for_resident(consultation, events[-1].sequence if events else 0):
        events += page
        if len(page) < PAGE:
            break
    return events


def whole_for_staff(consultation: Consultation, *, since: int = 0) -> list[StaffEvent]:
    """All of it – or what came after `since` –, notes included; once it is finished without what identifies a person:
    it is read to learn from.
    """
    events: list[StaffEvent] = []
    while page := transcript.since_for_staff(consultation, events[-1].sequence if events else since):
        events += page
        if len(page) < PAGE:
            break
    if consultation.state in FINISHED_STATES:
        return [replace(event, text=mask(event.text)) for event in events]
    return events


def is_rated(consultation: Consultation) -> bool:
    return feedback.is_rated(feedback.CONSULTATION, consultation.public_id)


def topics(language: str) -> list[tuple[str, Localised]]:
    """(code, name) of the published topics, in their order."""
    rows = Topic.objects.filter(live=True).order_by("order", "code").values("code", *columns_of(("name",)))
    return [(row["code"], text(row, "name", language)) for row in rows]


def topic_name(consultation: Consultation, language: str) -> Localised | None:
    return _name_of(Topic, "name", pk=consultation.topic_id, language=language)


def about(*, service: str, article: str, institution: str, language: str) -> list[Localised]:
    """Names of the service, article and institution the question comes from."""
    names = [
        _name_of(Service, "name", code=service, language=language),
        _name_of(Article, "title", code=article, language=language),
        _name_of(Institution, "name", code=institution, language=language),
    ]
    return [name for name in names if name]


def _name_of(
    model: type[Topic] | type[Service] | type[Article] | type[Institution],
    field: str,
    *,
    language: str,
    pk: int | None = None,
    code: str = "",
) -> Localised | None:
    if not pk and not code:
        return None
    wanted = {"pk": pk} if pk else {"code": code, "live": True}
    row = model._default_manager.filter(**wanted).values(*columns_of((field,))).first()
    return text(row, field, language) if row else None
