"""A signed-in bank customer, overdrawn, whose loan was not approved and who wants to know why."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from ..caller import Caller
from ..visit import Visit, World
from .settings import WINDOWS_EDGE, geo, make_setting
from .story_dsl import SitePage, error, lead, make_engagement, open_site_page, revisions, service, wander

BANK = "https://online.haldenbank.example"

OVERVIEW = SitePage(f"{BANK}/accounts", "Accounts and balances | Halden Savings Bank", sections=("secure", "accounts"))
STATEMENT = SitePage(f"{BANK}/accounts/current/statement", "Current account ••4471 | Halden Savings Bank")
LOAN = SitePage(f"{BANK}/borrowing/home-improvement", "Home improvement loan | Halden Savings Bank")
DECISION = SitePage(f"{BANK}/borrowing/applications/HL-77120", "Your application HL-77120 | Halden Savings Bank")
OVERDRAFT = SitePage(f"{BANK}/borrowing/overdraft", "Arranged overdraft | Halden Savings Bank")
CARDS = SitePage(f"{BANK}/cards", "Your cards | Halden Savings Bank", sections=("secure", "cards"))
RATES = SitePage(f"{BANK}/help/credit-decisions", "How we decide about credit | Halden Savings Bank help")

REFUSED = service("Home improvement loan, £14,000", 4, "borrowing", "HL-77120")
EXTENSION = service("Overdraft extension to £1,000", 12, "borrowing", "OD-30911")
CARD = service("Replacement debit card", 1, "cards", "CR-55102")
CARD_SENT = service("Replacement debit card", 0, "cards", "CR-55102")

PERSON = {
    "type": "personal",
    "personal": {
        "firstname": "Tomás",
        "lastname": "Reyes-Whitfield",
        "age": {"age": 52.0, "year": 1973, "month": 11, "day": 27},
        "contacts": [
            {"email": "t.reyes@post.example", "phone": "+44 20 7946 0182", "phoneType": "HOME"},
            {"email": None, "phone": "+44 7700 900236", "phoneType": "MOBILE", "preferredContactMethod": "PHONE"},
        ],
        "gender": "MALE",
        "company": "Reyes Joinery Ltd",
        "language": "en-GB",
    },
}
CUSTOMER = {
    "type": "ctmrinfo",
    "info": {
        "cstatus": "active",
        "ctype": "premier",
        "customerId": "HSB-0093-4471",
        "balance": -412.55,
        "currency": "GBP",
        "userName": "treyes73",
        "accountName": "Current account ••4471",
        "role": "account holder",
        "companyBranch": "London Bridge",
        "companySize": 12,
        "loginStatus": 1,
        "lastPaymentDate": {"day": 28, "month": 10, "year": 2025},
        "registrationDate": {"day": 3, "month": 2, "year": 2009},
    },
}


def run_story(visit: Visit, rng: Random) -> Iterator[float]:
    """He signs in, reads the refusal, reads it again, asks for more overdraft instead."""
    visit.open_page("https://www.haldenbank.example/", "Halden Savings Bank", sections=["home"])
    yield 14
    visit.open_page(f"{BANK}/sign-in", "Sign in | Halden Savings Bank", sections=["sign-in"])
    yield 22
    open_site_page(visit, OVERVIEW)
    visit.report(PERSON)
    visit.report(CUSTOMER)
    visit.offer(make_engagement(engagement_id=610044112, type_code=5, skill=("Lending", 3301)))
    yield 33
    open_site_page(visit, STATEMENT)
    visit.report(CARD)
    yield 41
    open_site_page(visit, DECISION)
    visit.report(REFUSED)
    yield 36
    open_site_page(visit, RATES)
    yield 25
    open_site_page(visit, DECISION)
    yield from _ask_for_overdraft(visit)
    yield from wander(visit, rng, (OVERVIEW, STATEMENT, LOAN, DECISION, OVERDRAFT, CARDS, RATES))


def _ask_for_overdraft(visit: Visit) -> Iterator[float]:
    yield 22
    visit.offer(make_engagement(engagement_id=610044212, type_code=2, channel=2, skill=("Lending callbacks", 3302)))
    yield 17
    open_site_page(visit, OVERDRAFT)
    visit.report(lead("Overdraft extension", 1000.0, "LD-4417", "GBP"))
    yield 14
    visit.report(error("Requested limit is above what we can offer online", "OD-LIMIT", resolved=False))
    yield 12
    visit.report(EXTENSION)
    yield 13
    visit.accept("2")
    yield 11
    open_site_page(visit, CARDS)
    visit.report(CARD_SENT)
    yield 15
    open_site_page(visit, DECISION)
    yield 17


WORLD = World(
    name="bank",
    summary="a signed-in bank customer, overdrawn, whose loan was not approved",
    script=run_story,
    setting=make_setting(
        ip="198.51.100.77",
        system="WINDOWS",
        family="DESKTOP",
        user_agent=WINDOWS_EDGE,
        place=geo("United Kingdom", "GB", "England", "London", "Thames Broadband"),
    ),
    locations=revisions(610044612),
    minutes_before=3.2,
    newer=True,
    caller=Caller(
        name="Tomás Reyes-Whitfield",
        phone="+44 20 7946 0182",
        about="Why was the loan refused?",
        company="Reyes Joinery Ltd",
        email="t.reyes@post.example",
        customer_id="HSB-0093-4471",
        since="February 2009",
        city="London, United Kingdom",
        notes="Premier. Complaint in 2023 about a late card, settled.",
    ),
)
