"""Answers that are given again to whoever sends the same once more, under a key of its own choice.

A key is claimed before anything is done, so that two that arrive at once do it once. Values are sealed by the caller.
"""

from __future__ import annotations

from typing import NamedTuple

from lpcontext.snapshots.memory import run_script
from lpcontext.snapshots.naming import kept_answer_key

_CLAIM_MS = 60_000

# KEYS: the answer; ARGV: what was asked, for how long the claim holds
_CLAIM = """
local asked, answer = unpack(redis.call('HMGET', KEYS[1], 'asked', 'answer'))
if not asked then
  redis.call('HSET', KEYS[1], 'asked', ARGV[1])
  redis.call('PEXPIRE', KEYS[1], ARGV[2])
  return {'claimed', ''}
end
if asked ~= ARGV[1] then return {'other', ''} end
if answer then return {'kept', answer} end
return {'busy', ''}
"""
_KEEP = """
redis.call('HSET', KEYS[1], 'answer', ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[2])
"""


class KeptAnswer(NamedTuple):
    """`state`: claimed, other (something else was asked with this key), busy, or kept with the `answer`."""

    state: str
    answer: bytes


def claim_answer(name: str, asked: str) -> KeptAnswer:
    """`asked` is a digest of what is asked. Raises MemoryUnavailable."""
    state, answer = run_script(_CLAIM, keys=[kept_answer_key(name)], args=[asked, _CLAIM_MS])
    return KeptAnswer(state.decode(), answer)


def keep_answer(name: str, answer: bytes, *, seconds: float) -> None:
    """Raises MemoryUnavailable."""
    run_script(_KEEP, keys=[kept_answer_key(name)], args=[answer, int(seconds * 1000)])


def drop_answer(name: str) -> None:
    """What was claimed came to nothing: it may be asked anew. Raises MemoryUnavailable."""
    run_script("redis.call('DEL', KEYS[1])", keys=[kept_answer_key(name)], args=[])
