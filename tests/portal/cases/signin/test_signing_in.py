"""A resident signs in at an identity provider – a real one, on this machine – and sees all their cases."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.test import Client

from portal.cases import mandates, people
from portal.cases.mandates import Behalf
from portal.cases.models import CaseLink, Mandate
from portal.cases.registries.facts import Applicant
from portal.cases.signin import session
from portal.cases.signin.development import PEOPLE, DevelopmentProvider
from portal.core.grants import Grant
from tests.portal.cases.conftest import Register
from tests.portal.cases.moody import MoodyRegistry
from tests.portal.cases.test_requesting import post, said

pytestmark = pytest.mark.django_db
ORIGIN: dict[str, Any] = {"HTTP_SEC_FETCH_SITE": "same-origin"}
ALL = "/en/case/all/"
VALENTINA, JONAS = PEOPLE


@pytest.fixture
def provider(settings: Any) -> Iterator[DevelopmentProvider]:
    made = DevelopmentProvider()
    made.start()
    settings.OIDC = {
        "issuer": made.issuer,
        "client_id": "parama",
        "secret": "",
        "scope": "openid profile",
        "claims": {"personal_code": "code", "given_name": "given", "family_name": "family", "acr": "level"},
        "levels": [],
    }
    yield made
    made.stop()


def asked(client: Client) -> str:
    """Where the browser is sent to sign in."""
    response = client.get("/en/case/sign-in/")
    assert response.status_code == 302
    return response["Location"]


def chosen(place: str, number: int = 0) -> str:
    """Where the provider sends the browser back to, once somebody is chosen there; the last choice is to cancel."""
    links = re.findall(r'href="([^"]+)"', httpx.get(place).text)
    back = urlsplit(links[number].replace("&amp;", "&"))
    return f"{back.path}?{back.query}"


def signed_in(client: Client, number: int = 0) -> Client:
    assert client.get(chosen(asked(client), number))["Location"] == ALL
    return client


def page(client: Client) -> str:
    response = client.get(ALL)
    assert response.status_code == 200
    assert response["Cache-Control"] == "no-store"
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def told(response: Any) -> str:
    return str(response.content.decode())


def test_all_ones_cases_are_there_and_nobody_elses(
    provider: DevelopmentProvider, registry: MoodyRegistry, register: Register
) -> None:
    for _time in range(2):
        register(person=Applicant("Valentina", identifier=VALENTINA))
    register(person=Applicant("Jonas", identifier=JONAS))
    valentina, jonas = signed_in(Client()), signed_in(Client(), 1)
    assert "D-0001" in page(valentina)
    assert "D-0002" in page(valentina)
    assert "D-0003" not in page(valentina)
    assert "D-0003" in page(jonas)
    foreign = CaseLink.objects.get(number="D-0003").public_id
    assert valentina.post(f"{ALL}{foreign}/", **ORIGIN).status_code == 404
    own = CaseLink.objects.get(number="D-0001").public_id
    assert valentina.post(f"{ALL}{own}/", **ORIGIN)["Location"] == "/en/case/mine/"
    assert "D-0001" in valentina.get("/en/case/mine/").content.decode()


def _counted(method: Any, calls: list[str]) -> Any:
    def counted(*args: Any, **more: Any) -> Any:
        calls.append(method.__name__)
        return method(*args, **more)

    return counted


def test_the_list_takes_one_call_however_many_cases(
    provider: DevelopmentProvider, registry: MoodyRegistry, register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _time in range(5):
        register(person=Applicant("Valentina", identifier=VALENTINA))
    calls: list[str] = []
    for name in ("cases_of", "get_case", "documents", "contacts"):
        monkeypatch.setattr(type(registry), name, _counted(getattr(type(registry), name), calls))
    page(signed_in(Client()))
    assert calls == ["cases_of"]


@pytest.mark.parametrize("mood", ["down", "html", "foreign"])
def test_whatever_the_registry_does_the_cases_we_know_are_listed(
    provider: DevelopmentProvider, registry: MoodyRegistry, register: Register, mood: str
) -> None:
    register(person=Applicant("Valentina", identifier=VALENTINA))
    valentina = signed_in(Client())
    registry.mood = mood
    shown = page(valentina)
    assert "D-0001" in shown
    assert "others may be missing" in shown


def test_a_helper_who_is_signed_in_sees_the_case_until_the_mandate_ends(
    provider: DevelopmentProvider, registry: MoodyRegistry, register: Register
) -> None:
    link = CaseLink.objects.get(reference=register().reference)
    jonas = signed_in(Client(), 1)
    who = people.link_of(Applicant("Jonas", identifier=JONAS))
    made = mandates.of_request(link, Behalf("Jonas", "child", "notary", None))
    mandates.belongs_to(made, who)
    assert "D-0001" in page(jonas)
    assert jonas.post(f"{ALL}{link.public_id}/", **ORIGIN).status_code == 302
    mandates.end(Mandate.objects.get(), by="resident")
    assert "D-0001" not in page(jonas)
    assert jonas.post(f"{ALL}{link.public_id}/", **ORIGIN).status_code == 404


def test_who_is_signed_in_finds_what_they_ask_for(
    provider: DevelopmentProvider, registry: MoodyRegistry, town: None, django_capture_on_commit_callbacks: Any
) -> None:
    valentina = signed_in(Client())
    with django_capture_on_commit_callbacks(execute=True):
        post(valentina, said(send="1"))
    assert "D-0001" in page(valentina)


def test_a_resident_is_no_staff_user_and_signs_out(provider: DevelopmentProvider, db: None) -> None:
    valentina = signed_in(Client())
    assert not get_user_model().objects.exists()
    assert "sessionid" not in valentina.cookies
    assert VALENTINA not in str(valentina.cookies)
    valentina.post("/en/case/sign-out/", **ORIGIN)
    assert valentina.get(ALL)["Location"] == "/en/case/"


def leaving(client: Client) -> str:
    """Where the browser goes from the page that says it is signed out here."""
    answer = client.post("/en/case/sign-out/", **ORIGIN)
    assert answer.status_code == 200
    assert client.get(ALL)["Location"] == "/en/case/"  # here it is over, whatever the provider does
    place = answer["Refresh"].removeprefix("0;url=")
    assert place.replace("&", "&amp;") in answer.content.decode()
    return place


def test_who_signs_out_is_signed_out_at_the_provider_too(provider: DevelopmentProvider, db: None) -> None:
    valentina = signed_in(Client())
    back = urlsplit(httpx.get(leaving(valentina)).headers["location"])
    assert provider.left == 1
    assert valentina.get(f"{back.path}?{back.query}")["Location"] == "/en/case/?finished"


def test_coming_back_without_what_was_sent_along_says_nothing(provider: DevelopmentProvider, db: None) -> None:
    valentina = signed_in(Client())
    leaving(valentina)
    assert valentina.get("/en/case/signed-out/?state=other")["Location"] == "/en/case/"
    assert Client().get("/en/case/signed-out/")["Location"] == "/en/case/"


@pytest.mark.parametrize("trouble", ["away", "has no such place"])
def test_where_the_provider_cannot_do_it_it_is_over_here(
    provider: DevelopmentProvider, db: None, settings: Any, monkeypatch: pytest.MonkeyPatch, trouble: str
) -> None:
    valentina = signed_in(Client())
    if trouble == "away":
        settings.OIDC = settings.OIDC | {"issuer": "http://127.0.0.1:9"}
    else:
        told = provider.discovery()
        monkeypatch.setattr(provider, "discovery", lambda: told | {"end_session_endpoint": None})
    assert valentina.post("/en/case/sign-out/", **ORIGIN)["Location"] == "/en/case/?finished"
    assert valentina.get(ALL)["Location"] == "/en/case/"


def test_the_session_ends_by_itself(provider: DevelopmentProvider, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    valentina = signed_in(Client())
    monkeypatch.setattr(session, "SESSION", Grant("resident", -1))
    assert valentina.get(ALL)["Location"] == "/en/case/"


def test_the_browser_is_sent_with_a_challenge_and_the_verifier_stays_here(
    provider: DevelopmentProvider, db: None
) -> None:
    sent = parse_qs(urlsplit(asked(Client())).query)
    assert sent["code_challenge_method"] == ["S256"]
    assert len(sent["code_challenge"][0]) == 43
    assert sent["nonce"] != sent["state"]
    assert "code_verifier" not in sent


def test_who_cancels_is_told_that_nothing_happened(provider: DevelopmentProvider, db: None) -> None:
    client = Client()
    assert "You did not sign in." in told(client.get(chosen(asked(client), -1)))
    assert client.get(ALL)["Location"] == "/en/case/"


def test_another_browsers_answer_is_refused(provider: DevelopmentProvider, db: None) -> None:
    stolen, victim = chosen(asked(Client())), Client()
    asked(victim)
    answer = victim.get(stolen)
    assert answer.status_code == 400
    assert "was not begun in this browser" in told(answer)
    assert victim.get(ALL)["Location"] == "/en/case/"


def test_who_took_too_long_begins_again(provider: DevelopmentProvider, db: None) -> None:
    answer = Client().get(chosen(asked(Client())))
    assert answer.status_code == 400
    assert "took too long" in told(answer)


@pytest.mark.parametrize(
    "twist",
    [{"nonce": "other"}, {"aud": "other"}, {"iss": "https://other.example"}, {"exp": 1}, {"personal_code": ""}],
)
def test_a_token_that_is_not_ours_proves_nothing(
    provider: DevelopmentProvider, db: None, twist: dict[str, Any]
) -> None:
    provider.twist = twist
    client = Client()
    answer = client.get(chosen(asked(client)))
    assert answer.status_code == 400
    assert "could not make sure" in told(answer)


def test_a_token_signed_by_another_key_proves_nothing(provider: DevelopmentProvider, db: None) -> None:
    client = Client()
    back = chosen(asked(client))
    own, provider.key = provider.key, type(provider.key).generate_key(2048, {"kid": "development"})
    provider.keys = lambda: {"keys": [own.as_dict(private=False)]}  # type: ignore[method-assign]
    assert "could not make sure" in told(client.get(back))


def test_a_code_is_good_once(provider: DevelopmentProvider, db: None) -> None:
    client = Client()
    back = chosen(asked(client))
    attempt = client.cookies["signing-in"].value
    client.get(back)
    client.cookies["signing-in"] = attempt
    assert "does not answer just now" in told(client.get(back))


def test_a_weak_way_of_signing_in_is_not_enough(provider: DevelopmentProvider, db: None, settings: Any) -> None:
    settings.OIDC = settings.OIDC | {"levels": ["substantial"]}
    client = Client()
    assert "does not prove enough" in told(client.get(chosen(asked(client))))


def test_a_provider_that_is_down_is_said_and_the_receipt_offered(provider: DevelopmentProvider, settings: Any) -> None:
    settings.OIDC = settings.OIDC | {"issuer": "http://127.0.0.1:9"}
    html = told(Client().get("/en/case/sign-in/"))
    assert "does not answer just now" in html
    assert "Use my receipt" in html


def test_without_a_provider_there_is_no_signing_in(db: None) -> None:
    assert Client().get("/en/case/sign-in/").status_code == 404
    assert Client().get("/en/case/signed-in/?code=1").status_code == 404
    assert "Sign in with your bank" not in told(Client().get("/en/case/"))


def test_the_development_provider_refuses_to_run_in_production(settings: Any) -> None:
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="production"):
        call_command("development_identity")
