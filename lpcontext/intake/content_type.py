"""What a request says of its body, as far as it is needed: every text here is UTF-8, whatever a request says."""

from __future__ import annotations

import re

_BOUNDARY = re.compile(r";\s*boundary=(\"?)(?P<boundary>[\w'()+,./:=?-]{1,70})\1\s*(?:;|$)", re.ASCII | re.IGNORECASE)


def settle_content_type(text: str) -> str:
    """The type, and the boundary of a body in parts; Django would look any other encoding up, and fails with some."""
    kind, _, parameters = text.partition(";")
    if not parameters:
        return text
    found = _BOUNDARY.search(text)
    return f'{kind}; boundary="{found["boundary"]}"' if found else kind
