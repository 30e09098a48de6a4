"""Who looks, as far as it changes what is shown: the class of viewers from whom the same kinds are hidden."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from lpcontext.reading import HiddenKinds, PersonalKind

_USUAL: HiddenKinds = frozenset({PersonalKind.EMAIL, PersonalKind.PHONE})


@dataclass(frozen=True, slots=True, eq=False)
class Viewer:
    """`suffix` stands behind the version of what they see: none for the usual ones, whose ticks are the most."""

    hidden: HiddenKinds
    suffix: str

    @classmethod
    def of(cls, hidden: HiddenKinds) -> Viewer:
        """The same one for the same kinds, of which there are few."""
        return _find_viewer(hidden)


@cache
def _find_viewer(hidden: HiddenKinds) -> Viewer:
    return Viewer(hidden, "" if hidden == _USUAL else f"-{'.'.join(sorted(hidden)) or 'open'}")


EVERYTHING_HIDDEN = Viewer.of(frozenset(PersonalKind))
