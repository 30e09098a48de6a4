"""Two viewers most tests need: the usual one, and one from whom nothing is hidden."""

from __future__ import annotations

from lpcontext.panel.viewer import Viewer
from lpcontext.reading import HiddenKinds, PersonalKind

USUALLY_HIDDEN: HiddenKinds = frozenset({PersonalKind.EMAIL, PersonalKind.PHONE})
NOTHING_HIDDEN: HiddenKinds = frozenset()


def viewer(*, masked: bool = True) -> Viewer:
    return Viewer.of(USUALLY_HIDDEN if masked else NOTHING_HIDDEN)
