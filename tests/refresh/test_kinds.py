"""One table of kinds drives all that is done with a subject by its kind."""

from __future__ import annotations

from typing import get_args

import pytest

from lpcontext.refresh.kinds import KIND_NAMES, KINDS, Kind, find_kind
from lpcontext.snapshots import name_of
from lpcontext.snapshots.codec import open_key, seal_key
from lpcontext.subjects import ChatKey, Subject, VisitKey

SUBJECTS: list[Subject] = [
    VisitKey(account_id="71820394", visitor_id="visitor", session_id="session"),
    ChatKey(account_id="71820394", chat_id="chat"),
]


def test_each_key_has_its_kind_in_the_table() -> None:
    keys = [key.kind for key in get_args(Subject)]

    assert sorted(keys) == sorted(KIND_NAMES) == sorted(subject.kind for subject in SUBJECTS)


@pytest.mark.parametrize("subject", SUBJECTS, ids=lambda subject: subject.kind)
def test_a_subject_is_named_sealed_and_found_by_its_kind(subject: Subject) -> None:
    name = name_of(subject)

    assert open_key(name, seal_key(name, subject)) == subject
    assert find_kind(subject).name == subject.kind


@pytest.mark.parametrize("subject", SUBJECTS, ids=lambda subject: subject.kind)
def test_its_word_is_the_one_its_sealed_key_begins_with(subject: Subject) -> None:
    """Else it could not be opened again by another process."""
    assert type(subject).__struct_config__.tag == subject.kind


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_kind_asks_for_some_at_once_in_its_own_time(kind: Kind) -> None:
    assert kind.per_call > 0
    assert kind.calls_at_once > 0
    assert kind.interval_ms() > 0
