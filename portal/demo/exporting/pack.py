"""A whole pack written into a folder: all files or none."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from charter.models import Charter, Municipality
from portal.core import clock
from portal.demo import surveys
from portal.demo.exporting import entries, pages
from portal.demo.exporting.texts import write

Progress = Callable[[list[str]], Iterable[str]]


class NotEmpty(ValueError):
    """Something lies in the folder already: nothing is overwritten silently."""


def export(folder: Path, progress: Progress = lambda each: each) -> int:
    """Write everything public as a pack; returns the number of files. Raises NotEmpty.

    It is written beside the folder first, so that a pack is whole or not there.
    """
    if folder.exists() and any(folder.iterdir()):
        raise NotEmpty(str(folder))
    beside = folder.with_name(f".{folder.name}-being-written")
    shutil.rmtree(beside, ignore_errors=True)
    parts = _parts()
    count = 0
    try:
        for name in progress(list(parts)):
            for file, data in parts[name]():
                if data:
                    write(beside / file, data)
                    count += 1
        if folder.exists():
            folder.rmdir()
        beside.rename(folder)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return count


def _parts() -> dict[str, Callable[[], Iterable[tuple[str, Any]]]]:
    """Files by part, each made when its turn comes."""
    city = Municipality.objects.select_related("phone_institution").first()
    today = clock.today()
    charter = (
        Charter.objects.filter(live=True, in_force_from__lte=today).order_by("-in_force_from").first()
        or Charter.objects.filter(live=True).first()
    )
    return {
        "pack": lambda: [("pack.yaml", entries.municipality_entry(city) if city else None)],
        "institutions": lambda: [("institutions.yaml", entries.institution_list())],
        "services": lambda: [(f"services/{one['code']}.yaml", one) for one in entries.service_entries()],
        "request_forms": lambda: [("request_forms.yaml", entries.request_form_list())],
        "topics": lambda: [("topics.yaml", entries.topic_list())],
        "articles": lambda: [(f"articles/{one['code']}.yaml", one) for one in entries.article_entries()],
        "charter": lambda: [("charter.yaml", entries.charter_entry(charter) if charter else None)],
        "commitments": lambda: [("commitments.yaml", entries.commitment_list(charter) if charter else None)],
        "base_amounts": lambda: [("base_amounts.yaml", entries.amount_list())],
        "calendar": lambda: [("calendar.yaml", entries.calendar_entry())],
        "words": lambda: [("words.yaml", entries.words_entry())],
        "facts": lambda: [("facts.yaml", entries.fact_list())],
        "legal_acts": lambda: [("legal_acts.yaml", entries.act_list())],
        "pages": lambda: [("pages.yaml", pages.page_entry(city)), ("easy.yaml", pages.easy_list())],
        "instruments": lambda: [("instruments.yaml", entries.instrument_file())],
        "surveys": lambda: [(surveys.FILE, surveys.survey_list())],
        "quick_replies": lambda: [("quick_replies.yaml", entries.quick_reply_list())],
    }
