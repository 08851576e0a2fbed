"""Configurations of real people leave the same keys and options in tmux and in aimux."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.compat.conftest import fresh
from tests.compat.programs import DEADLINE_SECONDS, SHIM, Program, Result

CONFIGURATIONS = sorted(Path(__file__).with_name("configurations").glob("*.conf"))
QUESTIONS = (
    ("list-keys",),
    ("show-options", "-s"),
    ("show-options", "-g"),
    ("show-options", "-gw"),
    ("show-hooks", "-g"),
    ("show-hooks", "-gw"),
)


def answers(program: Program) -> list[Result]:
    return [program(*question) for question in QUESTIONS]


def loaded(name: str, configuration: Path) -> list[Result]:
    """What a program says once the jobs of a configuration have done their part."""
    with fresh(name) as program:
        copy = program.directory / "tmux.conf"
        copy.write_bytes(configuration.read_bytes())
        program("-f", str(copy), "new-session", "-d", "-x", "80", "-y", "24", "cat")
        before, now = None, answers(program)
        deadline = time.monotonic() + DEADLINE_SECONDS
        while before != now and time.monotonic() < deadline:
            before, now = now, answers(program)
        return now


@pytest.mark.parametrize("configuration", CONFIGURATIONS, ids=lambda path: path.stem)
def test_it_leaves_the_same_keys_and_options(configuration: Path) -> None:
    assert loaded(SHIM, configuration) == loaded("tmux", configuration)
