"""Where the fields of a visit lie in a response: in one of its app sessions, or beside them.

The documents disagree (contract 4.4): the sample has everything inside `appSessions[]`, the table lists much of it next
to `id`. So each field is looked for in the chosen app session first, then at the top.
"""

from __future__ import annotations

from lpcontext.reading import Reader
from lpcontext.subjects import is_same_session

VISIT_FIELDS = frozenset(
    {
        "cart",
        "customerInfo",
        "deviceFamily",
        "deviceOS",
        "engagements",
        "events",
        "externalReferrer",
        "geo",
        "ipv4",
        "ipv6",
        "leads",
        "lpv4",
        "marketingCampaignInfo",
        "mobileDeviceInfo",
        "pages",
        "personalInfo",
        "purchases",
        "revActiveVBs",
        "revActiveVPs",
        "revAllOSLs",
        "revAllVBs",
        "revAllVPs",
        "searchEngine",
        "serviceActivity",
        "siteControlGroup",
        "startTime",
        "userAgent",
        "viewedProduct",
        "visitorError",
    }
)
"""Fields by which a response is a visit, and no error envelope, say."""


class FieldLocations:
    """The objects a field may lie in, best first."""

    def __init__(self, *readers: Reader) -> None:
        self._readers = readers

    def of(self, name: str) -> Reader:
        """The first object that has this field; where none has, any answers with nothing."""
        return next((reader for reader in self._readers if reader.has(name)), self._readers[-1])


def choose_session(sessions: list[Reader], *, wanted: str | None) -> Reader | None:
    """The app session to show: LivePerson sends a list, but documents only one and not why there could be more.

    The one asked for: its id comes in two forms, here often in the other one than it was asked for in (contract 0.3).
    When it is not there, or several are it: the one that began last, and among those that do not say, the last.
    """
    same = [session for session in sessions if wanted and is_same_session(session.text("id") or "", wanted)]
    return max(reversed(same or sessions), key=lambda session: session.epoch_ms("startTime") or 0, default=None)


def is_about_another(top: Reader, sessions: list[Reader], *, wanted: str) -> bool:
    """Does the response say whose it is, and is it not the one asked for?

    The id stands at the top and in each app session (contract 4.4). One that is missing says nothing.
    """
    top_id = top.text("id")
    named = [id_ for session in sessions if (id_ := session.text("id"))]
    is_other = bool(named) and not any(is_same_session(id_, wanted) for id_ in named)
    return is_other or (top_id is not None and not is_same_session(top_id, wanted))
