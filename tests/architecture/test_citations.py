"""A docstring's `contract 7.2` leads to section 7.2 of docs/liveperson, and each section there is cited by somebody."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
PAGES = CHECKOUT / "docs" / "liveperson"
_SECTION = r"\d+(?:\.\d+)?"
_CITATION = re.compile(rf"\bcontract (?:section )?({_SECTION}(?:(?:, | and | to ){_SECTION})*)")
_HEADING = re.compile(rf"^#+ ({_SECTION}) \S", re.MULTILINE)


def list_sections() -> list[str]:
    """The number of each heading, in the order of the pages and of their text; sorted as `7.2` before `7.10`."""
    found = [number for page in PAGES.glob("*.md") for number in _HEADING.findall(page.read_text())]
    return sorted(found, key=_sort_key)


def list_code() -> list[Path]:
    code = [path for folder in ("lpcontext", "tests") for path in sorted((CHECKOUT / folder).rglob("*.py"))]
    return [path for path in code if path != Path(__file__)]


def find_citations(paths: Iterable[Path]) -> dict[str, list[str]]:
    """By cited section: the files that cite it. A range cites what lies between its ends."""
    sections = list_sections()
    citing: dict[str, list[str]] = {}
    for path in paths:
        for cited in _CITATION.findall(path.read_text()):
            for number in expand(cited, sections):
                citing.setdefault(number, []).append(path.relative_to(CHECKOUT).as_posix())
    return citing


def expand(cited: str, sections: list[str]) -> list[str]:
    """`0.6, 4.2 to 4.4` as the sections it names."""
    numbers: list[str] = []
    for part in re.split(r", | and ", cited):
        first, _, last = part.partition(" to ")
        numbers += [first, *([last] if last else [])]
        numbers += [each for each in sections if last and _sort_key(first) < _sort_key(each) < _sort_key(last)]
    return numbers


def _sort_key(number: str) -> tuple[int, ...]:
    return tuple(int(piece) for piece in number.split("."))


@pytest.mark.parametrize(
    ("cited", "named"),
    [
        ("7", ["7"]),
        ("0.2, 0.3", ["0.2", "0.3"]),
        ("7.9 to 7.11", ["7.9", "7.11", "7.10"]),
        ("7.9 to 7.10, 8", ["7.9", "7.10", "8"]),
        ("7.9 and 8", ["7.9", "8"]),
    ],
)
def test_a_citation_names_sections(cited: str, named: list[str]) -> None:
    assert expand(cited, ["7", "7.9", "7.10", "7.11", "8"]) == named


def test_a_section_has_one_heading() -> None:
    sections = list_sections()

    assert len(sections) >= 30
    assert [number for number in set(sections) if sections.count(number) > 1] == []


def test_each_citation_leads_to_a_section() -> None:
    sections = set(list_sections())
    cited = find_citations([*list_code(), *CHECKOUT.glob("docs/*.md"), *CHECKOUT.glob("*.md")])

    assert {number: files for number, files in cited.items() if number not in sections} == {}


def test_each_section_is_cited() -> None:
    """A page's own number is cited with any of its sections: what nobody relies on is not written."""
    cited = set(find_citations(list_code()))
    cited |= {number.split(".")[0] for number in cited}

    assert [number for number in list_sections() if number not in cited] == []


def test_the_index_leads_to_each_page() -> None:
    index = (PAGES / "README.md").read_text()
    listed = dict(re.findall(r"^\| (\d+) \| \[[^]]+\]\(([a-z-]+\.md)\)", index, re.MULTILINE))
    pages = [page for page in PAGES.glob("*.md") if page.name != "README.md"]

    assert listed == {_HEADING.findall(page.read_text())[0]: page.name for page in pages}
