"""The editors' screens: they open for those whose work it is, say what is wrong, and do what they say."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from kb import remarks
from kb.models import Article, Fact, LegalAct, Remark, Review, ReviewCause
from kb.reviews import open_reviews
from tests.factories.charter import institution
from tests.factories.kb import article, indexed
from tests.kb.cms.editing import posted
from tests.people import bob, carol, staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor() -> Client:
    client = Client()
    client.force_login(carol())
    return client


@pytest.fixture
def translator() -> Client:
    client = Client()
    client.force_login(staff("Tania", "translator"))
    return client


def remark(**fields: str) -> Remark:
    given = {"language": "lt", "passage": "Pateikite", "text": "Netiesa", **fields}
    return remarks.give(article(), key=uuid.uuid4(), **given)[0]


def screens() -> dict[str, bool]:
    """Every screen by address, and whether translators enter it too."""
    one = remark()
    answer, act, fact = (
        one.article,
        LegalAct.objects.create(code="x", title="X"),
        Fact.objects.create(code="y", value="Y"),
    )
    return {
        reverse("knowledge:gaps"): False,
        reverse("knowledge:new") + "?q=kompensacija&language=lt": False,
        reverse("knowledge:near") + "?q=kompensacija": False,
        reverse("knowledge:article", args=[answer.pk]): True,
        reverse("knowledge:article_face", args=[answer.pk, "lt", "desk"]): True,
        reverse("knowledge:translations"): True,
        reverse("knowledge:translation", args=["kb.article", answer.pk, "ru"]): True,
        reverse("knowledge:take_out", args=["ru"]): True,
        reverse("knowledge:bring_in", args=["ru"]): True,
        reverse("knowledge:reviews"): True,
        reverse("knowledge:uses") + "?what=fact:y": True,
        reverse("knowledge:links"): False,
        reverse("knowledge:remarks"): False,
        reverse("knowledge:remark", args=[one.pk]): False,
        f"/cms/snippets/kb/legalact/edit/{act.pk}/": False,
        f"/cms/snippets/kb/fact/edit/{fact.pk}/": False,
        f"/cms/snippets/kb/article/edit/{answer.pk}/": True,
    }


def test_screens_open_for_those_whose_work_it_is_and_for_nobody_else(editor: Client, translator: Client) -> None:
    consultant, stranger = Client(), Client()
    consultant.force_login(bob())
    for path, is_for_translators in screens().items():
        assert editor.get(path).status_code == 200, path
        assert (translator.get(path).status_code == 200) == is_for_translators, path
        assert consultant.get(path).status_code in {302, 403}, path
        assert stranger.get(path).status_code == 302, path


def test_while_a_question_is_typed_what_comes_near_is_shown(editor: Client) -> None:
    article()
    indexed()
    answer = editor.get("/cms/knowledge/near/?q=šildymo kompensacijos&language=lt").json()
    assert [one["code"] for one in answer["answers"]] == ["A-001"]
    assert editor.get("/cms/knowledge/near/?q=šildymo&besides=A-001").json()["answers"] == []


def test_a_new_question_is_brought_along(editor: Client) -> None:
    assert "Kaip gauti?" in editor.get("/cms/snippets/kb/article/add/?title_lt=Kaip gauti?").content.decode()


def test_an_article_is_moved_checked_and_merged_from_its_record(editor: Client) -> None:
    first, second = article(), article("A-002")
    editor.post(f"/cms/knowledge/articles/{first.pk}/move/", {"to": "outdated"})
    first.refresh_from_db()
    assert first.state == "outdated"
    editor.post(f"/cms/knowledge/articles/{first.pk}/checked/")
    first.refresh_from_db()
    assert (first.state, first.checked_on is not None) == ("published", True)
    assert editor.post(f"/cms/knowledge/articles/{first.pk}/merge/", {"into": "x"}).status_code == 302
    editor.post(f"/cms/knowledge/articles/{first.pk}/merge/", {"into": str(second.pk)})
    first.refresh_from_db()
    assert first.merged_into == second


@pytest.mark.parametrize(("face", "shown", "hidden"), [("desk", "NOTE", "ALOUD"), ("phone", "ALOUD", "NOTE")])
def test_one_record_has_three_faces(editor: Client, face: str, shown: str, hidden: str) -> None:
    answer = article(internal_note_lt="<p>NOTE</p>", phone_form_lt="ALOUD")
    text = editor.get(f"/cms/knowledge/articles/{answer.pk}/preview/lt/{face}/").content.decode()
    assert shown in text
    assert hidden not in text
    public = editor.get(f"/cms/knowledge/articles/{answer.pk}/preview/lt/resident/").content.decode()
    assert "NOTE" not in public
    assert "ALOUD" not in public


def test_a_translator_sees_what_changed_and_completes_it(translator: Client) -> None:
    answer = article()
    answer.short_answer_lt = "Pateikite prašymą internetu."
    answer.save()
    path = f"/cms/knowledge/translations/kb.article/{answer.pk}/ru/"
    assert "<ins> internetu</ins>" in translator.get(path).content.decode()
    texts = {"title": "Как?", "short_answer": "Через интернет.", "slug": "kak", "complete": "1"}
    assert translator.post(path, texts).status_code == 302
    kept = Article.objects.get()
    assert (kept.short_answer_ru, kept.translation_state("ru")) == ("Через интернет.", "current")


def test_what_is_kept_for_later_is_not_shown_to_readers(translator: Client) -> None:
    answer = article(languages=())
    path = f"/cms/knowledge/translations/kb.article/{answer.pk}/ru/"
    translator.post(path, {"title": "Как?"})
    kept = Article.objects.get()
    assert (kept.title_ru, kept.translation_state("ru")) == ("Как?", "missing")


def test_an_incomplete_translation_is_refused_with_reasons(translator: Client) -> None:
    answer = article(languages=())
    path = f"/cms/knowledge/translations/kb.article/{answer.pk}/ru/"
    response = translator.post(path, {"title": "Как?", "complete": "1"})
    assert response.status_code == 422
    assert "The text is missing." in response.content.decode()


def test_a_small_correction_leaves_translations_current(editor: Client) -> None:
    answer = article()
    answer.save_revision().publish()
    for is_small, state in ((True, "current"), (False, "outdated")):
        data = posted(editor, answer) | {"title_lt": f"Kaip gauti? {is_small}", "action-publish": "1"}
        data |= {"is_small_correction": "on"} if is_small else {}
        response = editor.post(f"/cms/snippets/kb/article/edit/{answer.pk}/", data)
        assert response.status_code == 302, response.context["form"].errors
        assert Article.objects.get().translation_state("ru") == state


def test_a_review_is_done_from_the_list(editor: Client) -> None:
    open_reviews(article(languages=()), cause=ReviewCause.FACT, what="x")
    editor.post(f"/cms/knowledge/reviews/{Review.objects.get().pk}/done/")
    assert Review.objects.get().done_by == carol()


def test_a_months_checks_are_listed(editor: Client) -> None:
    article(review_on=dt.date(2031, 5, 5))
    assert "A-001" in editor.get("/cms/knowledge/reviews/?month=2031-05").content.decode()
    assert "A-001" not in editor.get("/cms/knowledge/reviews/?month=2031-06").content.decode()
    assert editor.get("/cms/knowledge/reviews/?month=x").status_code == 200


def test_a_remark_is_answered_and_the_reader_is_told(editor: Client, django_capture_on_commit_callbacks: Any) -> None:
    one = remark(contact="alice@example.org")
    path = f"/cms/knowledge/remarks/{one.pk}/"
    editor.post(path, {"take": "1"})
    assert editor.post(path, {"state": "changed", "answer": ""}).status_code == 422
    with django_capture_on_commit_callbacks(execute=True):
        editor.post(path, {"state": "changed", "answer": "Ačiū, pataisėme."})
    one.refresh_from_db()
    assert (one.state, one.answered_by, one.contact) == ("changed", carol(), "")
    assert mail.outbox[0].to == ["alice@example.org"]
    assert "Ačiū, pataisėme." in mail.outbox[0].body


def test_a_remark_that_may_be_right_sends_the_article_to_review(editor: Client) -> None:
    one = remark()
    editor.post(f"/cms/knowledge/remarks/{one.pk}/", {"doubt": "1"})
    one.article.refresh_from_db()
    assert one.article.state == "outdated"
    assert Review.objects.filter(cause="remark", language="").exists()


def test_before_a_phone_is_changed_its_texts_are_listed(editor: Client) -> None:
    institution()
    article(body_lt="<p>{{phone:kspc}}</p>")
    assert "A-001" in editor.get("/cms/knowledge/uses/?what=phone:kspc").content.decode()
    assert "No text shows it." in editor.get("/cms/knowledge/uses/?what=base:VRP").content.decode()
    assert editor.get("/cms/knowledge/uses/?what=nonsense").status_code == 200


def test_links_that_lead_nowhere_are_named(editor: Client) -> None:
    article(body_lt='<p><a href="article:A-999">x</a> <a href="/lt/nera/">y</a> {{fact:nera}} {{phone:kas}}</p>')
    text = editor.get("/cms/knowledge/links/").content.decode()
    for target in ("article:A-999", "/lt/nera/", "{{fact:nera}}", "{{phone:kas}}"):
        assert target in text
