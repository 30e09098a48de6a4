"""Engagement attributes: what a page sends, and what becomes of it in the visit (contract section 5).

Worlds and written-back attributes come the same way, so both obey the documented merge rules.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

Document = dict[str, Any]

ITEMS_KEPT: Final = 60  # stories go on for hours; an aggregate must not grow with them

PERSON_FIELDS: Final = {"firstname": "name", "lastname": "surname"}
AGE_FIELDS: Final = {
    "age": "customerAgeInYears",
    "year": "customerYearOfBirth",
    "month": "customerMonthOfBirth",
    "day": "customerDateOfBirth",
}
CUSTOMER_FIELDS: Final = {
    "cstatus": "customerStatus",
    "ctype": "customerType",
    "balance": "balance",
    "currency": "currency",
    "customerId": "customerId",
    "lastPaymentDate": "lastPaymentDate",
    "registrationDate": "registrationDate",
    "loginStatus": "loginStatus",
    "companyBranch": "companyBranch",
    "socialId": "socialId",
    "imei": "imei",
    "userName": "userName",
    "companySize": "companySize",
    "accountName": "accountName",
    "role": "role",
    "storeZipCode": "storeZipCode",
    "storeNumber": "storeNumber",
}


class UnusableAttribute(Exception):
    """The attribute is not one of the documented types, or lacks what its type must have."""


class Attributes:
    """The aggregated view of one session, in Visit Information's spelling.

    `newer` adds the fields the newer shape has: currency, and how a contact wants to be reached.
    """

    def __init__(self, *, newer: bool) -> None:
        self._newer = newer
        self.sections: Document = {}

    def take(self, attribute: Document) -> Document | None:
        """Merge one attribute. Returns its event without time and page, None where none is shown.

        Raises UnusableAttribute.
        """
        takers: dict[str, Callable[[Document], Document]] = {
            "personal": self._take_person,
            "ctmrinfo": self._take_customer,
            "mrktInfo": self._take_marketing,
            "cart": self._take_cart,
            "prodView": self._take_viewed,
            "purchase": self._take_purchase,
            "lead": self._take_lead,
            "service": self._take_service,
            "error": self._take_error,
        }
        if attribute.get("type") == "searchInfo":
            return None  # sent, but Visit Information does not show it
        taker = takers.get(str(attribute.get("type")))
        if taker is None:
            raise UnusableAttribute("type")
        try:
            return taker(attribute)
        except (KeyError, TypeError, AttributeError) as problem:
            raise UnusableAttribute(str(attribute["type"])) from problem

    def _take_person(self, attribute: Document) -> Document:
        sent = attribute["personal"]
        reported = _rename(sent, PERSON_FIELDS)
        if "age" in sent:
            reported["customerAge"] = _rename(sent["age"], AGE_FIELDS)
        if "contacts" in sent:
            reported["contacts"] = [self._contact(contact) for contact in sent["contacts"]]
        reported |= {name: sent[name] for name in ("gender", "company", "language") if name in sent}
        return self._update("personalInfo", reported, ("gender", "company", "language"))

    def _contact(self, sent: Document) -> Document:
        newer = ("phoneType", "address", "preferredContactMethod") if self._newer else ()
        return {name: sent.get(name) for name in ("email", "phone", *newer)}

    def _take_customer(self, attribute: Document) -> Document:
        sent = attribute["info"]
        reported = _rename(sent, CUSTOMER_FIELDS)
        if not self._newer:
            reported.pop("currency", None)
        return self._update("customerInfo", reported, tuple(CUSTOMER_FIELDS.values())[7:])

    def _take_marketing(self, attribute: Document) -> Document:
        sent = attribute["info"]
        reported: Document = {"originatingChannel": int(sent["channel"])} if "channel" in sent else {}
        reported |= {name: sent[name] for name in ("affiliate", "campaignId") if name in sent}
        return self._update("marketingCampaignInfo", reported, ())

    def _update(self, name: str, reported: Document, nullable: tuple[str, ...]) -> Document:
        """Rule `update`: what was reported earlier and is not reported again stays."""
        kept = self.sections.get(name, {}).get(name, {})
        merged = kept | reported
        merged |= {field: None for field in nullable if field not in merged}
        self.sections[name] = {name: merged}
        return {name: {name: merged}}

    def _take_cart(self, attribute: Document) -> Document:
        """Rule `replace`: a cart says everything or loses it."""
        status = {
            "total": attribute["total"],
            **self._currency(attribute),
            "numItems": attribute["numItems"],
            "products": [_line(line) for line in attribute.get("products", ())],
        }
        before = self.sections.get("cart", {}).get("cartStatus", {}).get("total", 0)
        self.sections["cart"] = {"cartStatus": status, "lastTotalChange": round(status["total"] - before, 2)}
        return {"cartStatus": status}

    def _take_viewed(self, attribute: Document) -> Document:
        products = [{"product": _product(line["product"])} for line in attribute["products"]]
        self._append("viewedProduct", *products)
        return {"viewedProduct": {**self._currency(attribute), "products": products}}

    def _take_purchase(self, attribute: Document) -> Document:
        sent = attribute["cart"]
        currency = self._currency(attribute)
        cart = {
            "total": sent.get("total"),
            **currency,
            "numItems": sent.get("numItems"),
            "products": [_line(line) for line in sent["products"]],
        }
        reported = {"total": attribute.get("total"), "orderId": attribute.get("orderId"), **currency}
        self._append(
            "purchases", self._numbered("purchases", "Purchase", "OrderId", reported, "orderId") | {"cart": cart}
        )
        return {"purchase": reported | {"cart": {"serverTimeStamp": 0, "contexts": {}, **cart}}}

    def _take_lead(self, attribute: Document) -> Document:
        sent = attribute["lead"]
        reported = {name: sent.get(name) for name in ("topic", "value", "ticketId", "leadId")} | self._currency(sent)
        self._append("leads", self._numbered("leads", "Lead", "LeadId", reported, "leadId"))
        return {"lead": {"lead": reported}}

    def _take_service(self, attribute: Document) -> Document:
        sent = attribute["service"]
        reported = {name: sent.get(name) for name in ("topic", "status", "category", "serviceId")}
        numbered = self._numbered("serviceActivity", "Service", "ServiceActivity", reported, "serviceId")
        self._append("serviceActivity", numbered)
        return {"serviceActivity": {"serviceActivity": reported}}

    def _take_error(self, attribute: Document) -> Document:
        sent = attribute["error"]
        reported = {name: sent.get(name) for name in ("contextId", "message", "code", "level", "resolved")}
        self._append("visitorError", reported)
        return {"visitorError": {"visitorError": reported}}

    def _numbered(self, section: str, word: str, repeated: str, reported: Document, key: str) -> Document:
        """The aggregate's own two fields: the number in the session, and whether its id was seen before."""
        earlier = self.sections.get(section, [])
        seen = any(item.get(key) == reported[key] for item in earlier)
        number = f"{word.lower()}SeqId"
        last = int(earlier[-1][number]) if earlier else 0
        return reported | {number: str(last + 1), f"repeated{repeated}": seen}

    def _append(self, section: str, *items: Document) -> None:
        """Rule `append`: each one is a new item."""
        self.sections[section] = [*self.sections.get(section, []), *items][-ITEMS_KEPT:]

    def _currency(self, sent: Document) -> Document:
        return {"currency": sent.get("currency")} if self._newer else {}


def _line(sent: Document) -> Document:
    return {"product": _product(sent["product"]), "quantity": sent.get("quantity")}


def _product(sent: Document) -> Document:
    return {name: sent.get(name) for name in ("name", "category", "sku", "price")}


def _rename(sent: Document, names: dict[str, str]) -> Document:
    """The fields that were sent, under the names Visit Information has for them."""
    return {ours: sent[theirs] for theirs, ours in names.items() if theirs in sent}
