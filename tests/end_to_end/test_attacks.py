"""The list of attacks, played in panes and in whatever has a name: none reaches a terminal."""

from __future__ import annotations

from base64 import b64encode
from pathlib import Path

import pytest

from tests.end_to_end.outer_stream import what_is_not_ours
from tests.end_to_end.world import PREFIX, World
from tests.terminal import Terminal
from tests.vt.test_attacks import ATTACKS

MORE = (
    b"\x1b]2;" + b"t" * 5000 + b"\a",
    b"\x1b]2;\r\ntouch X\x9b31m\x1b[8m\x07",
    b"\x1b]2;\xe2\x80\xae\xe2\x81\xa6reversed\xf3\xa0\x81\x81\a",
    b"\x1bkname\x9b2J\r\n\x1b\\",
    b"\x1b]52;c;" + b"QUFB" * 1000 + b"\a",
    b"\x1b]52;c;?\a",
    b"\x1b]8;;javascript:alert(1)\x1b\\j\x1b]8;;\x1b\\\x1b]8;;https://h/\x9b31m\x1b\\k\x1b]8;;\x1b\\",
    b"\x1b]8;id=a\x07b;file:///etc/passwd\x1b\\f\x1b]8;;\x1b\\",
    b"\x1b]7;file://other/etc\x1b[31m\a\x1b]9;4;1;50\a\x1b]777;notify;\x9bA;\x1b\\B\a",
    b"\x1b]133;A\a\x1b]133;C;cmdline=\x1b[31mevil\r\n\a\x1b]133;D;0\a",
    b'\x1b]7501;{"state":"\\u001b]2;x\\u0007"}\a',
    b"\x1b[" + b"9" * 100_000 + b"A\x1b[" + b"1;" * 100_000 + b"m",
    b"a" + "\u0301".encode() * 10_000,
    "👩\u200d👩\u200d👧\ufe0f\u202eabc\u2066\U000e0041\U0010ffff\u00ad\x9b31m\x85\x90x\x9c".encode(),
    b"\x9b31m\x9d2;t\x9c\x90q\x9c\xff\xfe\xc0\x9b",
    b"\x1bPtmux;\x1b\x1b]52;c;aGk=\x07\x1b\\\x1bP1;2q#0;2;0;0;0\x1b\\\x1b_Ga=T;AAAA\x1b\\",
    b"\x1b[?1049h\x1b[?1000;1003;1006h\x1b[?2026h\x1b[>1u\x1b[5 q\x1b[?25l\x1b[r\x1b[4h\x1b[?7l",
    b"\x1b[5i\x1b[4i\x1b#8\x1b(0qqq\x1b(B\x0e\x0f\x1bc",
    b"[@click=app.exit]x[/] [link=https://evil]y[/link] [red]z #[fg=red]#(touch X) #{pane_id} %1",
)
EVIL = "n\x1b]2;owned\x07\x9b31m\r\n\x1b[8mX[@click=app.exit]\u202e\x7f"
ENDED = b"\x1b[?1049l\x1b[?1003;1000;1006l\x1b[?25h\x1b[m\x1b[2J\x1b[H"


@pytest.fixture
def terminal(aimux: World, tmp_path: Path) -> Terminal:
    """A wide terminal, sidebar shown, with a pane that has cat(1) running."""
    attacks = tmp_path / "attacks"
    attacks.write_bytes(b"\n".join([*(row[0] for row in ATTACKS.values()), *MORE]))
    (tmp_path / "end").write_bytes(ENDED)
    terminal = aimux.attached(columns=150, rows=40)
    for name, value in (
        ("set-titles", "on"),
        ("allow-rename", "on"),
        ("set-clipboard", "on"),
        ("pane-border-status", "top"),
        ("status-right", "#{pane_title} #{window_name} #{pane_path}"),
        ("pane-border-format", "#{pane_title} #{pane_current_command}"),
    ):
        aimux.do("set", "-g", name, value)
    return terminal


def check(terminal: Terminal) -> None:
    assert what_is_not_ours(terminal.output) == ""


def test_the_grammar_finds_what_is_not_ours() -> None:
    for hole in (
        b"\x1b]2;x\a",
        b"\x1b[31A",
        b"\x9b31m",
        b"\xc2\x9b31m",
        b"\x1b[6n",
        b"a\x1b[5i",
        b"\x01",
    ):
        assert what_is_not_ours(b"ours\x1b[m" + hole + b"more"), hole
    assert what_is_not_ours(b"ours \x1b[0;1;4:3m \x1b[3;4H\x1b[5X\x1b]0;t\a") == ""


def test_no_attack_of_a_program_reaches_the_terminal(aimux: World, terminal: Terminal) -> None:
    for times in (1, 2):
        script = f"cat {'attacks ' * times}; cat end; echo do''ne {times}; exec cat"
        aimux.do("respawn-pane", "-k", "-t", "work:", script)
        terminal.wait_for(f"done {times}")
        check(terminal)
    terminal.type(PREFIX + b"[")  # copy mode shows what scrolled away
    for _ in range(4):
        terminal.type(b"\x1b[5~")
    terminal.type(b"q")
    aimux.do("split-window", "-h", "cat attacks; cat")
    popup = "cat attacks; cat end; echo pop''up; exec cat"
    aimux.do("bind-key", "u", "display-popup", "-T", EVIL, "-E", popup)
    terminal.type(PREFIX + b"u")
    terminal.wait_for("popup")
    terminal.wait_for(lambda: not terminal.read(0.2))
    check(terminal)


def test_no_name_message_or_buffer_reaches_the_terminal_as_it_is(
    aimux: World, terminal: Terminal
) -> None:
    client = aimux.do("list-clients", "-F", "#{client_name}").strip()
    for words in (
        ("rename-window", EVIL),
        ("rename-session", f"work{EVIL}"),
        ("select-pane", "-T", EVIL),
        ("set-buffer", "-b", "evil", EVIL),
        ("set", "-g", "@evil", EVIL),
        ("display-message", "-c", client, EVIL),
        ("display-message", "-c", client, "#{@evil} #{buffer_sample}"),
        ("bind-key", "-N", EVIL, "y", "display-message", EVIL),
        ("bind-key", "u", "display-menu", "-T", EVIL, EVIL, "a", "display-message x"),
    ):
        aimux.run(*words)
        terminal.wait_for(lambda: not terminal.read(0.1))
        check(terminal)
    for keys in (b"u", b"=", b"w", b"s", b"?", b":"):
        terminal.type(PREFIX + keys)
        terminal.wait_for(lambda: not terminal.read(0.1))
        terminal.type(b"q\x1b" if keys != b":" else EVIL.encode() + b"\x03")
        check(terminal)
    aimux.run("run-shell", "cat attacks")  # shown in view mode
    aimux.run("paste-buffer", "-b", "evil")
    aimux.run("command-prompt", "-b", "-t", client, "-p", EVIL, "display-message '%%'")
    terminal.wait_for(lambda: not terminal.read(0.2))
    check(terminal)


def test_nothing_that_agents_say_ask_or_are_told_reaches_the_terminal_as_it_is(
    aimux: World, terminal: Terminal
) -> None:
    """Requests, toasts, messages, tasks, notes and kept values; in the sidebar and opened."""
    for name, value in (("pane-border-status", "off"), ("sidebar-width", "60")):
        aimux.do("set", "-g", name, value)
    reports = b"".join(
        b"\x1b]7501;state=blocked:app=" + app + b":kind=permission:msg=" + b64encode(text) + b"\a"
        for app, text in ((EVIL.encode(), b"x"), (b"codex", EVIL.encode() * 20))
    )
    (aimux.directory / "asks").write_bytes(reports + b"\x1b]2;" + EVIL.encode()[:9] + b"\a")
    for words in (("split-window", "-d"), ("new-window", "-d", "-n", "far")):
        aimux.do(*words, "cat asks attacks; cat end asks; cat")
    for words in (
        ("msg", "send", "me", EVIL),
        ("msg", "send", "codex", EVIL * 50, "--type", "request", "--context", EVIL),
        ("task", "add", EVIL),
        ("task", "add", "--needs", EVIL, "--role", EVIL, f"harmless {EVIL}"),
        ("note", "add", EVIL),
        ("kv", "set", "evil", EVIL),
        ("display-message", "#{agent_detail} #{agent_name} #{@evil}"),
    ):
        aimux.run(*words)
        terminal.wait_for(lambda: not terminal.read(0.1))
        check(terminal)
    terminal.wait_for("harmless")
    for keys in (b"a", b"a" + b"jjjjj\r", b"a" + b"jjjjjj\r", b"g", b"P", b"S", b"U", b"y"):
        terminal.type(PREFIX + keys)
        terminal.wait_for(lambda: not terminal.read(0.2))
        terminal.type(b"\x1b")
        terminal.wait_for(lambda: not terminal.read(0.1))
        terminal.type(b"q\x03")
        check(terminal)
    terminal.resize(columns=50, rows=20)
    terminal.wait_for(lambda: not terminal.read(0.3))
    check(terminal)
