"""One request to LivePerson, understood."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .choices import Choices
from .messages import Request
from .sites import Site


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A request to LivePerson, understood: what it wants (`kind`), of which service, and the names in its path.

    `site` is None where the account is unknown. `session_id` is the query's `sid`. `chat_ids` are the chats it is
    about: the one in the path, or those in the query of the call for several; `from_first` gives their events from
    the first on, whatever the query says.
    """

    request: Request
    kind: str
    service: str
    names: Mapping[str, str]
    site: Site | None
    choices: Choices
    now_ms: int
    session_id: str = ""
    chat_ids: tuple[str, ...] = ()
    from_first: bool = False

    @property
    def account_id(self) -> str:
        return self.names["account"]

    @property
    def visitor_id(self) -> str | None:
        return self.names.get("visitor")

    def document(self) -> Any:
        """The body as JSON, None where it is none."""
        try:
            return self.request.document()
        except ValueError:
            return None
