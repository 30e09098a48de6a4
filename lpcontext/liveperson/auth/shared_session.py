"""What the workers share about one session with LivePerson: the session, a refusal to respect, and the lock.

A log-in is such a session, and an agent session on top of it.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import Field, asdict, dataclass
from typing import Any, ClassVar, Generic, Protocol, TypeVar

from lpcontext.liveperson.errors import Refused
from lpcontext.liveperson.reasons import Reason
from lpcontext.liveperson.responses.envelopes import decode_json
from lpcontext.liveperson.shared_store import SharedStore

# How long this process shows a session without a look at the store; one that is refused is looked for at once.
_REMEMBERED_SECONDS = 2.0
_REASONS: dict[str, Reason] = {reason.value: reason for reason in Reason}


class Session(Protocol):
    """A dataclass of JSON's own types. `fingerprint` names the credentials, `good_for` is seconds."""

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]

    @property
    def fingerprint(self) -> str: ...

    @property
    def good_for(self) -> float: ...


S = TypeVar("S", bound=Session)


@dataclass(frozen=True, slots=True)
class SessionKind(Generic[S]):
    """`name` begins the names in the store, `find_error` is what a refusal for a reason is raised as."""

    name: str
    operation: str
    session: type[S]
    find_error: Callable[[Reason], type[Refused]]


class SharedSession(Generic[S]):
    """`fingerprint` is that of the credentials in use: nothing that belongs to others is ever found here.

    `lock_seconds` is how long beginning one may take before another worker gives up on it. `clock` tells epoch seconds.
    """

    def __init__(
        self,
        kind: SessionKind[S],
        *,
        store: SharedStore,
        fingerprint: str,
        lock_seconds: float,
        clock: Callable[[], float],
    ) -> None:
        self.fingerprint = fingerprint
        self._kind = kind
        self._store = store
        self._lock_seconds = lock_seconds
        self._clock = clock
        self._remembered: tuple[S, float] | None = None

    def find(self) -> S | None:
        session = self._decode(self._store.get(self._kind.name))
        ours = session if session is not None and session.fingerprint == self.fingerprint else None
        self._remembered = (ours, self._clock()) if ours is not None else None
        return ours

    def recall(self) -> S | None:
        """What `find` found a moment ago, or finds now: for whoever can bear to be refused."""
        remembered = self._remembered
        # A clock that was set back makes a memory old, not young.
        if remembered is not None and 0 <= self._clock() - remembered[1] < _REMEMBERED_SECONDS:
            return remembered[0]
        return self.find()

    def keep(self, session: S) -> None:
        encoded = json.dumps(asdict(session)).encode()
        self._store.put(self._kind.name, encoded, seconds=session.good_for)

    def keep_changed(self, session: S, *, before: S) -> None:
        """Keep what a response has changed in the session, unless another has taken its place, or none."""
        if session != before and self.find() == before:
            self.keep(session)

    def forget(self) -> None:
        """Forget the session of these credentials; one that others have begun meanwhile stays."""
        if self.find() is not None:
            self._remembered = None
            self._store.drop(self._kind.name)

    def locked(self) -> AbstractContextManager[bool]:
        """Hold the lock while inside; False when somebody else has it."""
        return self._store.lock(f"{self._kind.name}-lock", seconds=self._lock_seconds)

    def keep_refusal(self, refusal: Refused, *, seconds: float) -> None:
        """Have every worker respect, for `seconds`, that these credentials are refused."""
        document = [self.fingerprint, refusal.status, refusal.code, refusal.reason]
        self._store.put(self._refusal_name, json.dumps(document).encode(), seconds=seconds)

    def find_refusal(self, *, service: str) -> Refused | None:
        """The refusal still to be respected, as it was raised; other credentials have none."""
        kept = self._store.get(self._refusal_name)
        match decode_json(kept) if kept else None:
            case [self.fingerprint, int() | None as status, int() | None as code, str(word)] if word in _REASONS:
                reason, kind = _REASONS[word], self._kind
                return kind.find_error(reason)(
                    operation=kind.operation, service=service, status=status, code=code, reason=reason
                )
            case _:
                return None

    @property
    def _refusal_name(self) -> str:
        return f"{self._kind.name}-refusal"

    def _decode(self, kept: bytes | None) -> S | None:
        """None for what another version of us may have kept."""
        document = decode_json(kept) if kept else None
        try:
            return self._kind.session(**document) if isinstance(document, dict) else None
        except TypeError:
            return None
