"""What the operator of the panel would read in its admin, in a browser of their own: the audit's newest records."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from http.client import HTTPException
from typing import Final
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, ProxyHandler, build_opener

SECONDS: Final = 10.0
RECORDS: Final = 12
LIST_PATH: Final = "/admin/audit/auditrecord/"
_FORM_TOKEN: Final = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


class NoRecords(Exception):
    """The audit cannot be read; the message is a sentence an agent can read."""


class Operator:
    """Signs in when it must. Several threads may ask at once: at worst each signs in."""

    def __init__(self, *, panel_url: str, username: str, password: str) -> None:
        self.list_url = f"{panel_url}{LIST_PATH}"
        self._sign_in_url = f"{panel_url}/admin/login/?{urlencode({'next': LIST_PATH})}"
        self._username, self._password = username, password
        self._opener: OpenerDirector = build_opener(ProxyHandler({}), HTTPCookieProcessor())

    def __repr__(self) -> str:
        return f"<Operator {self._username}>"

    def read_records(self) -> list[dict[str, str]]:
        """The newest ones, newest first: the list's columns by their names. Raises NoRecords."""
        try:
            page = self._get(self.list_url)
            if _FORM_TOKEN.search(page) and 'name="password"' in page:
                page = self._sign_in(self._get(self._sign_in_url))
        except (OSError, HTTPException) as problem:
            raise NoRecords("The panel's audit cannot be reached.") from problem
        return read_list(page)[:RECORDS]

    def _sign_in(self, form: str) -> str:
        token = _FORM_TOKEN.search(form)
        if token is None:
            raise NoRecords("The panel's sign-in page is not as this desk knows it.")
        fields = {"csrfmiddlewaretoken": token[1], "username": self._username, "password": self._password}
        return self._get(self._sign_in_url, urlencode(fields).encode())

    def _get(self, url: str, form: bytes | None = None) -> str:
        with self._opener.open(url, form, timeout=SECONDS) as response:
            page: bytes = response.read()
            return page.decode()


def read_list(page: str) -> list[dict[str, str]]:
    """The rows of Django's own list: a cell is of class `field-…`, after its column."""
    reader = _ListReader()
    reader.feed(page)
    return reader.rows


class _ListReader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.rows: list[dict[str, str]] = []
        self._column = ""

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag not in ("td", "th"):
            return
        classes = (dict(attributes).get("class") or "").split()
        self._column = next((each.removeprefix("field-") for each in classes if each.startswith("field-")), "")
        if self._column and (not self.rows or self._column in self.rows[-1]):
            self.rows.append({})
        if self._column:
            self.rows[-1][self._column] = ""

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self._column = ""

    def handle_data(self, data: str) -> None:
        if self._column:
            self.rows[-1][self._column] += data.strip()
