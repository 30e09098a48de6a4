"""The look-up form: a whole page, a part for htmx that swaps itself, and a redirect that either follows."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from pytest_django import Settings

from lpcontext.accounts.models import Account

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("memory")]
ACCOUNT = "71820394"
VISIT = {"account": ACCOUNT, "visitor_id": "QzZDNhYTViMjA1OTJjN2Y5", "session_id": "ttJpjOmRQ0adbOusBi5UlA"}
PANEL = "/visits/71820394/QzZDNhYTViMjA1OTJjN2Y5/?sid=ttJpjOmRQ0adbOusBi5UlA"
WRONG = {"account": ACCOUNT, "chat_id": "1215602164887992"}


@pytest.fixture
def agent() -> Client:
    """A browser of somebody who may look."""
    Account.objects.create(id=ACCOUNT)
    user = User.objects.create_user("ann")
    user.user_permissions.add(Permission.objects.get(codename="look_at_visits"))
    browser = Client()
    browser.force_login(user)
    return browser


def post(browser: Client, ids: dict[str, str], **headers: str) -> Any:
    return browser.post("/", ids, headers={"host": "localhost", **headers})


def post_by_htmx(browser: Client, ids: dict[str, str]) -> Any:
    return post(browser, ids, **{"HX-Request": "true"})


def read_errors(html: str) -> list[tuple[str, str]]:
    return re.findall(r'<p class="error" id="(\w+)">([^<]+)</p>', html)


def test_it_is_a_page_and_varies_by_who_asks(agent: Client) -> None:
    page = agent.get("/", headers={"host": "localhost"})

    assert page.status_code == 200
    assert page.text.lstrip().startswith("<!DOCTYPE html>")
    assert "HX-Request" in page["Vary"]


def test_to_htmx_it_is_the_form_alone(agent: Client) -> None:
    page = agent.get("/", headers={"host": "localhost"}).text
    part = agent.get("/", headers={"host": "localhost", "HX-Request": "true"})

    assert part.text.startswith("<form")
    assert part.text.rstrip().endswith("</form>")
    assert "<html" not in part.text
    assert "HX-Request" in part["Vary"]
    assert re.findall(r"<form[^>]*novalidate[^>]*>", page) == re.findall(r"<form[^>]*>", part.text)


def test_what_is_wrong_is_said_in_the_same_words_whole_and_in_part(agent: Client) -> None:
    page, part = post(agent, WRONG), post_by_htmx(agent, WRONG)

    assert (page.status_code, part.status_code) == (400, 422)
    assert page.text.lstrip().startswith("<!DOCTYPE html>")
    assert part.text.startswith("<form")
    assert [name for name, _ in read_errors(part.text)] == ["id_chat_id_error"]
    assert read_errors(page.text) == read_errors(part.text)
    assert "no-store" in part["Cache-Control"]


def test_htmx_is_asked_to_swap_what_is_wrong_and_to_show_every_other_error(agent: Client) -> None:
    page = agent.get("/", headers={"host": "localhost"}).text
    rules = re.findall(r'\{"code":"([^"]+)","swap":(\w+)', page)

    assert [swap for code, swap in rules if re.fullmatch(code, "422")][:1] == ["true"]
    assert [code for code, _ in rules if re.fullmatch(code, "403")] == ["[45].."]
    assert '"allowEval":false' in page


def test_ids_that_name_a_visit_lead_to_its_panel_with_script_and_without(agent: Client) -> None:
    page, part = post(agent, VISIT), post_by_htmx(agent, VISIT)

    assert (page.status_code, page["Location"]) == (302, PANEL)
    assert (part.status_code, part["HX-Redirect"], part.text) == (200, PANEL, "")
    assert "Location" not in part
    assert "HX-Request" in page["Vary"]
    assert "HX-Request" in part["Vary"]


def test_whoever_is_signed_out_meanwhile_is_sent_to_sign_in_by_htmx_too() -> None:
    browser = Client()
    page, part = post(browser, VISIT), post_by_htmx(browser, VISIT)

    assert (page.status_code, page["Location"]) == (302, "/login/")
    assert (part.status_code, part["HX-Redirect"], part.text) == (200, "/login/", "")
    assert "HX-Request" in part["Vary"]


@pytest.mark.parametrize("is_debug", [True, False])
def test_htmx_shows_djangos_own_error_pages_in_debug_alone(agent: Client, settings: Settings, is_debug: bool) -> None:
    settings.DEBUG = is_debug
    page = agent.get("/", headers={"host": "localhost"})

    assert ("django_htmx/django-htmx.js" in page.text) is is_debug
    assert "'unsafe" not in page["Content-Security-Policy"]
    assert not re.search(r"<script(?![^>]* src=)", page.text)
