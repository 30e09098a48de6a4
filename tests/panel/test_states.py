"""Every state has words for somebody on the phone, and a body that is calm about it."""

from __future__ import annotations

import re

import pytest

from lpcontext.panel import state_words
from lpcontext.panel.contexts import all_state_words
from tests.panel.looks import AT_MS, documented_visit, look, sections, text_of

DESIGNED = [
    "live",
    "delayed",
    "cached",
    "upstream-down",
    "not-found",
    "ended",
    "wrong-visitor",
    "wrong-session",
    "bad-request",
    "wrong-account",
    "unauthorized",
    "unreadable",
    "memory-down",
    "waiting",
    "refused",
]
FROZEN = ["cached", "ended", "unreadable", "unauthorized"]
WITHOUT_VISIT = [state for state in DESIGNED if state not in {"live", "delayed", "cached", "ended", "waiting"}]
OVER = {"not-found", "ended", "wrong-visitor", "wrong-session", "bad-request", "wrong-account", "refused"}


def test_every_state_of_the_design_has_words() -> None:
    assert set(DESIGNED) <= set(all_state_words())


@pytest.mark.parametrize("state", DESIGNED)
def test_a_word_fits_the_strip_and_a_sentence_ends(state: str) -> None:
    words = state_words(state)

    assert 0 < len(words.word) <= 26
    assert all(sentence.endswith(".") for sentence in (words.sentence, *words.advice) if sentence)


@pytest.mark.parametrize("state", DESIGNED)
def test_ticking_ends_where_asking_again_changes_nothing(state: str) -> None:
    assert state_words(state).ticking is (state not in OVER)


@pytest.mark.parametrize("state", WITHOUT_VISIT)
def test_a_state_without_a_visit_says_what_happened_and_shows_no_part(state: str) -> None:
    body = look(None, state=state)

    assert sections(body) == []
    assert f'data-notice="{state}"' in body
    assert state_words(state).sentence in text_of(body)


def test_before_the_first_answer_there_is_a_skeleton() -> None:
    body = look(None, state="waiting")

    assert sections(body) == []
    assert "ghost" in body
    assert 'aria-hidden="true"' in body


@pytest.mark.parametrize("state", FROZEN)
def test_what_was_known_stays_below_the_notice(state: str) -> None:
    body = look(documented_visit(), state=state, as_of_ms=AT_MS)

    assert "John Doe" in body
    assert body.index('class="notice"') < body.index("John Doe")
    assert "Last answer 13:48 UTC" in text_of(body)
    assert "has been on" not in text_of(body), "nobody knows whether they still are"


def test_a_live_visit_has_no_notice() -> None:
    assert "data-notice" not in look(documented_visit())


def test_the_next_try_and_the_end_are_told() -> None:
    assert "Next try at 13:49 UTC" in text_of(look(documented_visit(), state="cached", next_try_ms=AT_MS + 60_000))
    assert "Ended 13:49 UTC" in text_of(look(documented_visit(), state="ended", ended_at_ms=AT_MS + 60_000))


def test_a_wrong_account_names_all_three_causes() -> None:
    told = text_of(look(None, state="wrong-account"))

    assert len(re.findall(r"<li>", look(None, state="wrong-account"))) == 3
    assert "account number" in told
    assert "host" in told
    assert "of another kind" in told


def test_a_state_nobody_has_named_is_still_a_page() -> None:
    assert "no word for" in text_of(look(None, state="brand-new"))
