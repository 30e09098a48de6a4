"""docs/embedding says what is true: its parts and states, and in each CRM's page the sentences an agent may see."""

from __future__ import annotations

import json
import re
from pathlib import Path

import jwt
import pytest

from lpcontext.panel.parts import PARTS
from lpcontext.panel.wording import refusal, states
from lpcontext.subjects import State

CHECKOUT = Path(__file__).resolve().parents[2]
FOLDER = CHECKOUT / "docs" / "embedding"
INDEX = (FOLDER / "README.md").read_text()
PAGES = sorted(path for path in FOLDER.glob("*.md") if path.name != "README.md")
HEADINGS = [
    "What you need",
    "What to paste where",
    "Permissions of the frame",
    "How to tell that it works",
    "When it does not",
]
_PARTS = re.compile(r'data-section="([a-z|]+)"')
_STATES = re.compile(r"`data-state` is one of: (.+?)\.", re.DOTALL)
_CHECKS = re.compile(r"^\| ((?:`[^`]+`(?:, )?)+) \|", re.MULTILINE)
_LINK = re.compile(r"\]\(([^)#:]*)#?([^)]*)\)")

each_page = pytest.mark.parametrize("page", PAGES, ids=lambda path: path.stem)


def read_failed_checks(page: str) -> list[str]:
    """Those in the table under "failed check"."""
    return [
        check
        for row in _CHECKS.findall(page.partition("| failed check |")[2])
        for check in row.strip("`").split("`, `")
    ]


def find_anchors(page: str) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", page, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_every_part_is_listed_and_none_that_is_gone() -> None:
    listed = _PARTS.findall(INDEX)[0].split("|")

    assert sorted(listed) == sorted(part.section for part in PARTS)


def test_every_state_is_listed_and_none_that_is_gone() -> None:
    listed = re.findall(r"`([a-z-]+)`", _STATES.findall(INDEX)[0])

    assert sorted(listed) == sorted(State)


@each_page
def test_a_page_is_in_the_index_and_has_all_an_administrator_needs(page: Path) -> None:
    assert f"]({page.name})" in INDEX
    assert re.findall(r"^## (.+)$", page.read_text(), re.MULTILINE) == HEADINGS


@each_page
def test_what_an_agent_may_see_is_what_the_panel_says(page: Path) -> None:
    table = page.read_text().partition("## When it does not")[2]
    wording = "".join(Path(str(module.__file__)).read_text() for module in (refusal, states))
    quoted = [
        each.rstrip("…")
        for row in re.findall(r"^\| (.+?) \|", table, re.MULTILINE)
        for each in re.findall(r"\*\*(.+?)\*\*", row)
    ]

    assert len(quoted) > 5
    assert [each for each in quoted if each not in wording] == []


@pytest.mark.parametrize("name", ["salesforce", "zendesk", "hubspot"])
def test_a_failed_check_is_one_that_the_audit_has(name: str) -> None:
    hosts = CHECKOUT / "lpcontext" / "launch" / "hosts"
    sources = "".join(path.read_text() for path in hosts.glob("*.py"))
    checks = read_failed_checks((FOLDER / f"{name}.md").read_text())

    assert len(checks) >= 5
    assert [each for each in checks if f'CheckFailed("{each}")' not in sources and not hasattr(jwt, each)] == []


def test_the_manifest_can_be_pasted() -> None:
    [manifest] = re.findall(r"```json\n(.+?)```", (FOLDER / "zendesk.md").read_text(), re.DOTALL)

    assert json.loads(manifest)["signedUrls"] is True


@pytest.mark.parametrize("page", [*PAGES, FOLDER / "README.md"], ids=lambda path: path.stem)
def test_a_link_leads_to_a_heading_that_is_there(page: Path) -> None:
    links = _LINK.findall(page.read_text())
    anchors = {name: find_anchors((page.parent / name if name else page).read_text()) for name, _ in links}

    assert links
    assert [(name, anchor) for name, anchor in links if anchor and anchor not in anchors[name]] == []
