"""Who gets which post: by a head, within reach, never one's own."""

from collections.abc import Callable

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from portal.core.models import AuditEntry, User
from portal.registry import appointing
from portal.registry.models import Post, PostRole, Recipient
from portal.registry.posts import post_of
from portal.registry.refusals import Refused
from tests.portal.registry.conftest import CENTRE, post

pytestmark = pytest.mark.django_db
At = Callable[[Post], Client]


@pytest.fixture
def dan(db: None) -> User:
    return User.objects.create(username="dan", display_name="Dan")


def test_a_head_gives_a_post_in_the_own_department(hanna: Post, dan: User) -> None:
    given = appointing.appoint("Dan", role=PostRole.CLERK, department=CENTRE, by=hanna)
    assert (given.role, given.department) == (PostRole.CLERK, CENTRE)
    assert AuditEntry.objects.filter(action="registry.post_given", actor=hanna.user).exists()


def test_nobody_reaches_beyond_the_department_or_to_themselves(hanna: Post, dan: User) -> None:
    post("Elena", PostRole.HEAD, "Kitas")
    for name, department, why in (
        ("dan", "", "another_department"),
        ("dan", "Kitas", "another_department"),
        ("elena", CENTRE, "another_department"),
        ("hanna", CENTRE, "ones_own_post"),
        ("nobody", CENTRE, "nobody_of_that_name"),
    ):
        with pytest.raises(Refused, match=why):
            appointing.appoint(name, role=PostRole.HEAD, department=department, by=hanna)
    with pytest.raises(Refused, match="no_such_role"):
        appointing.appoint("dan", role="king", department=CENTRE, by=hanna)


def test_a_head_of_the_whole_registry_gives_any_post(dan: User) -> None:
    chief = post("Chief", PostRole.HEAD, "")
    assert appointing.appoint("dan", role=PostRole.OFFICER, department="", by=chief).department == ""


def test_the_page_gives_and_takes_posts(at: At, hanna: Post, dan: User) -> None:
    page = "/en/registry/posts/"
    assert "open recipients and cases" in at(hanna).get(page).content.decode()
    at(hanna).post(page, {"username": "dan", "role": "assessor"})
    given = post_of(dan)
    assert given is not None
    assert (given.role, given.department) == ("assessor", CENTRE)
    at(hanna).post(f"{page}{given.pk}/dismiss/")
    assert post_of(dan) is None
    at(hanna).post(f"{page}{hanna.pk}/dismiss/")
    assert post_of(hanna.user) is not None
    wrong = at(hanna).post(page, {"username": "nobody", "role": "clerk"}).content.decode()
    assert "Nobody signs in with that name." in wrong


def test_only_a_head_opens_the_page(at: At, daiva: Post, clara: Post, otto: Post) -> None:
    for one in (daiva, clara, otto):
        assert at(one).get("/en/registry/posts/").status_code == 403


def test_another_departments_post_is_not_there(at: At, hanna: Post) -> None:
    elena = post("Elena", PostRole.HEAD, "Kitas")
    assert at(hanna).post(f"/en/registry/posts/{elena.pk}/dismiss/").status_code == 404


def test_the_people_of_who_left_stay(hanna: Post, daiva: Post) -> None:
    alice = Recipient.objects.create(name="Alice", department=CENTRE, worker=daiva)
    appointing.dismiss(daiva, by=hanna)
    alice.refresh_from_db()
    assert alice.worker is None


def test_the_first_head_comes_by_command(dan: User) -> None:
    call_command("registry_post", "dan", "head", department=CENTRE, verbosity=0)
    given = post_of(dan)
    assert given is not None
    assert given.role == PostRole.HEAD
    with pytest.raises(CommandError):
        call_command("registry_post", "nobody", "head")
