"""What the visitor was offered, and what came of it."""

from __future__ import annotations

from lpcontext.visits import (
    Engagement,
    Visit,
)
from lpcontext.visits.model import Acceptance, Skill
from tests.panel.render_helpers import AT_MS, look, page, read


def test_an_offer_says_its_form_and_what_came_of_it() -> None:
    offers = (
        Engagement(page_id="0", type=6, channel=1, state=1, conversation_type=0, campaign_id="5", goal_id="6"),
        Engagement(page_id="0", type=4, skill=Skill(name="Sales"), acceptances=(Acceptance(at_ms=AT_MS, page_id="0"),)),
    )
    text = read(look(Visit(pages=(page(0, title="Cart"),), engagements=offers)), "engagements")

    assert "2 shown, 1 accepted" in text
    assert "type 4 accepted 13:48 UTC on Cart Skill Sales" in text
    assert "Sticky Web · Chat · Online shown, not accepted on Cart campaign 5 · goal 6" in text
