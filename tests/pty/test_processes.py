from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from aimux.pty import processes
from aimux.pty.processes import Process, descendants, process
from tests.pty.conftest import Program, Starter

TREE = "(sleep 1001 & exec sh -c 'sleep 1002 & echo ready; wait') & wait"

SHAPE = ["sh -c sleep 1002 & echo ready; wait", "sleep 1001", "sleep 1002"]


@pytest.fixture
def tree(start: Starter) -> Program:
    program = start("sh", "-c", TREE)
    program.wait_for(b"ready")
    deadline = time.monotonic() + 20
    while shape(descendants(program.process.pid)) != SHAPE:  # each is a shell for a moment
        assert time.monotonic() < deadline
    return program


def shape(found: list[Process]) -> list[str]:
    return sorted(" ".join(one.argv) for one in found)


def test_the_tree_below_a_pane_is_found(tree: Program) -> None:
    found = descendants(tree.process.pid)
    assert shape(found) == SHAPE
    by_pid = {one.pid: one for one in found}
    (inner,) = (one for one in found if one.name == "sh")
    assert inner.parent == tree.process.pid
    assert {one.parent for one in by_pid.values() if one.name == "sleep"} == {inner.pid}
    assert found[0] == inner  # nearest first


def test_a_kernel_that_lists_no_children_gives_the_same(
    tree: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = descendants(tree.process.pid)
    monkeypatch.setattr(processes, "_kernel_lists_children", lambda: False)
    assert sorted(descendants(tree.process.pid), key=lambda one: one.pid) == sorted(
        listed, key=lambda one: one.pid
    )


def test_the_tree_is_bounded(tree: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "MAX_PROCESSES", 2)
    assert len(descendants(tree.process.pid)) == 2


def test_what_has_ended_has_no_tree() -> None:
    assert descendants(2**22 + 1) == []
    assert process(2**22 + 1) is None


def test_a_start_is_told_in_seconds_since_the_boot(start: Starter) -> None:
    before = time.clock_gettime(time.CLOCK_BOOTTIME)
    found = process(start("cat").process.pid)
    assert found is not None
    assert before - 1 <= found.start_time <= time.clock_gettime(time.CLOCK_BOOTTIME)


def test_a_name_may_hold_brackets_and_spaces(start: Starter, tmp_path: Path) -> None:
    odd = tmp_path / "a) b (c"
    odd.write_text("#!/bin/sh\necho ready; read x\n")
    odd.chmod(0o755)
    program = start(str(odd))
    program.wait_for(b"ready")
    found = process(program.process.pid)
    assert found is not None
    assert (found.name, found.parent) == ("a) b (c", os.getpid())
