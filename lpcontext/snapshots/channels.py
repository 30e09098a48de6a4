"""The channels between processes: statuses as they are written, accounts with something due, rights that changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from lpcontext.snapshots.codec import decode_status
from lpcontext.snapshots.memory import PREFIX, reaching_memory
from lpcontext.snapshots.model import SubjectStatus
from lpcontext.snapshots.naming import CHANGES, ENQUEUED, RIGHTS
from lpcontext.snapshots.subscription import Subscription

# One message holds several statuses, each behind its subject's name and its length in hex.
_NAME = 32
_LENGTH = 4


def subscribe_to_changes(
    *, on_change: Callable[[str, SubjectStatus], None], on_loss: Callable[[], None]
) -> Subscription:
    """Every status that is written, with the subject's name."""

    def read_message(message: bytes) -> None:
        for name, status in _read_changes(message):
            on_change(name, status)

    return Subscription(CHANGES, on_message=read_message, on_loss=on_loss)


def subscribe_to_enqueued(*, on_account: Callable[[str], None]) -> Subscription:
    """The name of an account whenever a subject is put into a queue of it, or is due sooner."""
    return Subscription(ENQUEUED, on_message=lambda message: on_account(message.decode()), on_loss=lambda: None)


def subscribe_to_rights(*, on_change: Callable[[], None]) -> Subscription:
    """`on_change` is called for each message, and when the connection is lost: messages may have passed us by."""
    return Subscription(RIGHTS, on_message=lambda _: on_change(), on_loss=on_change)


def publish_rights_change() -> None:
    """Every process reads anew what it knows of rights; whose have changed is not said. Raises MemoryUnavailable."""
    with reaching_memory() as memory:
        memory.publish(f"{PREFIX}{RIGHTS}", b"1")


def _read_changes(message: bytes) -> Iterator[tuple[str, SubjectStatus]]:
    start = 0
    while start < len(message):
        try:
            length = int(message[start + _NAME : start + _NAME + _LENGTH], 16)
        except ValueError:  # nothing of ours, or of another version of us: the next look reads memory itself
            return
        end = start + _NAME + _LENGTH + length
        status = decode_status(message[start + _NAME + _LENGTH : end])
        if status is not None:
            yield message[start : start + _NAME].decode(), status
        start = end
