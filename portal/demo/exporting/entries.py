"""Rows as entries of a pack, kind by kind; the names are those the readers beside them know."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import Any

from charter.models import (
    BaseAmount,
    Charter,
    CharterLine,
    Commitment,
    Holiday,
    Institution,
    LineKind,
    Municipality,
    Service,
    WorkingHours,
)
from chat.models import QuickReply
from kb.models import Article, CrisisWord, Fact, LegalAct, Synonym, Topic
from portal.cases.models import RequestPlan
from portal.core.languages import LANGUAGES, column
from portal.demo import articles, charter, commitments, institutions, services
from portal.demo.exporting.texts import Said
from portal.instruments.models import State, Version

Entry = dict[str, Any]


def _sourced(row: Any) -> Entry:
    return {
        "confidence": row.confidence,
        "checked_on": row.checked_on,
        "sources": row.sources,
        "unconfirmed": row.unconfirmed,
    }


def _codes(rows: Any) -> list[str]:
    return sorted(rows.values_list("code", flat=True))


def _texts_of(row: Any, *names: str) -> Entry:
    """Some texts of a small row, with what is left out."""
    said = Said(row)
    return {**said.texts(names), **said.left_out()}


def institution_list() -> list[Entry]:
    found = []
    for row in Institution.objects.filter(live=True).order_by("order", "code"):
        said = Said(row)
        found.append(
            {
                "code": row.code,
                "order": row.order,
                **said.must(institutions.TEXTS),
                **said.texts(institutions.TEXTS_OR_NOTHING),
                **{name: getattr(row, name) or None for name in institutions.WORDS},
                "phone_as_of": row.phone_as_of,
                "other_addresses": row.other_addresses,
                **_sourced(row),
                **said.left_out(),
            }
        )
    return found


def service_entries() -> Iterator[Entry]:
    rows = Service.objects.filter(live=True).select_related("provider").order_by("code")
    for row in rows.prefetch_related("differences__other", "commitments"):
        said = Said(row)
        yield {
            "code": row.code,
            "group": row.group,
            "spis_code": row.spis_code or None,
            **said.must(services.TEXTS),
            **said.texts(services.TEXTS_OR_NOTHING),
            "related": [
                {"code": one.other.code, **_texts_of(one, "difference")}
                for one in row.differences.all()
                if one.other.live
            ],
            "sensitive": row.is_sensitive,
            "provider": row.provider.code if row.provider else None,
            "decided_by": "municipality" if row.is_decided_by_municipality else None,
            "popular": row.popular,
            "standards": sorted(one.code for one in row.commitments.all()),
            **_sourced(row),
            **said.left_out(),
        }


def request_form_list() -> list[Entry]:
    found = []
    for row in RequestPlan.objects.filter(service__live=True).order_by("code").prefetch_related("fields"):
        found.append(
            {
                "service": row.code,
                "place": row.place,
                **_texts_of(row, "where"),
                "url": row.url or None,
                "fields": [
                    {
                        "code": one.code,
                        "kind": one.kind,
                        "required": one.is_required,
                        **_texts_of(one, "label", "help", "choices"),
                    }
                    for one in row.fields.all()
                ],
                **_sourced(row),
            }
        )
    return found


def topic_list() -> list[Entry]:
    found = []
    for row in Topic.objects.filter(live=True).order_by("order", "code"):
        said = Said(row)
        found.append(
            {
                "code": row.code,
                "order": row.order,
                "kind": "situation",
                "icon": row.icon or None,
                **said.must(("name", "slug", "description")),
                "services": _codes(row.services.filter(live=True)),
                **said.left_out(),
            }
        )
    return found


def article_entries(only: Collection[str] | None = None) -> Iterator[Entry]:
    """Published answers, of these codes where some are named; the people who answer for them stay at home."""
    found = Article.objects.filter(live=True)
    for row in (found if only is None else found.filter(code__in=only)).select_related("office").order_by("code"):
        said = Said(row)
        yield {
            "code": row.code,
            **said.must(articles.TEXTS),
            **said.texts(articles.TEXTS_OR_NOTHING),
            "topics": _codes(row.topics.filter(live=True)),
            "services": _codes(row.services.filter(live=True)),
            "institutions": _codes(row.institutions.filter(live=True)),
            "audience": row.audience,
            "office": row.office.code if row.office else None,
            "citations": [
                {"act": one.act.code, "part": one.part} for one in row.citations.select_related("act").order_by("pk")
            ],
            "is_sensitive": row.is_sensitive,
            "review_on": row.review_on,
            **_sourced(row),
            **({"written_in": row.source_language} if row.source_language != "lt" else {}),
            **said.left_out(),
        }


def charter_entry(row: Charter) -> Entry:
    said = Said(row)
    lines: dict[str, list[Entry]] = defaultdict(list)
    for line in CharterLine.objects.filter(charter=row).order_by("order", "pk"):
        name, entry = _line(line)
        lines[name].append(entry)
    return {
        "version": row.code,
        **said.must(charter.TEXTS),
        "proposal": row.is_proposal,
        "in_force_from": row.in_force_from,
        "in_force_until": row.in_force_until,
        "sources": row.sources,
        **{name: lines[name] for name in charter.LISTS},
        **said.left_out(),
    }


def _line(line: CharterLine) -> tuple[str, Entry]:
    said = Said(line)
    text = said.text("text")
    if line.kind in {LineKind.PRINCIPLE, LineKind.VALUE}:
        entry = {"code": line.code, "proposal": line.is_proposal, "text": text, "explanation": said.text("explanation")}
        entry |= said.left_out()
        return ("principles" if line.kind == LineKind.PRINCIPLE else "values"), entry
    if line.kind == LineKind.AREA:
        description = said.text("explanation")
        renamed = {"text": "name", "explanation": "description"}
        parts = [one.partition(".") for one in said.untranslated]
        left_out = [f"{renamed.get(field, field)}{sign}{language}" for field, sign, language in parts]
        entry = {"code": line.code, "name": text, "description": description}
        return "areas", entry | ({"untranslated": left_out} if left_out else {})
    return ("duties" if line.kind == LineKind.DUTY else "redress"), {"text": text, **said.left_out()}


def commitment_list(of: Charter) -> list[Entry]:
    found = []
    for row in Commitment.objects.filter(charter=of).order_by("order", "code").prefetch_related("standards"):
        standard = next((one for one in row.standards.all() if one.live), None)
        if standard is None:
            continue
        said, measured = Said(row), Said(standard)
        found.append(
            {
                "code": row.code,
                "area": row.area,
                "proposal": row.is_proposal,
                "text": said.text("text"),
                "standard": {
                    "code": standard.code,
                    **measured.must(("name", "method", "sentence")),
                    **{name: getattr(standard, name) for name in commitments.CHOICES},
                    **{name: _number(getattr(standard, name)) for name in ("promised_value", "legal_value", "target")},
                    **({"legal_pauses": True} if standard.legal_pauses else {}),
                    **measured.left_out(),
                },
                **said.left_out(),
            }
        )
    return found


def _number(value: Any) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == int(value) else float(value)


def amount_list() -> list[Entry]:
    found: dict[str, Entry] = {}
    for row in BaseAmount.objects.order_by("code", "year"):
        entry = found.setdefault(row.code, {"code": row.code, **_texts_of(row, "name"), "years": {}})
        entry["years"][row.year] = _number(row.amount)
    return list(found.values())


def calendar_entry() -> Entry:
    hours = list(WorkingHours.objects.order_by("weekday", "opens"))
    return {
        "is_demonstration": any(row.is_demo for row in hours),
        "working_hours": [
            {"weekday": row.weekday, "opens": f"{row.opens:%H:%M}", "closes": f"{row.closes:%H:%M}"} for row in hours
        ],
        "holidays": [{"date": row.date, **_texts_of(row, "name")} for row in Holiday.objects.order_by("date")],
    }


def words_entry() -> Entry:
    crisis: dict[str, list[str]] = {code: [] for code in LANGUAGES}
    for language, text in CrisisWord.objects.order_by("language", "text").values_list("language", "text"):
        crisis[language].append(text)
    synonyms = Synonym.objects.filter(is_active=True).order_by("pk").values_list("terms", flat=True)
    return {"synonyms": list(synonyms), "crisis": {code: texts for code, texts in crisis.items() if texts}}


def quick_reply_list() -> list[Entry]:
    rows = QuickReply.objects.filter(owner=None).select_related("topic").order_by("order", "code")
    return [
        {"code": row.code, "topic": row.topic.code if row.topic else None, "text": Said(row).text("text")}
        for row in rows
        if all(getattr(row, column("text", code)) for code in LANGUAGES)
    ]


def instrument_file() -> Entry | None:
    """What residents may answer now, spelt out."""
    rows = Version.objects.filter(state=State.PUBLISHED).select_related("instrument")
    found = [
        {
            "code": row.instrument.code,
            "purpose": row.instrument.purpose,
            "order": row.instrument.order,
            "icon": row.instrument.icon,
            "topics": row.instrument.topics,
            "is_sensitive": row.instrument.is_sensitive,
            **row.document,
        }
        for row in rows.order_by("instrument__purpose", "instrument__order", "instrument__code")
    ]
    return {"instruments": found} if found else None


def fact_list() -> list[Entry]:
    found = []
    for row in Fact.objects.order_by("code"):
        said = Said(row)
        found.append(
            {"code": row.code, "kind": row.kind, "value": said.text("value"), **_sourced(row), **said.left_out()}
        )
    return found


def act_list() -> list[Entry]:
    found = []
    for row in LegalAct.objects.order_by("code"):
        said = Said(row)
        found.append(
            {
                "code": row.code,
                "title": said.text("title"),
                "number": row.number or None,
                "url": row.url or None,
                "edition_on": row.edition_on,
                "services": _codes(row.services.filter(live=True)),
                "standards": _codes(row.standards.filter(live=True)),
                **said.left_out(),
            }
        )
    return found


def municipality_entry(row: Municipality) -> Entry:
    said = Said(row)
    texts = said.must(("name", "department", "short_name"))
    return {
        "name": texts["name"],
        "as_of": row.facts_as_of,
        "demonstration": row.is_demonstration,
        "municipality": {
            **texts,
            "address": row.address or None,
            "website": row.website or None,
            "phone_institution": row.phone_institution.code if row.phone_institution else None,
            **said.left_out(),
        },
    }
