"""One document, three ways out: JSON with `@`, JSON without, XML (contract 7.2).

A document is written as `NC=true` has it: `@` before what is an attribute in XML, a list for what is repeated,
None for what is there and empty.
"""

from __future__ import annotations

import re
from html import escape
from typing import Any, Final

from ..choices import Choices
from ..messages import Request, Response, json_response

XML_TYPE: Final = "application/xml;charset=UTF-8"
# What may arrive as an object or a bare word where there is one of it, an array where there are several.
SINGLE_OR_LIST: Final = ("link", "event", "skill", "skillInfo", "entry")
# Numbers LivePerson prints as strings where the keys have no `@`.
NUMBERS_AS_STRINGS: Final = ("systemMessageId", "sharkContextId", "engagementId", "campaignId")
FORBIDDEN: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render_document(request: Request, document: dict[str, Any], *, choices: Choices, status: int = 200) -> Response:
    """The document in the shape the request wants; for XML it must have exactly one key, the root."""
    if wants_xml(request):
        return render_xml(document, status=status)
    plain = (request.parameter("NC") or "").lower() != "true"
    return json_response(_fold(document, choices=choices, plain=plain), status=status)


def render_xml(document: dict[str, Any], *, status: int = 200) -> Response:
    """The document as XML, whatever was wanted."""
    text = "".join(_write(name, value) for name, value in document.items())
    return Response(status=status, body=text.encode(), content_type=XML_TYPE)


def wants_xml(request: Request) -> bool:
    """Whether XML is accepted, and is not outdone by a `.json` at the end of the path."""
    accepted = request.headers.get("Accept", "").lower()
    return not request.raw_path.endswith(".json") and ("application/xml" in accepted or "text/xml" in accepted)


def _fold(value: Any, *, choices: Choices, plain: bool) -> Any:
    if isinstance(value, list):
        return [_fold(each, choices=choices, plain=plain) for each in value]
    if not isinstance(value, dict):
        return value
    folded: dict[str, Any] = {}
    for name, inner in value.items():
        if inner == [] and choices.empty_lists == "missing":
            continue
        is_single = isinstance(inner, list) and len(inner) == 1 and name in SINGLE_OR_LIST
        kept = inner[0] if is_single and choices.single_items == "object" else inner
        converted = _fold(kept, choices=choices, plain=plain)
        folded[name.removeprefix("@") if plain else name] = _convert_number(name, converted) if plain else converted
    return folded


def _convert_number(name: str, value: Any) -> Any:
    """Without `@`, ids are numbers, and some numbers are strings."""
    if name.startswith("@") and isinstance(value, str) and re.fullmatch(r"-?\d{1,18}", value):
        return int(value)
    return str(value) if name in NUMBERS_AS_STRINGS and isinstance(value, int) else value


def _write(name: str, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return "".join(_write(name, each) for each in value)
    if not isinstance(value, dict):
        return f"<{name}>{escape(_clean(value), quote=False)}</{name}>"
    attributes = "".join(f' {key[1:]}="{escape(_clean(inner))}"' for key, inner in value.items() if key.startswith("@"))
    children = "".join(_write(key, inner) for key, inner in value.items() if not key.startswith("@"))
    return f"<{name}{attributes}>{children}</{name}>" if children else f"<{name}{attributes}/>"


def _clean(value: Any) -> str:
    """As text, without what XML has no way to hold."""
    if isinstance(value, bool):
        return str(value).lower()
    return FORBIDDEN.sub("\ufffd", str(value))
