"""A process whose clock was set back an hour: panels are live all the same, and as-of is right."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.panels import Panels, now_ms
from tests.support.running_stack import RunningStack, run_stack

VISITS = 6
# Half of what a clock set back an hour would make of it, and more than any machine takes for a test.
WRONG_BY_MS = 1_800_000

_SET_BACK = """
import sys, time
if {part!r} in " ".join(sys.orig_argv):
    _time, _time_ns = time.time, time.time_ns
    time.time = lambda: _time() - 3600
    time.time_ns = lambda: _time_ns() - 3600 * 10**9
    open({mark!r}, "a").close()
"""


@pytest.fixture(scope="module", params=["celery", "granian"])
def stack(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningStack]:
    """Python runs `sitecustomize` in every process it starts; only the one in question is set back."""
    folder = tmp_path_factory.mktemp(request.param)
    mark = folder / "was-set-back"
    (folder / "sitecustomize.py").write_text(_SET_BACK.format(part=request.param, mark=str(mark)))
    with run_stack(folder, environment={"PYTHONPATH": str(folder)}) as running:
        assert mark.exists()
        yield running


def test_panels_are_live_and_as_of_is_right(stack: RunningStack) -> None:
    with Panels(stack, stack.create_visits(VISITS)) as panels:
        panels.wait_until_live()
        since_ms = now_ms()
        panels.wait_until_live(since_ms=since_ms)
        panels.wait_until_live(since_ms=now_ms() + 1_000)
        results = panels.results_since(since_ms)

    assert {each.state for each in results} == {"live"}
    assert max(abs(each.at_ms - (each.as_of_ms or 0)) for each in results) < WRONG_BY_MS


def test_refresh_now_and_a_new_launch_work(stack: RunningStack) -> None:
    [subject] = stack.create_visits(1)
    look = stack.open_panel(subject)
    first = stack.wait_for(look, "live").headers["X-LPContext-As-Of"]

    stack.tick_until(look, lambda now: stack.tick(look.token, now=True).headers["X-LPContext-As-Of"] > first)
    assert stack.wait_for(stack.open_panel(subject), "live").status in (200, 204)
