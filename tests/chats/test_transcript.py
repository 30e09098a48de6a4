"""A transcript grows: nothing twice, nothing lost, in order."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lpcontext.chats.model import ChatEvent, Transcript
from lpcontext.chats.transcript import extend_transcript, find_newest_state
from tests.chats.responses import line, parse_documented


def transcript(*ids: int, next_from: int | None = None) -> Transcript:
    return Transcript(events=tuple(line(id_) for id_ in ids), next_from=next_from)


def ids_of(transcript: Transcript) -> list[int | None]:
    return [event.id for event in transcript.events]


def state(id_: int, name: str) -> ChatEvent:
    return ChatEvent(kind="state", id=id_, state=name)


def test_new_lines_come_behind_those_held() -> None:
    held = extend_transcript(Transcript(), transcript(0, 1, next_from=2))

    grown = extend_transcript(held, transcript(2, 3, next_from=4))

    assert (ids_of(grown), grown.next_from, grown.hidden) == ([0, 1, 2, 3], 4, 0)


def test_a_line_sent_again_is_not_repeated() -> None:
    held = extend_transcript(Transcript(), transcript(0, 1, 2, next_from=2))

    assert ids_of(extend_transcript(held, transcript(2, 3, next_from=4))) == [0, 1, 2, 3]


def test_a_line_sent_again_with_another_text_has_the_newer_one() -> None:
    held = Transcript(events=(line(0, "old"), line(1)))

    assert extend_transcript(held, Transcript(events=(line(0, "new"),))).events == (line(0, "new"), line(1))


def test_a_response_without_anything_new_changes_nothing() -> None:
    held = extend_transcript(Transcript(), transcript(0, 1, next_from=2))

    assert extend_transcript(held, Transcript(next_from=2)) == held
    assert extend_transcript(held, Transcript()) == held
    assert extend_transcript(held, held) == held


def test_a_response_that_comes_late_finds_its_place() -> None:
    held = extend_transcript(Transcript(), transcript(0, 1, 4, 5))

    assert ids_of(extend_transcript(held, transcript(2, 3))) == [0, 1, 2, 3, 4, 5]


def test_a_response_out_of_order_is_put_in_order() -> None:
    assert ids_of(extend_transcript(Transcript(), transcript(3, 1, 2))) == [1, 2, 3]


def test_the_next_link_is_followed_even_where_it_lies_before_the_last_event() -> None:
    held = extend_transcript(Transcript(), parse_documented("chat-events-doc.xml"))
    assert (held.next_from, ids_of(held)) == (5, [0, 1, 2, 3, 4, 5, 6])

    assert ids_of(extend_transcript(held, transcript(5, 6, 7))) == [0, 1, 2, 3, 4, 5, 6, 7]


def test_the_next_link_is_followed_even_where_it_lies_far_behind_the_last_event() -> None:
    (response,) = parse_documented("chats-multi-doc.json")

    held = extend_transcript(Transcript(), response.transcript)

    assert held.next_from == 214
    assert ids_of(extend_transcript(held, transcript(214))) == [0, 1, 2, 3, 4, 214]


@pytest.mark.parametrize(
    ("held", "response", "next_from"),
    [
        (Transcript(), Transcript(), None),
        (Transcript(), transcript(0, 1, 2), 3),
        (transcript(0, 1, next_from=2), Transcript(), 2),
        (transcript(0, 1, next_from=2), transcript(2), 3),
        (transcript(4, next_from=214), Transcript(), 214),
        (transcript(4, next_from=214), transcript(214), 215),
        (Transcript(next_from=0), Transcript(), 0),
    ],
)
def test_without_a_next_link_it_goes_on_behind_the_newest_event(
    held: Transcript, response: Transcript, next_from: int | None
) -> None:
    assert extend_transcript(held, response).next_from == next_from


def test_more_lines_than_we_keep_are_counted() -> None:
    grown = extend_transcript(Transcript(), transcript(*range(10)), most_events=4)

    assert (ids_of(grown), grown.hidden, grown.hidden_through) == ([6, 7, 8, 9], 6, 5)


def test_hidden_lines_sent_again_neither_come_back_nor_count_twice() -> None:
    held = extend_transcript(Transcript(), transcript(*range(10)), most_events=4)

    assert extend_transcript(held, transcript(*range(10)), most_events=4) == Transcript(
        events=held.events, next_from=10, hidden=6, hidden_through=5
    )


def test_lines_go_on_being_hidden_as_new_ones_come() -> None:
    held = extend_transcript(Transcript(), transcript(*range(10)), most_events=4)

    grown = extend_transcript(held, transcript(10, 11), most_events=4)

    assert (ids_of(grown), grown.hidden, grown.hidden_through) == ([8, 9, 10, 11], 8, 7)


def test_five_hundred_lines_are_kept_unless_asked_otherwise() -> None:
    grown = extend_transcript(Transcript(), transcript(*range(501)))

    assert (len(grown.events), grown.hidden) == (500, 1)


def test_a_line_without_an_id_stays_behind_the_one_before_it() -> None:
    response = Transcript(events=(line(0), line(None, "lost"), line(1)))

    grown = extend_transcript(extend_transcript(Transcript(), response), response)

    assert [event.text for event in grown.events] == ["hello", "lost", "hello"]


def test_a_line_without_an_id_keeps_its_place_when_it_is_sent_again() -> None:
    response = Transcript(events=(line(None, "first"), line(1), line(2)))
    held = extend_transcript(Transcript(), response)

    assert extend_transcript(held, response) == held


def test_two_lines_without_ids_are_two_when_they_say_different_things() -> None:
    response = Transcript(events=(line(None, "a"), line(None, "b"), line(None, "a")))

    assert [event.text for event in extend_transcript(Transcript(), response).events] == ["a", "b"]


def test_the_state_is_known_even_when_the_event_that_gave_it_is_hidden() -> None:
    events = (state(0, "waiting"), state(1, "chatting"), *(line(id_) for id_ in range(2, 10)))

    grown = extend_transcript(Transcript(), Transcript(events=events), most_events=3)
    later = extend_transcript(grown, transcript(10, 11), most_events=3)

    assert find_newest_state(grown) == state(1, "chatting")
    assert find_newest_state(later) == state(1, "chatting")
    assert find_newest_state(
        extend_transcript(later, Transcript(events=(state(12, "ended"),)), most_events=3)
    ) == state(12, "ended")


def test_a_transcript_without_states_has_no_newest_one() -> None:
    assert find_newest_state(transcript(0, 1)) is None


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 60), st.integers(1, 70), st.randoms(use_true_random=False))
def test_however_answers_overlap_each_line_is_there_once_and_none_is_lost(
    count: int, most: int, rng: random.Random
) -> None:
    held, at = Transcript(), 0
    while at < count:
        begin, end = rng.randint(max(0, at - 5), at), min(count, at + rng.randint(1, 9))
        held = extend_transcript(held, transcript(*range(begin, end), next_from=end), most_events=most)
        at = end

    assert ids_of(held) == list(range(max(0, count - most), count))
    assert held.hidden == max(0, count - most)
    assert (held.next_from or 0) == count
