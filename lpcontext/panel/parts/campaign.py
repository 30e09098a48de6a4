"""The campaign that the page says brought the visitor."""

from __future__ import annotations

from lpcontext.masking import Masker
from lpcontext.panel.parts.content import PanelContent
from lpcontext.panel.rows.disclosure import Disclosure, Disclosures
from lpcontext.panel.wording.facts import list_facts
from lpcontext.visits import Marketing, format_channel


def select_campaign(content: PanelContent) -> Marketing | None:
    return content.visit.marketing if content.visit else None


def build_campaign(marketing: Marketing, masker: Masker) -> Disclosures | None:
    channel = format_channel(marketing.channel)
    facts = list_facts(
        ("Channel", channel),
        ("Affiliate", masker.text(marketing.affiliate)),
        ("Campaign", masker.text(marketing.campaign_id)),
    )
    return Disclosures.of(Disclosure("campaign", "Campaign", channel or "", facts))
