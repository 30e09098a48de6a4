"""The pages around a body: what the script finds there, and what may not stand in them."""

from __future__ import annotations

import html
import json
import re

import pytest
from django.template.loader import render_to_string

from lpcontext.panel.panel_page import PanelPage
from lpcontext.panel.wording.refusal import Refusal
from lpcontext.panel.wording.states import list_state_words
from lpcontext.subjects import State


def show(page: PanelPage) -> str:
    return render_to_string(page.template, {"page": page})


def attribute(markup: str, name: str) -> str:
    found = re.search(rf"{name}=(?:\"([^\"]*)\"|'([^']*)')", markup)
    assert found
    return html.unescape(found[1] if found[1] is not None else found[2])


def test_a_panel_tells_its_script_everything_in_attributes() -> None:
    page = PanelPage(
        token="tok-en_1",
        state=State.DELAYED,
        as_of="2026-11-23T10:00:00.000Z",
        next_ms=5000,
        reload_path="/panel/acme/",
        opened_at="2026-11-23T09:59:00.000Z",
    )
    main = show(page).split("<main", 1)[1].split(">", 1)[0] + ">"

    assert attribute(main, "id") == "panel"
    assert attribute(main, "data-state") == "delayed"
    assert attribute(main, "data-subject") == "visit"
    assert attribute(main, "data-next") == "5000"
    assert attribute(main, "data-reload") == "/panel/acme/"
    assert json.loads(attribute(main, "hx-headers")) == {"X-LPContext-Panel": "tok-en_1"}
    assert json.loads(attribute(main, "data-words"))["delayed"][0] == "Delayed"


def test_a_panel_that_is_over_has_no_next_tick() -> None:
    assert 'data-next=""' in show(PanelPage(token="t", state=State.ENDED, next_ms=None))


def test_a_first_tick_at_once_is_not_mistaken_for_none() -> None:
    assert 'data-next="0"' in show(PanelPage(next_ms=0))


def test_the_title_names_nobody() -> None:
    assert "<title>Live context</title>" in show(PanelPage(body_html="John Doe"))


@pytest.mark.parametrize(
    "template",
    [
        "pages/panel.html",
        "launch/refused.html",
        "launch/opening_form.html",
        "404.html",
        "500.html",
        "registration/login.html",
    ],
)
def test_no_page_has_script_or_style_in_it(template: str) -> None:
    shown = render_to_string(template, {"page": PanelPage(token="t"), "refusal": Refusal.of("over")})

    assert not re.search(r"<script(?![^>]* src=)|<style|\sstyle=|\son[a-z]+=", shown)
    assert not re.search(r"(?:src|href)=\"(?:https?:)?//", shown)


def test_htmx_evaluates_nothing_keeps_no_history_and_swaps_no_error() -> None:
    config = re.search(r"name=\"htmx-config\"\s+content='([^']*)'", show(PanelPage()))

    assert config
    settings = json.loads(config[1])
    assert settings["allowEval"] is settings["historyEnabled"] is settings["includeIndicatorStyles"] is False
    assert settings["selfRequestsOnly"] is True
    assert [rule["swap"] for rule in settings["responseHandling"]] == [False, True, False]


def test_the_script_has_words_for_every_state() -> None:
    words_of = json.loads(PanelPage().words_json)

    assert set(words_of) == set(list_state_words())
    assert all(len(words) == 3 for words in words_of.values())


@pytest.mark.parametrize("reason", ["forged", "over", "spent", "ended", "method", "ids", "account", "something else"])
def test_a_refusal_says_what_to_do_next(reason: str) -> None:
    refusal = Refusal.of(reason)
    shown = html.unescape(render_to_string(refusal.template, {"refusal": refusal}))

    assert refusal.title in shown
    assert refusal.sentence in shown
    assert refusal.advice in shown


@pytest.mark.parametrize("template", ["400.html", "403.html", "403_csrf.html", "404.html", "500.html"])
def test_error_pages_need_nothing_to_be_shown(template: str) -> None:
    assert "<h1>" in render_to_string(template)
