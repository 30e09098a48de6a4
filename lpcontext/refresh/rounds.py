"""One round: ask LivePerson for all watched chats of an account that are due, in as few calls as it allows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from lpcontext.chats import ChatAnswer, UnreadableChat, parse_chat, parse_chats
from lpcontext.liveperson import CHATS_AT_ONCE, ChatDesk, ChatNotFound, LivePersonClient, LivePersonError
from lpcontext.refresh.chat_outcomes import hold_answer
from lpcontext.refresh.circuit import admit_call, note_success
from lpcontext.refresh.once import tell_circuit
from lpcontext.refresh.outcomes import settle_answer, settle_ended, settle_failure, settle_open_circuit
from lpcontext.refresh.surroundings import Surroundings
from lpcontext.sealing import get_sealer
from lpcontext.snapshots import HeldChat, Vitals, count, find_held_chat, is_watched, keep_held_chat, read_roster, strike
from lpcontext.subjects import ChatKey

Clock = Callable[[], int]
_SLACK_MS = 250  # a chat due this soon comes along


@dataclass(frozen=True, slots=True, kw_only=True)
class DueChat:
    """A chat of this round: its key, and what was known of it."""

    name: str
    key: ChatKey
    vitals: Vitals
    held: HeldChat | None

    @property
    def first_event(self) -> int | None:
        return self.held.transcript.next_from if self.held else None

    def fail(self, error: Exception, *, now_ms: int) -> Vitals:
        settled = settle_failure(self.vitals, error, knows=self._knows, now_ms=now_ms)
        return keep_held_chat(self.name, settled, self.held)

    def wait(self, *, until_ms: int) -> Vitals:
        return keep_held_chat(
            self.name, settle_open_circuit(self.vitals, knows=self._knows, until_ms=until_ms), self.held
        )

    @property
    def _knows(self) -> bool:
        return self.held is not None and self.held.chat is not None


def find_due_chats(account_id: str, *, now_ms: int) -> tuple[list[DueChat], list[int]]:
    """The watched chats that are due now, and when the others will be. The unwatched and ended are struck off."""
    due, later, gone = [], [], []
    for name, key in read_roster(account_id).items():
        found = find_held_chat(name)
        if found is None or found[0].due_ms is None or not is_watched(name):
            gone.append(name)
        elif found[0].due_ms <= now_ms + _SLACK_MS:
            due.append(DueChat(name=name, key=key, vitals=found[0], held=found[1]))
        else:
            later.append(found[0].due_ms)
    strike(account_id, *gone)
    return due, later


def run_round(
    account_id: str, due: Sequence[DueChat], *, client: LivePersonClient, now: Clock, interval_ms: int
) -> list[Vitals]:
    """Ask for these chats and keep what is said. Trouble becomes each chat's state. Raises MemoryUnavailable."""
    started_ms = now()
    circuit = get_sealer().name_of("circuit", account_id, "agentVep")
    until_ms = admit_call(circuit, now_ms=started_ms)
    if until_ms is not None:
        return [chat.wait(until_ms=until_ms) for chat in due]
    settled: list[Vitals] = []
    around = Surroundings(client.chat_desk)
    for chat, answer in _fetch_all(due, desk=client.chat_desk):
        if isinstance(answer, Exception):
            tell_circuit(circuit, answer, now_ms=now())
            count("upstream_failures", kind=type(answer).__name__)
            settled.append(chat.fail(answer, now_ms=now()))
        else:
            note_success(circuit)
            settled.append(_settle(chat, answer, around, now=now, started_ms=started_ms, interval_ms=interval_ms))
    return settled


def _settle(
    chat: DueChat, answer: ChatAnswer, around: Surroundings, *, now: Clock, started_ms: int, interval_ms: int
) -> Vitals:
    held, ended_at_ms = hold_answer(chat.key, answer, before=chat.held, around=around, now_ms=now())
    changed = held != chat.held
    vitals = settle_answer(chat.vitals, changed=changed, started_ms=started_ms, now_ms=now(), interval_ms=interval_ms)
    if ended_at_ms is not None:
        vitals = settle_ended(vitals, ended_at_ms=ended_at_ms)
    return keep_held_chat(chat.name, vitals, held)


def _fetch_all(due: Sequence[DueChat], *, desk: ChatDesk) -> Iterator[tuple[DueChat, ChatAnswer | Exception]]:
    """One call for one chat, and one for up to fifty (contract 7.11)."""
    for start in range(0, len(due), CHATS_AT_ONCE):
        batch = due[start : start + CHATS_AT_ONCE]
        yield from ([_fetch_one(batch[0], desk=desk)] if len(batch) == 1 else _fetch_several(batch, desk=desk))


def _fetch_one(chat: DueChat, *, desk: ChatDesk) -> tuple[DueChat, ChatAnswer | Exception]:
    try:
        parsed = parse_chat(desk.chat(chat.key.chat_id, from_event=chat.first_event))
    except (LivePersonError, UnreadableChat) as error:
        return chat, error
    _count_drift(parsed.drift)
    return chat, parsed.answer


def _fetch_several(batch: Sequence[DueChat], *, desk: ChatDesk) -> Iterator[tuple[DueChat, ChatAnswer | Exception]]:
    """A chat that is missing from the answer, or spoils it for all, is asked for by itself."""
    try:
        parsed = parse_chats(desk.chats({chat.key.chat_id: chat.first_event for chat in batch}))
    except ChatNotFound:
        told: dict[str | None, ChatAnswer] = {}
    except (LivePersonError, UnreadableChat) as error:
        yield from ((chat, error) for chat in batch)
        return
    else:
        _count_drift(parsed.drift)
        told = {answer.chat.chat_id: answer for answer in parsed.found}
    for chat in batch:
        answer = told.get(chat.key.chat_id)
        yield (chat, answer) if answer else _fetch_one(chat, desk=desk)


def _count_drift(drift: tuple[str, ...]) -> None:
    for path in drift:
        count("payload_drift", path=path)
