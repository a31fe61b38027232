"""A small city with one of everything, so that a page has everything to show."""

from __future__ import annotations

import datetime as dt

from charter.models import BaseAmount, Service
from tests.factories import answers as kb
from tests.factories import charter as make

YEAR = 2026


def furnished() -> Service:
    """A service with a provider, promises, similar services, answers, topics, sums and links."""
    office = make.institution(does_lt='<p><a href="service:pagalba">Pagalba</a></p>')
    make.municipality()
    BaseAmount.objects.create(code="VRP", name_lt="VRP", year=YEAR, amount=233)
    decided = make.standard()
    content = make.standard("S13", commitment=make.commitment("C13", text_lt="Patenkinti", text_en="Content"))
    for standard in (decided, content):
        make.measured(standard, 90, 100)
        make.measured(standard, 80, 100, period_start=dt.date(YEAR, 4, 1))
        make.measured(standard, 45, 50, institution=office)
    other = make.service("integrali", name_lt="Integrali pagalba", name_en="Integrated help")
    service = make.service(
        provider=office,
        commitments=[decided.commitment, content.commitment],
        who_lt='<p>Žr. <a href="service:integrali">čia</a> ir <a href="institution:kspc">centre</a>.</p>',
        who_en='<p>See <a href="service:integrali">here</a> and <a href="article:A-001">this</a>.</p>',
        price_headline_lt="Nemokamai iki {{2.5 VRP}}",
        price_headline_en="Free up to {{2.5 VRP}}",
        price_en="<p>Ring {{phone:kspc}}.</p>",
        steps_en="First.\nThen.",
        unconfirmed=["term"],
        checked_on=dt.date(YEAR, 11, 22),
    )
    service.differences.create(other=other, difference_lt="Kitaip", difference_en="Otherwise")
    service.save()
    article = kb.article(services=[service], institutions=[office], body_en='<p><a href="service:pagalba">x</a></p>')
    kb.article("A-002", services=[service], topics=[])
    topic = kb.topic(services=[service, other])
    article.topics.set([topic])
    article.save()
    return service
