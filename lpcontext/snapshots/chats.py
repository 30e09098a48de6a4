"""The last we knew of a chat: kept as a visit's snapshot is, with what its visit is called beside it."""

from __future__ import annotations

import hashlib
from typing import cast

import msgspec

from lpcontext.chats import Answer, AvailableAgent, Chat, Participant, Transcript
from lpcontext.sealing import get_sealer
from lpcontext.snapshots.memory import reaching_memory
from lpcontext.snapshots.model import Vitals
from lpcontext.snapshots.store import decode_vitals, name_of, open_held, place_of, write_held
from lpcontext.subjects import ChatKey, VisitKey


class HeldChat(msgspec.Struct, frozen=True, array_like=True, kw_only=True):
    """A chat as last told, all its lines, and what was asked for around it. `visit` is the visit behind it."""

    chat: Chat | None = None
    transcript: Transcript = Transcript()
    visit: VisitKey | None = None
    agents: tuple[AvailableAgent, ...] = ()
    slots: int | None = None
    answers: tuple[Answer, ...] = ()
    participant: Participant | None = None
    around_at_ms: int | None = None


class ChatSnapshot(msgspec.Struct, frozen=True, kw_only=True):
    """The last we knew of a chat: what the face draws. `as_of_ms` and `next_try_ms` are told only when it matters."""

    state: str
    chat: Chat | None = None
    transcript: Transcript = Transcript()
    as_of_ms: int | None = None
    ended_at_ms: int | None = None
    next_try_ms: int | None = None
    agents: tuple[AvailableAgent, ...] = ()
    slots: int | None = None
    answers: tuple[Answer, ...] = ()
    participant: Participant | None = None
    unmonitored: bool = False

    @classmethod
    def of(cls, vitals: Vitals, held: HeldChat | None) -> ChatSnapshot:
        held = held or HeldChat()
        return cls(
            state=vitals.state,
            chat=held.chat,
            transcript=held.transcript,
            as_of_ms=None if vitals.state == "live" else vitals.as_of_ms,
            ended_at_ms=vitals.ended_at_ms,
            next_try_ms=vitals.due_ms if vitals.state in {"cached", "upstream-down"} else None,
            agents=held.agents,
            slots=held.slots,
            answers=held.answers,
            participant=held.participant,
            unmonitored=held.chat is not None and held.visit is None,
        )


_decoder = msgspec.msgpack.Decoder(HeldChat)


def name_of_chat(key: ChatKey) -> str:
    """What a chat is called in shared memory."""
    return get_sealer().name_of("chat", key.account_id, key.chat_id)


def find_held_chat(name: str) -> tuple[Vitals, HeldChat | None] | None:
    """Raises MemoryUnavailable."""
    with reaching_memory() as memory:
        told, sealed = cast("list[bytes | None]", memory.hmget(place_of(name), ["m", "v"]))
    vitals = decode_vitals(told)
    return None if vitals is None else (vitals, open_held(name, sealed, _decoder))


def keep_held_chat(name: str, vitals: Vitals, held: HeldChat | None) -> Vitals:
    """Keep what was learnt and name its version. Raises MemoryUnavailable."""
    drawn = ChatSnapshot.of(vitals, held)
    version = hashlib.blake2b(msgspec.msgpack.encode(drawn), digest_size=8).hexdigest()
    visit = held.visit if held else None
    return write_held(
        name, msgspec.structs.replace(vitals, version=version), held, link=name_of(visit) if visit else ""
    )
