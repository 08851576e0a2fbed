"""Sessions and servers that end when nobody needs them."""

from __future__ import annotations

from tests.end_to_end.world import PREFIX, World
from tests.waiting import wait_until


def gone(aimux: World) -> None:
    """Wait until no server is left."""
    wait_until(lambda: not aimux.servers() and not aimux.socket.exists())


def test_a_server_that_was_started_for_nothing_leaves(aimux: World) -> None:
    aimux.do("start-server")
    gone(aimux)


def test_an_empty_server_stays_where_it_is_told_to(aimux: World) -> None:
    aimux.do("start-server", ";", "set", "-s", "exit-empty", "off")
    first = aimux.server()
    assert aimux.do("show", "-sv", "exit-empty") == "off\n"
    assert aimux.server() == first
    aimux.do("set", "-s", "exit-empty", "on")
    gone(aimux)


def test_a_session_ends_with_its_last_client_if_it_is_to(aimux: World) -> None:
    aimux.do("new", "-d", "-s", "stays", "cat")
    terminal = aimux.attached()
    aimux.do("set", "-t", "work", "destroy-unattached", "on")
    assert aimux.do("ls", "-F", "#{session_name}") == "stays\nwork\n"
    terminal.type(PREFIX + b"d")
    assert terminal.wait_for_end() == 0
    wait_until(lambda: aimux.do("ls", "-F", "#{session_name}") == "stays\n")


def test_a_server_ends_with_its_last_client_if_it_is_to(aimux: World) -> None:
    terminal = aimux.attached()
    aimux.do("set", "-s", "exit-unattached", "on")
    terminal.type(PREFIX + b"d")
    terminal.wait_for_end()
    gone(aimux)


def test_answers_to_prompts_outlive_the_server(aimux: World) -> None:
    aimux.do("new", "-d", "-s", "work", "cat", ";", "set", "-s", "history-file", "~/answers")
    terminal = aimux.attached()
    terminal.type(PREFIX + b":display-message answered\r")
    terminal.wait_for("answered")
    aimux.do("kill-server")
    assert (aimux.directory / "answers").read_text() == "command:display-message answered\n"
