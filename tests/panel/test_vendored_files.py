"""What we serve of others is what they published."""

from __future__ import annotations

import hashlib
from pathlib import Path

STATIC = Path(__file__).resolve().parents[2] / "static"
VENDOR = STATIC / "vendor"


def listed() -> list[list[str]]:
    lines = (VENDOR / "VERSIONS.txt").read_text().splitlines()
    return [line.split() for line in lines if line and not line.startswith("#")]


def test_each_file_has_the_hash_it_was_published_with() -> None:
    published = {name: digest for name, _, _, _, digest in listed()}

    assert published == {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in VENDOR.iterdir()
        if path.name != "VERSIONS.txt"
    }


def test_each_file_is_named_by_its_version_and_has_a_licence() -> None:
    assert {(name, version) for _, name, version, _, _ in listed()} == {("htmx.org", "2.0.11"), ("idiomorph", "0.8.0")}
    assert all(version in file and licence == "0BSD" for file, _, version, licence, _ in listed())
