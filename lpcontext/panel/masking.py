"""What stands between a visit and a viewer: which contact details may be read, everywhere they occur."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import overload

from lpcontext.panel.caching.bounded_cache import digest_of
from lpcontext.reading import HiddenKinds, PersonalKind, may_hold_email
from lpcontext.visits import KnownContacts, Visit, find_known_contacts, mask_email, mask_in_text, mask_phone

_six_digits = re.compile(r"\A(?:\D*+\d){6}").match


@dataclass(frozen=True, slots=True, eq=False)
class Masker:
    """`known` is what must not be read in any other text; `digest` stands for it in the key of what was rendered."""

    hidden: HiddenKinds
    known: KnownContacts
    digest: bytes

    @classmethod
    def of(cls, visit: Visit, *, hidden: HiddenKinds) -> Masker:
        if not hidden:
            return UNMASKED
        known = find_known_contacts(visit)
        known = KnownContacts(
            phones=known.phones if PersonalKind.PHONE in hidden else (),
            emails=known.emails if PersonalKind.EMAIL in hidden else (),
        )
        return cls(hidden=hidden, known=known, digest=digest_of(known, *sorted(hidden)))

    @property
    def masked(self) -> bool:
        return bool(self.hidden)

    @overload
    def text(self, text: str) -> str: ...
    @overload
    def text(self, text: None) -> None: ...
    def text(self, text: str | None) -> str | None:
        """The text as the viewer may read it. Only one that may hold an @ or many digits is looked at closely."""
        if not text or not self.masked or not (may_hold_email(text) or _six_digits(text)):
            return text
        return mask_in_text(text, self.known, emails=PersonalKind.EMAIL in self.hidden)

    def may_hide(self, text: str) -> bool:
        """A quick look: False where nothing of the text, nor of any part of it, is hidden."""
        return self.masked and (may_hold_email(text) or _six_digits(text) is not None)

    def email(self, email: str | None) -> str | None:
        return mask_email(email) if email and PersonalKind.EMAIL in self.hidden else email

    def phone(self, phone: str | None) -> str | None:
        return mask_phone(phone) if phone and PersonalKind.PHONE in self.hidden else phone


UNMASKED = Masker(hidden=frozenset(), known=KnownContacts(), digest=b"")
