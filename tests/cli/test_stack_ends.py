"""An impatient Ctrl-C: pressed again while the stack ends, it leaves no more behind than pressed once."""

from __future__ import annotations

import signal
import sys
import time
from pathlib import Path

import pytest

from tests.cli.launched_demo import launch_demo, session_of


@pytest.mark.skipif(sys.platform != "linux", reason="finds processes in /proc")
def test_a_second_ctrl_c_leaves_nothing_running(tmp_path: Path) -> None:
    with launch_demo(tmp_path) as demo:
        children = demo.children()
        assert len(children) == 4

        demo.process.send_signal(signal.SIGINT)
        time.sleep(0.05)
        demo.process.send_signal(signal.SIGINT)
        status = demo.process.wait(45)

        assert [pid for pid in children if pid in session_of(pid)] == []
        assert list(demo.temporary.iterdir()) == []
        assert status == 130
