"""Everything a page could say to hurt whoever shows it, and single fields of the wrong type."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from ..caller import Caller
from ..visit import Visit, World
from .settings import make_setting
from .story_dsl import (
    Document,
    SitePage,
    cart,
    error,
    make_engagement,
    open_site_page,
    product,
    revisions,
    service,
    wander,
)

SITE = "https://www.odd.example"
SCRIPT = "<script>document.title='broken'</script>"
BIDI = "invoice \u202egpj.exe\u202c \u2066isolated\u2069"
LONG = "Ein sehr langer Titel ohne Ende " * 9 + "und Schluss!"
UNBROKEN = "A" * 300
EMOJI = "Sale 🎉👩‍👩‍👧‍👦🏳️‍🌈 50% off"

PERSON = {
    "type": "personal",
    "personal": {
        "firstname": f"Robert{SCRIPT}",
        "lastname": BIDI,
        "contacts": [
            {"email": '"><img src=x onerror=alert(1)>@odd.example', "phone": "javascript:alert(1)"},
            {"email": 17, "phone": ["+1"]},
        ],
        "gender": "UNSURE",
        "language": "xx-XX",
    },
}
CUSTOMER = {
    "type": "ctmrinfo",
    "info": {
        "cstatus": "{{ 7*7 }}{% debug %}",
        "ctype": "' OR 1=1 --",
        "customerId": "../../etc/passwd",
        "balance": "a lot",
        "loginStatus": True,
        "lastPaymentDate": {"day": 31, "month": 2, "year": 2025},
    },
}

PAGES = (
    SitePage("javascript:alert(document.domain)", "A link that is none"),
    SitePage("data:text/html,<script>alert(1)</script>", "Data as an address"),
    SitePage(f"{SITE}/?q=%22%3E%3Cscript%3E&token=s3cr3t-in-a-query", SCRIPT),
    SitePage(f"{SITE}/bidi", BIDI),
    SitePage(f"{SITE}/long", LONG),
    SitePage(f"{SITE}/{UNBROKEN}", UNBROKEN),
    SitePage("https://\u0430\u0440\u0440\u04cf\u0435.example/homograph", EMOJI),
    SitePage(f"{SITE}/lone", "half a pair \ud83d and a control \u0007 and a null \u0000"),
)


def run_story(visit: Visit, rng: Random) -> Iterator[float]:
    """Every nasty page once before anybody looks, then round and round."""
    for stop in PAGES:
        open_site_page(visit, stop)
        yield 9
    visit.open_page(f"{SITE}/odd-types", "Odd types", timeOnPage="soon", pageLoaded="yes", pageTitle=["Odd", "types"])
    visit.report(PERSON)
    visit.report(CUSTOMER)
    visit.report(error(f"{SCRIPT} {BIDI}", "<b>er</b>", level="high", resolved="no"))
    visit.report(service("A status nobody knows", 99, LONG, "x"))
    visit.report(cart((product(SCRIPT, EMOJI, "sku&amp;", -1e18), 10**12)))
    visit.add_event({"weatherReport": {"mood": SCRIPT, "degrees": 31.5, "inside": {"deep": [1, 2]}}})
    visit.add_event({"leadX": {"lead": {"topic": "an unknown wrapper"}}})
    visit.offer(make_engagement(engagement_id=666, type_code=4, channel=100, state=9, control="PERHAPS"))
    yield 10
    yield from wander(visit, rng, PAGES)


def distort(state: Document) -> Document:
    """Wrong types in single fields, each of which must cost only itself."""
    session = state["appSessions"][0]
    session["geo"] = {"country": 17, "countryCode": "<x>", "state": None, "city": SCRIPT, "isp": [], "org": {}}
    session["siteControlGroup"] = ["TEST"]
    session["mobileDeviceInfo"] = {"mobile": "false", "detected": 1}
    session["leads"] = "none"
    session["purchases"] = [None, {"orderId": 7, "total": "12,50", "cart": []}]
    session["events"] = [*session["events"], None, "text", {}, {"lead": None}, {"two": {}, "keys": {}}]
    session["revActiveVPs"] = {"no number": None}
    return state


WORLD = World(
    name="hostile",
    summary="script tags, odd schemes, bidi controls, endless titles, unknown kinds, wrong types",
    script=run_story,
    setting=make_setting(
        ip="999.1.1.1",
        system="HAIKU",
        family="FRIDGE",
        user_agent=f"Mozilla/5.0 {SCRIPT}",
        place=None,
        referrer="javascript:alert('referrer')",
        engine=SCRIPT,
        keywords=BIDI,
    ),
    locations=revisions(1),
    minutes_before=1.5,
    distort=distort,
    caller=Caller(
        name="Robert <b>Tables</b>",
        phone="+1 212 555 0142",
        about="Our web site looks strange",
        email="robert@odd.example",
        city="New York, United States",
        notes="Everything on this visitor's pages is hostile on purpose. It must only ever be text.",
    ),
)
