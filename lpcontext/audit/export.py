"""Audit records as CSV, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from typing import Any

from lpcontext.audit.models import AuditRecord

COLUMNS = (
    "at", "action", "account_id", "agent_id", "agent_name", "host", "verified_by", "subject_kind", "subject_name",
    "kinds", "reason", "failed_check", "request_id", "address", "record_id",
)  # fmt: skip
# A spreadsheet takes what begins so for a formula; what an agent or CRM named is in here.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


class _Line:
    """csv writes to it; a line is what was written last."""

    def write(self, text: str) -> str:
        return text


def export_csv(records: Iterable[AuditRecord]) -> Iterator[str]:
    """Line by line, so that a year of them fits in memory."""
    writer: Any = csv.writer(_Line())
    yield writer.writerow(COLUMNS)
    for record in records:
        yield writer.writerow([_format_cell(getattr(record, name)) for name in COLUMNS])


def _format_cell(value: object) -> str:
    text = value.isoformat() if hasattr(value, "isoformat") else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
