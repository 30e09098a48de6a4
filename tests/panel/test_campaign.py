"""The campaign that the page says brought the visitor."""

from __future__ import annotations

from lpcontext.visits import Marketing, Visit
from tests.panel.render_helpers import look, read, sections


def test_a_campaign_names_its_channel_and_waits_behind_a_click() -> None:
    body = look(Visit(marketing=Marketing(channel=1, affiliate="Yahoo", campaign_id="US coupon")))

    assert '<details id="fold-campaign">' in body
    assert "Affiliate Yahoo Campaign US coupon" in read(body, "campaign")


def test_without_a_campaign_there_is_no_part() -> None:
    assert "campaign" not in sections(look(Visit(marketing=Marketing())))
    assert "campaign" not in sections(look(Visit()))
