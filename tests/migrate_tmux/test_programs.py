from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from migrate_tmux.programs import foreground_words, may_restart
from tests.migrate_tmux.homes import Home
from tests.programs import tmux_3_3a
from tests.waiting import wait_until


@contextmanager
def pane(home: Home, command: str) -> Iterator[int]:
    """The process of a pane of the real tmux that runs a command."""
    tmux_3_3a()
    home.tmux("new-session", "-d", "-s", "x", command)
    try:
        yield int(home.tmux("display-message", "-p", "-t", "x", "#{pane_pid}"))
    finally:
        home.tmux("kill-server")


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("exec sleep 1000", ("sleep", "1000")),
        ("sleep '1000'", ("sleep", "1000")),
        ("sleep 1000; :", ("/bin/sh", "-c", "sleep 1000; :")),
    ],
)
def test_the_foreground_program_is_named_as_it_was_called(
    home: Home, command: str, words: tuple[str, ...]
) -> None:
    with pane(home, command) as process:
        named = {words, ("sh", *words[1:]) if words[0] == "/bin/sh" else words}
        wait_until(
            lambda: foreground_words(process) in named, state=lambda: foreground_words(process)
        )


def test_an_idle_shell_is_no_program(home: Home) -> None:
    with pane(home, "exec /bin/sh") as process:
        wait_until(lambda: foreground_words(process) == ())


def test_a_process_without_a_terminal_has_none() -> None:
    assert foreground_words(0) == ()
    assert foreground_words(2**31) == ()


@pytest.mark.parametrize(
    ("words", "again"),
    [(("/usr/bin/vim", "x"), True), (("-less",), True), (("rm", "-r"), False), ((), False)],
)
def test_only_programs_of_the_list_are_started_again(words: tuple[str, ...], again: bool) -> None:
    assert may_restart(words) is again
