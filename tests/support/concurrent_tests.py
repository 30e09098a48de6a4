"""`@pytest.mark.concurrent`: a test that mostly waits, run at the same time as its module's others of that mark.

The first of them runs all that were collected, each in a thread of its own, and each reports its own outcome. They
share `stack` and take parameters, but no other fixture, and each strikes only accounts of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial

import pytest

_AT_ONCE = 8
_FUTURES = pytest.StashKey[dict[str, "Future[object]"]]()


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    if not _is_concurrent(pyfuncitem):
        return None
    module = pyfuncitem.getparent(pytest.Module)
    assert module is not None
    if _FUTURES not in module.stash:
        module.stash[_FUTURES] = _run_all(module, stack=pyfuncitem.funcargs["stack"])
    module.stash[_FUTURES][pyfuncitem.nodeid].result()
    return True


def _run_all(module: pytest.Module, *, stack: object) -> dict[str, Future[object]]:
    with ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="concurrent-test") as pool:
        return {item.nodeid: pool.submit(_bind(item, stack)) for item in _find_tests(module)}


def _find_tests(module: pytest.Module) -> Iterator[pytest.Function]:
    for item in module.session.items:
        if isinstance(item, pytest.Function) and item.getparent(pytest.Module) is module and _is_concurrent(item):
            yield item


def _bind(item: pytest.Function, stack: object) -> Callable[[], object]:
    parameters = item.callspec.params if hasattr(item, "callspec") else {}
    return partial(item.obj, stack=stack, **parameters)


def _is_concurrent(item: pytest.Function) -> bool:
    return item.get_closest_marker("concurrent") is not None
