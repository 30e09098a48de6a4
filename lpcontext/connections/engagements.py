"""What a launch asks LivePerson while somebody waits: whether an engagement is real, and ids for who has none.

It is asked once and briefly, by few threads of a process at a time: the others are for panels. Its retry rules
(contract 6) say to ask again after seconds; whoever waits does so, and no thread.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum

from lpcontext.accounts.models import Account
from lpcontext.connections.building import NoClient, build_client, open_account_credentials
from lpcontext.liveperson import CreatedSession, LivePersonClient, LivePersonError, Unreachable, UnreadableResponse
from lpcontext.snapshots import MemoryUnavailable, RedisStore

_ANSWER_SECONDS = 5.0
_AT_ONCE = 2
_free = threading.BoundedSemaphore(_AT_ONCE)


class CannotAsk(Exception):
    """LivePerson did not answer, or as many ask already as may: it may be asked again in a while."""

    def __init__(self, why: str) -> None:
        super().__init__(why)


class SessionRefused(Exception):
    """LivePerson makes no session, and asking again changes nothing; the text is one of its reasons' sentences."""


class Validity(StrEnum):
    """Of an engagement; `reason` of the refusal is for operators."""

    VALID = "valid"
    NOT_VALID = "not valid"
    NOT_ALLOWED = "the account's credentials may not ask"


def validate_engagement(
    account: Account, *, visitor_id: str, session_id: str, campaign_id: str, engagement_id: str, context_id: str
) -> Validity:
    """Has LivePerson offered this engagement in this visit (contract 6.4)? Raises CannotAsk."""
    with _asking(account) as client:
        try:
            client.validate_engagement(
                visitor_id=visitor_id,
                session_id=session_id,
                campaign_id=campaign_id,
                engagement_id=engagement_id,
                context_id=context_id,
            )
        except (Unreachable, UnreadableResponse) as error:
            raise CannotAsk(error.reason) from None
        except LivePersonError as error:
            return Validity.NOT_ALLOWED if error.status in (401, 403) else Validity.NOT_VALID
    return Validity.VALID


def create_session(account: Account, *, visitor_id: str = "", session_id: str = "") -> CreatedSession:
    """As `AppEngagementClient.create_session`. Raises CannotAsk, SessionRefused."""
    with _asking(account) as client:
        try:
            return client.app_engagement.create_session(visitor_id=visitor_id, session_id=session_id)
        except (Unreachable, UnreadableResponse) as error:
            raise CannotAsk(error.reason) from None
        except LivePersonError as error:
            raise SessionRefused(error.reason.sentence) from None


@contextmanager
def _asking(account: Account) -> Iterator[LivePersonClient]:
    """Raises CannotAsk."""
    if not _free.acquire(blocking=False):
        raise CannotAsk("too many at once")
    try:
        client = build_client(
            account.pk,
            open_account_credentials(account),
            store=RedisStore(account.pk),
            pool_size=1,
            answer_seconds=_ANSWER_SECONDS,
        )
        try:
            yield client
        finally:
            client.close()
    except NoClient as none:
        raise CannotAsk(none.trouble or "no client") from None
    except MemoryUnavailable:
        raise CannotAsk("memory") from None
    finally:
        _free.release()
