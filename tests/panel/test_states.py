"""Every state has words for somebody on the phone, and a body that is calm about it."""

from __future__ import annotations

import re
from typing import cast

import pytest

from lpcontext.panel.wording.chat_states import list_chat_words
from lpcontext.panel.wording.states import find_state_words, list_state_words
from lpcontext.subjects import State
from tests.panel.render_helpers import AT_MS, documented_visit, look, sections, text_of

FROZEN = [State.CACHED, State.ENDED, State.UNREADABLE, State.UNAUTHORIZED]
WITHOUT_VISIT = sorted(set(State) - {State.LIVE, State.DELAYED, State.CACHED, State.ENDED, State.WAITING})
FOUND_OUT_BY_THE_SCRIPT = {"no-same-origin", "no-forms", "no-popups", "lost", "aged", "paused"}
NEVER_OF_A_CHAT = {State.LIVE, State.DELAYED, State.WRONG_VISITOR, State.WRONG_SESSION, State.REFUSED}
BRAND_NEW = cast(State, "brand-new")  # as a newer version may have kept it


def test_every_state_has_words_and_no_other_word_but_the_scripts_has() -> None:
    assert set(list_state_words()) == set(State) | FOUND_OUT_BY_THE_SCRIPT


def test_every_state_a_chat_can_be_in_has_words_of_its_own() -> None:
    assert set(list_chat_words()) == set(State) - NEVER_OF_A_CHAT


@pytest.mark.parametrize("state", sorted({*State, *FOUND_OUT_BY_THE_SCRIPT}))
def test_a_word_fits_the_strip_and_a_sentence_ends(state: str) -> None:
    words = find_state_words(state)

    assert words.word != find_state_words(BRAND_NEW).word
    assert 0 < len(words.word) <= 26
    assert all(sentence.endswith(".") for sentence in (words.sentence, *words.advice) if sentence)


@pytest.mark.parametrize("state", WITHOUT_VISIT)
def test_a_state_without_a_visit_says_what_happened_and_shows_no_part(state: State) -> None:
    body = look(None, state=state)

    assert sections(body) == []
    assert f'data-notice="{state}"' in body
    assert find_state_words(state).sentence in text_of(body)


def test_before_the_first_answer_there_is_a_skeleton() -> None:
    body = look(None, state=State.WAITING)

    assert sections(body) == []
    assert "ghost" in body
    assert 'aria-hidden="true"' in body


@pytest.mark.parametrize("state", FROZEN)
def test_what_was_known_stays_below_the_notice(state: State) -> None:
    body = look(documented_visit(), state=state, as_of_ms=AT_MS)

    assert "John Doe" in body
    assert body.index('class="notice"') < body.index("John Doe")
    assert "Last answer 13:48 UTC" in text_of(body)
    assert "has been on" not in text_of(body), "nobody knows whether they still are"


def test_a_live_visit_has_no_notice() -> None:
    assert "data-notice" not in look(documented_visit())


def test_the_next_try_and_the_end_are_shown() -> None:
    assert "Next try at 13:49 UTC" in text_of(look(documented_visit(), state=State.CACHED, next_try_ms=AT_MS + 60_000))
    assert "Ended 13:49 UTC" in text_of(look(documented_visit(), state=State.ENDED, ended_at_ms=AT_MS + 60_000))


def test_a_wrong_account_names_all_three_causes() -> None:
    text = text_of(look(None, state=State.WRONG_ACCOUNT))

    assert len(re.findall(r"<li>", look(None, state=State.WRONG_ACCOUNT))) == 3
    assert "account number" in text
    assert "host" in text
    assert "of another kind" in text


def test_a_state_nobody_has_named_is_still_a_page() -> None:
    assert "no word for" in text_of(look(None, state=BRAND_NEW))
