"""What was told before, and what an answer tells now, as one transcript."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator

from lpcontext.chats.model import ChatEvent, Transcript

MOST_EVENTS_KEPT = 500
"""Events kept of one chat, states among them: some hours of talk, and still one screen to draw."""

_BEFORE_ALL = -1
_NOTHING_HIDDEN = -2


def extend_transcript(held: Transcript, told: Transcript, *, most_events: int = MOST_EVENTS_KEPT) -> Transcript:
    """The transcript held, and in it what one answer told: each event once, by its id, oldest first.

    An answer may tell again what is held (then its word is the newer one), come late or out of order. Events beyond
    `most_events` are counted in `hidden`, oldest first, and never come back. `most_events` is at least 1.
    """
    ordered = sorted(_merge(held, told), key=lambda placed: placed[0])
    hidden, kept = ordered[:-most_events], ordered[-most_events:]
    return Transcript(
        events=tuple(event for _, event in kept),
        next_from=_next_from(held, told),
        hidden=held.hidden + len(hidden),
        hidden_through=hidden[-1][0] if hidden else held.hidden_through,
        hidden_state=_newest_state(event for _, event in hidden) or held.hidden_state,
    )


def find_newest_state(transcript: Transcript) -> ChatEvent | None:
    """The last event that told the chat's state, even when it is no longer among the events."""
    return _newest_state(transcript.events) or transcript.hidden_state


def _merge(held: Transcript, told: Transcript) -> Iterable[tuple[int, ChatEvent]]:
    """Each event once, with the id it is sorted by, in its newest telling; what is already hidden stays so."""
    through = _NOTHING_HIDDEN if held.hidden_through is None else held.hidden_through
    merged: dict[Hashable, tuple[int, ChatEvent]] = {}
    for place, event in _placed(held.events, after=max(through, _BEFORE_ALL)):
        merged[_identity(event)] = place, event
    for place, event in _placed(told.events, after=_last_id(held.events)):
        identity = _identity(event)
        if identity in merged:
            merged[identity] = merged[identity][0], event
        elif place > through:
            merged[identity] = place, event
    return merged.values()


def _placed(events: Iterable[ChatEvent], *, after: int) -> Iterator[tuple[int, ChatEvent]]:
    """Each event with the id it is sorted by; one without an id stays behind the one before it."""
    place = after
    for event in events:
        place = event.id if event.id is not None else place
        yield place, event


def _identity(event: ChatEvent) -> Hashable:
    """What makes two tellings one event: its id, and where there is none all that it says."""
    return event if event.id is None else event.id


def _next_from(held: Transcript, told: Transcript) -> int | None:
    """Where LivePerson says to go on; when it does not say, right after the newest event."""
    if told.next_from is not None:
        return told.next_from
    newest = max(_last_id(held.events), _last_id(told.events))
    return max(held.next_from or 0, newest + 1) or held.next_from


def _last_id(events: Iterable[ChatEvent]) -> int:
    return max((event.id for event in events if event.id is not None), default=_BEFORE_ALL)


def _newest_state(events: Iterable[ChatEvent]) -> ChatEvent | None:
    return next((event for event in reversed(tuple(events)) if event.kind == "state" and event.state), None)
