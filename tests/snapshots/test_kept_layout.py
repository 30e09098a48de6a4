"""Fields are kept by their position: one that moves would be read as another from what an older process has kept.

`kept_layout.json` says which fields each type had when `_SHAPE` in `snapshots/codec.py` was last raised. A new field
comes after them, with a default, and needs no line there. For any other change raise `_SHAPE` and write the file anew
from what `read_layout` gives; but no field of a `Launch` ever moves, for panels that are open send it with each tick.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import msgspec

from lpcontext.launch import Launch
from lpcontext.snapshots import LastAnswer, StoredChat, StoredVisit, SubjectStatus

KEPT = (StoredVisit, StoredChat, SubjectStatus, LastAnswer, Launch)
LAYOUT: dict[str, list[str]] = json.loads((Path(__file__).parent / "kept_layout.json").read_text())


def find_types(annotation: Any) -> Iterator[type[msgspec.Struct]]:
    """The structs named in a field's type, and in the types of their fields."""
    if isinstance(annotation, type) and issubclass(annotation, msgspec.Struct):
        yield annotation
        for field in msgspec.structs.fields(annotation):
            yield from find_types(field.type)
    for part in get_args(annotation):
        yield from find_types(part)


def list_types() -> dict[str, type[msgspec.Struct]]:
    """Each type that is kept, by its room and name."""
    types = [each for kind in KEPT for each in find_types(kind)]
    return {f"{each.__module__.split('.')[1]}.{each.__qualname__}": each for each in types}


def read_layout() -> dict[str, list[str]]:
    """The fields of each type that is kept, in their order."""
    return {name: [field.name for field in msgspec.structs.fields(each)] for name, each in list_types().items()}


def test_each_type_that_is_kept_is_found() -> None:
    assert len(LAYOUT) > 30
    assert LAYOUT.keys() <= read_layout().keys()


def test_a_new_field_comes_last() -> None:
    layout = read_layout()

    assert {name: layout[name][: len(fields)] for name, fields in LAYOUT.items()} == LAYOUT


def test_a_new_field_has_a_default() -> None:
    types = list_types()
    added = [(name, field) for name in LAYOUT for field in msgspec.structs.fields(types[name])[len(LAYOUT[name]) :]]

    assert [(name, field.name) for name, field in added if field.required] == []
