"""What stands between a visit and a viewer: which contact details may be read, everywhere they occur."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import overload

from lpcontext.visits import Secrets, Visit, find_secrets, mask_email, mask_in_text, mask_phone

_VEILS_KEPT = 4096
_six_digits = re.compile(r"[0-9](?:[^0-9]*[0-9]){5}").search


@dataclass(frozen=True, slots=True, eq=False)
class Veil:
    """`secrets` are what must not be read in any other text.

    There is one veil for the same secrets (`of` gives the same object), so that as part of a key it costs nothing.
    """

    masked: bool
    secrets: Secrets

    @classmethod
    def of(cls, visit: Visit, *, masked: bool) -> Veil:
        return _find_veil(find_secrets(visit)) if masked else UNVEILED

    @overload
    def text(self, text: str) -> str: ...
    @overload
    def text(self, text: None) -> None: ...
    def text(self, text: str | None) -> str | None:
        """The text as the viewer may read it. Only one with an @ (also encoded) or many digits is looked at closely."""
        if not text or not self.masked or ("@" not in text and "40" not in text and not _six_digits(text)):
            return text
        return mask_in_text(text, self.secrets)

    def email(self, email: str | None) -> str | None:
        return mask_email(email) if email and self.masked else email

    def phone(self, phone: str | None) -> str | None:
        return mask_phone(phone) if phone and self.masked else phone


UNVEILED = Veil(masked=False, secrets=Secrets())


@lru_cache(maxsize=_VEILS_KEPT)
def _find_veil(secrets: Secrets) -> Veil:
    return Veil(masked=True, secrets=secrets)
