"""Contexts: one frozen type for each part of the panel, built by `.of(…)` from the pieces of the visit it may look at.

Masking, wording, money, links and order are settled here; a template only asks whether something is there. What `.of`
is not given it cannot show, which is what lets a drawing be remembered by its arguments.
"""

from lpcontext.panel.contexts.page import PanelPage
from lpcontext.panel.contexts.refusal import Refusal
from lpcontext.panel.contexts.states import StateWords, all_state_words, state_words

__all__ = ["PanelPage", "Refusal", "StateWords", "all_state_words", "state_words"]
