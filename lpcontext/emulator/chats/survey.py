"""Agent surveys in the documented shape (contract 7.14)."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

Document = dict[str, Any]

ENTRY_TYPES: Final = ("Radio Button", "Dropdown Box", "Checkbox")


def make_survey(number: str, *questions: Document, header: str = "After the chat") -> Document:
    """An agent survey in the documented shape (7.14)."""
    return {"@id": number, "header": header, "questions": {"question": list(questions)}}


def ask_in_survey(
    number: str,
    label: str,
    *entries: str,
    order: int = 0,
    mandatory: bool = False,
    kind: str = "Text Field",
    validation: str = "alpha_numeric",
    logic: str | None = None,
    answer: str | None = None,
    shows: Mapping[str, str] = MappingProxyType({}),
) -> Document:
    """One question. `answer` is the last known one; `shows` says which entry shows the question of which logicId."""
    choices = [
        {"value": entry} | ({"logic": {"showLogicId": shows[entry]}} if entry in shows else {}) for entry in entries
    ]
    question: Document = {
        "@mandatory": str(mandatory).lower(),
        "@order": str(order),
        "@logicId": logic or str(order + 1),
        "@id": number,
        "@validationType": validation,
        "@type": kind,
        "label": label,
    }
    return question | ({"entry": choices} if kind in ENTRY_TYPES else {"lastKnownValue": answer or ""})
