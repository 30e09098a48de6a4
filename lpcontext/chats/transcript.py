"""The transcript held, and the events of a new response, as one transcript."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator

from lpcontext.chats.model import ChatEvent, Transcript

MOST_EVENTS_KEPT = 500
"""Events kept of one chat, states among them: some hours of talk, and still one screen to show."""

_BEFORE_ALL = -1
_NOTHING_HIDDEN = -2


def extend_transcript(held: Transcript, new: Transcript, *, most_events: int = MOST_EVENTS_KEPT) -> Transcript:
    """The transcript held with the events of one response in it: each once, by its id, oldest first.

    A response may repeat what is held (then its word is the newer one), come late or out of order. Events beyond
    `most_events` are counted in `hidden`, oldest first, and never come back. `most_events` is at least 1.
    """
    ordered = sorted(_merge(held, new), key=lambda placed: placed[0])
    hidden, kept = ordered[:-most_events], ordered[-most_events:]
    return Transcript(
        events=tuple(event for _, event in kept),
        next_from=_find_next_from(held, new),
        hidden=held.hidden + len(hidden),
        hidden_through=hidden[-1][0] if hidden else held.hidden_through,
        hidden_state=_find_newest(event for _, event in hidden) or held.hidden_state,
    )


def find_newest_state(transcript: Transcript) -> ChatEvent | None:
    """The last event with the chat's state, even when it is no longer among the events."""
    return _find_newest(transcript.events) or transcript.hidden_state


def _merge(held: Transcript, new: Transcript) -> Iterable[tuple[int, ChatEvent]]:
    """Each event once, with the id it is sorted by, as it came last; what is already hidden stays so."""
    through = _NOTHING_HIDDEN if held.hidden_through is None else held.hidden_through
    merged: dict[Hashable, tuple[int, ChatEvent]] = {}
    for place, event in _with_places(held.events, after=max(through, _BEFORE_ALL)):
        merged[_find_identity(event)] = place, event
    for place, event in _with_places(new.events, after=_find_last_id(held.events)):
        identity = _find_identity(event)
        if identity in merged:
            merged[identity] = merged[identity][0], event
        elif place > through:
            merged[identity] = place, event
    return merged.values()


def _with_places(events: Iterable[ChatEvent], *, after: int) -> Iterator[tuple[int, ChatEvent]]:
    """Each event with the id it is sorted by; one without an id stays behind the one before it."""
    place = after
    for event in events:
        place = event.id if event.id is not None else place
        yield place, event


def _find_identity(event: ChatEvent) -> Hashable:
    """What makes two of them the same event: its id, and where there is none all that it says."""
    return event if event.id is None else event.id


def _find_next_from(held: Transcript, new: Transcript) -> int | None:
    """Where LivePerson says to go on; when it does not say, right after the newest event."""
    if new.next_from is not None:
        return new.next_from
    newest = max(_find_last_id(held.events), _find_last_id(new.events))
    return max(held.next_from or 0, newest + 1) or held.next_from


def _find_last_id(events: Iterable[ChatEvent]) -> int:
    return max((event.id for event in events if event.id is not None), default=_BEFORE_ALL)


def _find_newest(events: Iterable[ChatEvent]) -> ChatEvent | None:
    return next((event for event in reversed(tuple(events)) if event.kind == "state" and event.state), None)
