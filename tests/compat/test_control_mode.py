"""Control mode: the same lines give the same blocks and the same notifications."""

from __future__ import annotations

import os
import signal

import pytest

from tests.compat.conftest import TMUX_RUNS, fresh
from tests.compat.control import control, heard, plain
from tests.compat.programs import Program
from tests.terminal import Terminal

ODD_BYTES = b"a\\b\tc\nd\x01e\x1b\x7f\xc3\xa9\xff%\r\0x\x08\x07\0001\n"
STEPS = {
    "windows": """
        new-window -d cat
        rename-window -t :1 foo
        new-window -n bar cat
        select-window -t :0
        last-window
        kill-window -t :2
        link-window -s :1 -t :7
        kill-window -t :0
        new-window -n other cat
        unlink-window -t :7
        """,
    "panes": """
        split-window cat
        split-window -h -d cat
        select-pane -t :.0
        select-pane -t :.2
        resize-pane -t :.0 -y 5
        select-layout tiled
        select-layout even-horizontal
        resize-pane -Z
        resize-pane -Z
        swap-pane -d -s :.0 -t :.1
        kill-pane -t :.0
        break-pane -d -t :.0
        join-pane -s :1 -t :0
        kill-pane
        """,
    "sessions": """
        new-session -d -s two cat
        rename-session -t two three
        rename-session work2
        new-window -d -t three: cat
        rename-window -t three:1 there
        switch-client -t three
        new-window -d -t work2: cat
        kill-session -t work2
        has-session -t work2
        """,
    "hooks": """
        set-hook -g after-rename-window 'display-message -p hooked'
        rename-window x
        refresh-client -C 90x30
        display-message -p '#{window_width} #{window_height}'
        refresh-client -C @0:40x10
        display-message -p '#{window_width} #{window_height}'
        """,
    "modes": """
        copy-mode
        send-keys -X cancel
        send-keys -X cancel
        """,
    "answers": """
        display-message -p hello
        display-message hello
        display-message -p a ; display-message -p b
        display-message -p a ; kill-pane -t %77 ; display-message -p b
        nosuch
        list-windows ; nosuch
        list-windows
        display-message -p '#{client_control_mode} #{client_flags} #{client_name}#{client_tty}'
        display-message -p '#{client_width} #{client_height} #{client_termname} #{client_session}'
        list-clients
        show-options -g status
        if-shell true 'display-message -p yes'
        if-shell -F 1 'display-message -p yes'
        run-shell -C 'display-message -p c'
        source-file nosuch
        source-file start.conf
        load-buffer odd.bytes
        show-buffer
        display-message -p %0
        """,
    "sizes": """
        refresh-client -C 100,40
        refresh-client -C 90x30
        refresh-client -C 90
        refresh-client -C 0x3
        refresh-client -C 99999x3
        refresh-client -C @0:60x20
        refresh-client -C @0:3
        split-window -h cat
        refresh-client -f ignore-size
        refresh-client -C 50x20
        refresh-client -f !ignore-size
        display-message -p '#{window_width}x#{window_height}'
        """,
    "flags": """
        refresh-client -f pause-after=2,no-output,wait-exit
        list-clients
        refresh-client -F !no-output,nosuch
        list-clients
        refresh-client -f pause-after
        list-clients
        refresh-client -f !pause-after,!wait-exit
        list-clients
        refresh-client -f read-only
        refresh-client -f !read-only
        list-clients
        refresh-client -A bad
        refresh-client -A %0:pause
        refresh-client -A '%0:pause'
        refresh-client -A '%0:pause'
        refresh-client -A '%0:on'
        refresh-client -A '%0:continue'
        refresh-client -A '%0:off' -A '%77:off' -A '%0:nosuch'
        refresh-client -A '%0:continue'
        refresh-client -A '%0:on'
        refresh-client -B bad
        refresh-client -t nosuch
        refresh-client
        """,
}


def told(name: str, steps: list[str]) -> list[tuple[str, list[str]]]:
    """What a program writes for each line."""
    with fresh(name) as program:
        (program.directory / "odd.bytes").write_bytes(ODD_BYTES)
        with control(
            program, "new-session", "-s", "work", "-n", "first", "-x80", "-y24", "cat"
        ) as one:
            one.wait_for("^%session-changed")
            one.lines.clear()
            return [(step, plain(one.step(step))) for step in steps]


@pytest.mark.parametrize("script", STEPS.values(), ids=STEPS)
def test_the_same_lines_are_answered_alike(script: str) -> None:
    steps = [line.strip() for line in script.strip().splitlines()]
    ours = told("aimux", steps)
    theirs = told("tmux", steps)
    for _ in range(TMUX_RUNS - 1):
        if ours == theirs:
            break
        theirs = told("tmux", steps)
    assert ours == theirs


# ---- what panes print ----

PRINTS = r"""printf 'a\\b\tc\033[1m\303\251\177\001\n\377x END\n'; exec cat"""


def test_what_a_pane_prints_is_told_byte_by_byte(run: Program) -> None:
    with control(run, "new-session", PRINTS) as one:
        one.wait_for(r"^%output %0 .*x END")
        one.wait_for(r"END\\015\\012$")
        text = heard(one.lines, "%0")
    assert text == r"a\134b\011c\033[1mé" + "\x7f" + r"\001\015\012" + "\udcffx END" + r"\015\012"


def test_a_client_that_pauses_is_told_how_old_output_is(run: Program) -> None:
    with control(run, "new-session", "-s", "work", "cat") as one:
        one.wait_for("^%session-changed")
        one.step("refresh-client -f pause-after=30")
        one.step("send-keys hello")
        one.wait_for(r"^%extended-output %0 \d+ : hello$")


def test_a_pane_that_is_paused_is_not_heard(run: Program) -> None:
    with control(run, "new-session", "-s", "work", "cat") as one:
        one.wait_for("^%session-changed")
        assert plain(one.step("refresh-client -A '%0:pause'"))[1] == "%pause %0"
        one.step("send-keys unheard Enter")
        until_shown(run, "unheard\nunheard")
        assert plain(one.step("refresh-client -A '%0:continue'"))[1] == "%continue %0"
        one.step("send-keys -l listen")
        one.wait_for("^%output %0 .*listen")
        assert "unheard" not in heard(one.lines, "%0")


def test_a_client_without_output_is_told_the_rest(run: Program) -> None:
    with control(run, "new-session", "-s", "work", "cat") as one:
        one.wait_for("^%session-changed")
        one.step("refresh-client -f no-output")
        one.step("send-keys unheard Enter")
        until_shown(run, "unheard")
        assert "%window-renamed @0 named" in one.step("rename-window named")
        assert heard(one.lines, "%0") == ""


def until_shown(run: Program, text: str) -> None:
    assert run.until(text, ["capture-pane", "-p"])[1] == text


# ---- subscriptions ----

SUBSCRIPTIONS = (
    "refresh-client -B 'one:%0:#{pane_id}-#{window_name}'",
    "refresh-client -B 'session::#{session_name}'",
    "refresh-client -B 'window:@0:#{window_panes}'",
    "refresh-client -B 'panes:%*:#{pane_width}' -B 'windows:@*:#{window_id}'",
    "refresh-client -B 'else:nonsense:#{session_id}'",
)
TOLD_FIRST = {
    "%subscription-changed else $0 - - - : $0",
    "%subscription-changed one $0 @0 0 %0 : %0-first",
    "%subscription-changed panes $0 @0 0 %0 : 80",
    "%subscription-changed session $0 - - - : work",
    "%subscription-changed window $0 @0 0 - : 1",
    "%subscription-changed windows $0 @0 0 - : @0",
}


def test_what_is_subscribed_to_is_told_when_it_changes(run: Program) -> None:
    with control(run, "new-session", "-s", "work", "-n", "first", "-x80", "-y24", "cat") as one:
        one.wait_for("^%session-changed")
        for line in SUBSCRIPTIONS:
            one.send(line)
        for name in ("else", "one", "panes", "session", "window", "windows"):
            one.wait_for(f"^%subscription-changed {name} ")
        told = [line for line in one.lines if line.startswith("%subscription")]
        assert set(told) == TOLD_FIRST
        one.step("refresh-client -B one")
        one.send("rename-window second ; rename-session other ; split-window -h cat")
        one.wait_for(r"^%subscription-changed session \$0 - - - : other$")
        one.wait_for(r"^%subscription-changed panes \$0 @0 0 %1 : 39$")
        one.wait_for(r"^%subscription-changed window \$0 @0 0 - : 2$")
        told = [line for line in one.lines if line.startswith("%subscription-changed one")]
        assert len(told) <= 1


# ---- coming and leaving ----

WHOLE = {
    "attach without a session": (("attach",), ""),
    "one command": (("list-sessions",), ""),
    "one wrong command": (("nosuch",), ""),
    "one failing command": (("rename-session", "-t", "nosuch", "x"), ""),
    "no such session": (("attach", "-t", "nosuch"), ""),
    "the end of the input": (("attach", "-t", "work"), ""),
    "an empty line": (("attach", "-t", "work"), "list-sessions\n\nlist-windows\n"),
    "a session that is there": (("new-session", "-s", "work"), ""),
    "a session that may be there": (("new-session", "-A", "-s", "work"), "list-sessions\n"),
    "a detached session": (("new-session", "-d", "-s", "other", "cat"), "list-sessions\n"),
    "names of what was made": (
        (
            "new-session",
            "-P",
            "-F#{pane_id}",
            "cat",
            ";",
            "new-window",
            "-P",
            "-F#{pane_id}",
            "cat",
        ),
        "",
    ),
    "a chain": (("attach", "-t", "work", ";", "list-sessions", ";", "kill-pane", "-t", ":9"), ""),
    "read only": (("attach", "-r", "-t", "work"), "list-clients\n"),
    "flags": (("attach", "-f", "no-output,ignore-size,nosuch", "-t", "work"), "list-clients\n"),
    "waiting to end": (("attach", "-f", "wait-exit", "-t", "work"), "detach\nmore\n\nmore\n"),
    "detaching": (("attach", "-t", "work"), "detach-client\n"),
    "killing its session": (("attach", "-t", "work"), "kill-session\n"),
    "killing the server": (("attach", "-t", "second"), "kill-server\n"),
}


def whole(
    name: str, words: tuple[str, ...], given: str, *, lines: int = 0
) -> tuple[int, list[str], str]:
    """Status, output and errors of a whole run beside two sessions.

    Standard input ends once `lines` were written: at its end tmux leaves, whatever is still to do.
    """
    with fresh(name) as program:
        if words != ("attach",):
            for session in ("work", "second"):
                program("new-session", "-d", "-s", session, "-n", "one", "cat")
        status, output, error = program.held_open("-C", *words, given=given, lines=lines)
        return status, [line for line in plain(output.splitlines()) if line not in SOMETIMES], error


# Whether the end of the server is told of before it is there is chance, in tmux.
SOMETIMES = ("%sessions-changed", "%unlinked-window-close @1", "%unlinked-window-close @0")


@pytest.mark.parametrize(("words", "given"), WHOLE.values(), ids=WHOLE)
def test_clients_come_and_leave_alike(words: tuple[str, ...], given: str) -> None:
    ours = whole("aimux", words, given)
    before_exit = len(ours[1]) - 1
    theirs = whole("tmux", words, given, lines=before_exit)
    for _ in range(TMUX_RUNS - 1):
        if ours == theirs:
            break
        theirs = whole("tmux", words, given, lines=before_exit)
    assert ours == theirs


def test_without_a_server_it_says_so_and_nothing_else(run: Program) -> None:
    status, output, error = run("-C", "list-sessions")
    assert (status, output, error) == (1, "", "no server running on SOCKET\n")


def test_without_a_terminal_cc_fails(run: Program) -> None:
    run("new-session", "-d", "cat")
    status, output, error = run("-CC", "attach")
    assert (status, output) == (1, "")
    assert error.startswith("tcgetattr failed: Inappropriate ioctl for device\n")


def test_cc_is_one_control_string_on_a_silent_terminal(run: Program) -> None:
    run("new-session", "-d", "-s", "work", "cat")
    terminal = Terminal([*run.command(), "-CC", "attach"], run.environment(), cwd=run.directory)
    try:
        terminal.wait_for(b"%session-changed $0 work\r\n")
        assert terminal.output.startswith(b"\x1bP1000p%begin ")
        terminal.wait_for(lambda: not terminal.echoes())
        terminal.type(b"display-message -p '#{client_control_mode}'\n")
        terminal.wait_for(b"\r\n1\r\n%end ")
        assert b"display-message" not in terminal.output
        terminal.type(b"detach\n")
        assert terminal.wait_for_end() == 0
        assert terminal.output.endswith(b"%exit\r\n\x1b\\")
        assert terminal.echoes()
    finally:
        terminal.close()


def test_clients_hear_of_one_another(run: Program) -> None:
    run("new-session", "-d", "-s", "work", "cat")
    run("new-session", "-d", "-s", "second", "cat")
    with control(run, "attach", "-t", "work") as one:
        one.wait_for("^%session-changed")
        with control(run, "attach", "-t", "second") as other:
            other.wait_for(r"^%session-changed \$1 second$")
            one.wait_for(rf"^%client-session-changed client-{other.pid} \$1 second$")
            other.send("switch-client -t work")
            other.wait_for(r"^%session-changed \$0 work$")
            one.wait_for(rf"^%client-session-changed client-{other.pid} \$0 work$")
            run("detach-client", "-t", f"client-{other.pid}")
            assert other.wait() == 0
            assert other.lines[-1] == "%exit"
        one.wait_for(rf"^%client-detached client-{other.pid}$")
        run("kill-server")
        assert one.wait() == 0
        assert one.lines[-1] == "%exit"


def test_a_killed_server_is_the_reason_to_exit(run: Program) -> None:
    run("new-session", "-d", "-s", "work", "cat")
    server = int(run("display-message", "-p", "#{pid}")[1])
    with control(run, "attach") as one:
        one.wait_for("^%session-changed")
        os.kill(server, signal.SIGKILL)
        assert one.wait() == 1
        assert one.lines[-1] == "%exit server exited unexpectedly"


def test_the_end_of_the_last_program_is_the_end(run: Program) -> None:
    with control(run, "new-session", "cat") as one:
        one.wait_for("^%session-changed")
        one.send("send-keys C-d")
        assert one.wait() == 0
        assert one.lines[-1] == "%exit"


def test_a_client_may_have_an_active_pane_of_its_own(run: Program) -> None:
    with control(run, "new-session", "-s", "work", "cat") as one:
        one.wait_for("^%session-changed")
        one.step("split-window cat")
        one.step("refresh-client -f active-pane")
        assert "%window-pane-changed @0 %0" not in one.step("select-pane -t %0")
        assert one.step("display-message -p '#{pane_id} #{pane_active}'")[1] == "%0 0"
        assert run("display-message", "-p", "#{pane_id}")[1] == "%1\n"
        one.step("send-keys mine")
        one.wait_for("^%output %0 .*mine")
        one.step("refresh-client -f !active-pane")
        assert one.step("display-message -p '#{pane_id} #{pane_active}'")[1] == "%1 1"
