"""agent start, prompt, wait and stop, with a little program that speaks OSC 7501."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.end_to_end.world import World
from tests.programs import needs
from tests.waiting import wait_until

PROGRAM = """
import base64, os, sys, tty
tty.setraw(0)
def say(text): os.write(1, text.encode())
def report(state, text=""):
    message = base64.b64encode(text.encode()).decode()
    say(f"\\x1b]7501;state={state}:app=claude-code:msg={message}\\a")
say("\\x1b[?2004h" + "ready " + " ".join(sys.argv[1:]) + "\\r\\n")
report("idle")
typed = b""
while True:
    data = os.read(0, 4096)
    if b"\\x03" in data and "--deaf" not in sys.argv:
        break
    typed += data
    if not typed.endswith(b"\\r"):
        continue
    pasted = b"\\x1b[200~" in typed
    text = typed.replace(b"\\x1b[200~", b"").replace(b"\\x1b[201~", b"")[:-1].decode()
    typed = b""
    say(f"heard {text!r} {pasted}\\r\\n")
    words = text.split()
    report("blocked" if "ask" in words else "working" if "work" in words else "done", text)
"""


@pytest.fixture
def agents(aimux: World) -> World:
    """A server, and a `claude` in PATH that is the little program."""
    program = aimux.directory / "agent.py"
    program.write_text(PROGRAM)
    bin_directory = aimux.directory / "bin"
    bin_directory.mkdir()
    script = bin_directory / "claude"
    needs("bash")
    script.write_text(f'#!/bin/bash\nexec -a claude {sys.executable} {program} "$@"\n')
    script.chmod(0o755)
    aimux.environment["PATH"] = f"{bin_directory}:{aimux.environment['PATH']}"
    aimux.do("new-session", "-d", "-s", "work", "-x", "100", "-y", "20", "cat")
    return aimux


def started(world: World, *words: str) -> str:
    pane = world.do("agent", "start", "-dP", *words).strip()
    world.do("agent", "wait", "-t", pane, "--timeout", "30")
    return pane


def test_an_agent_is_started_told_something_waited_for_and_stopped(agents: World) -> None:
    pane = started(agents, "claude", "--name", "rev", "--", "--model", "x y")
    assert "ready --model x y" in agents.seen(pane)
    assert agents.ask("#{agent-name} #{agent_name} #{window_name}", pane) == "rev rev rev"
    agents.do("agent", "prompt", "-t", "rev", "say", "#{pane_id} $HOME")
    agents.do("agent", "wait", "-t", "rev", "--state", "done,error", "--timeout", "30")
    assert "heard 'say #{pane_id} $HOME' True" in agents.seen(pane)
    agents.do("agent", "stop", "-t", "rev", "--timeout", "30")
    wait_until(lambda: pane not in agents.do("list-panes", "-a", "-F", "#{pane_id}").split())


def test_nothing_is_typed_into_an_agent_that_asks_or_works(agents: World) -> None:
    pane = started(agents, "claude")
    agents.do("agent", "prompt", "-t", pane, "ask me")
    done = agents.run("agent", "wait", "-t", pane, "--timeout", "30")
    assert (done.returncode, done.stderr) == (3, f"{pane} is waiting: ask me\n")
    for wait, status in (((), 3), (("--wait", "0.1"), 124)):
        done = agents.run("agent", "prompt", "-t", pane, *wait, "yes")
        assert (done.returncode, done.stderr) == (status, f"not sent: {pane} is waiting: ask me\n")
    agents.do("send-keys", "-t", pane, "work", "Enter")
    agents.do("agent", "wait", "-t", pane, "--state", "working", "--timeout", "30")
    assert agents.run("agent", "prompt", "-t", pane, "more").returncode == 3
    assert agents.run("agent", "wait", "-t", pane, "--timeout", "0.1").returncode == 124
    assert "yes" not in agents.seen(pane)
    assert "more" not in agents.seen(pane)


def test_a_prompt_waits_for_a_turns_end(agents: World) -> None:
    pane = started(agents, "claude")
    agents.do("agent", "prompt", "-t", pane, "work")
    agents.do("agent", "wait", "-t", pane, "--state", "working", "--timeout", "30")
    terminal = agents.terminal("agent", "prompt", "-t", pane, "--wait", "30", "next")
    agents.do("send-keys", "-t", pane, "finished", "Enter")
    agents.wait_for("heard 'next' True", pane)
    wait_until(lambda: terminal.view is not None)


def test_lines_from_standard_input_are_pasted_as_one(agents: World) -> None:
    pane = started(agents, "claude")
    line = agents.command_line("agent", "prompt", "-t", pane, "-")
    subprocess.run(
        ["/bin/sh", "-c", f"printf 'one\\ntwo\\n' | {line}"],
        env=agents.environment,
        cwd=agents.directory,
        check=True,
        timeout=30,
    )
    assert "heard 'one\\ntwo' True" in agents.wait_for("heard", pane)


def test_one_that_does_not_listen_is_hung_up_only_by_force(agents: World) -> None:
    pane = started(agents, "claude", "--", "--deaf")
    done = agents.run("agent", "stop", "-t", pane, "--timeout", "0.5")
    assert (done.returncode, done.stderr) == (
        124,
        f"the agent in {pane} still runs (--force hangs it up)\n",
    )
    agents.do("agent", "stop", "-t", pane, "--timeout", "0.1", "--force")
    wait_until(lambda: pane not in agents.do("list-panes", "-a", "-F", "#{pane_id}").split())


def test_a_worktree_of_its_own_stands_beside_the_repository(agents: World) -> None:
    needs("git")
    repository = agents.directory / "code"
    repository.mkdir()
    identity = ("-c", "user.name=n", "-c", "user.email=e@x")
    for words in (("init", "-q"), (*identity, "commit", "-q", "--allow-empty", "-m", "x")):
        subprocess.run(["git", *words], cwd=repository, env=agents.environment, check=True)
    agents.do("new-session", "-d", "-s", "code", "-c", str(repository), "cat")

    def start(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "aimux", "agent", "start", "-dP", "-t", "code:", *words],
            cwd=repository,
            env=agents.environment,
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
        )

    for words, place in (
        (("--worktree=fix/one",), "code-fix-one"),
        (("--worktree",), "code-claude-code-1"),
    ):
        done = start("claude", *words)
        assert done.returncode == 0, done
        assert agents.ask("#{pane_start_path}", done.stdout.strip()).endswith(f"/{place}")
        assert Path(agents.directory, place, ".git").is_file()
    again = start("claude", "--worktree=fix/one")
    assert again.returncode == 1
    assert again.stderr.startswith("git worktree: ")


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (("start", "codex"), "Codex is not installed: no codex in PATH; to install it: npm"),
        (("start", "nothing"), "unknown kind: nothing (one of aider, "),
        (("start", "claude", "--name", "a.b"), "invalid agent name: a.b"),
        (("start", "claude", "--split", "q"), "unknown split: q (one of h, v, window)"),
        (("start", "claude", "--resume", "-x"), "invalid session id: -x"),
        (("start", "--bogus", "claude"), "command agent start: unknown option --bogus"),
        (("prompt", "hello"), "no agent in %0"),
        (("stop",), "no agent in %0"),
        (("wait", "--state", "asleep"), "unknown state: asleep (one of "),
    ],
)
def test_what_cannot_be_done_is_said(agents: World, words: tuple[str, ...], error: str) -> None:
    agents.environment["PATH"] = f"{agents.directory / 'bin'}:/usr/bin:/bin"
    done = agents.run("agent", *words)
    assert done.returncode == 1
    assert done.stderr.startswith(error), done.stderr


def test_a_name_is_taken_once(agents: World) -> None:
    started(agents, "claude", "--name", "rev")
    done = agents.run("agent", "start", "claude", "--name", "rev")
    assert (done.returncode, done.stderr) == (1, "duplicate agent name: rev\n")


def test_what_an_agent_is_told_is_not_in_the_audit(agents: World) -> None:
    pane = started(agents, "claude")
    agents.do("agent", "prompt", "-t", pane, "the secret words")

    def told() -> list[str]:
        entries = json.loads(agents.do("audit", "list", "--json"))
        return [one["request"] for one in entries if one["request"].startswith("agent")]

    wait_until(lambda: len(told()) == 2)
    assert told()[1] == f'agent prompt -t "{pane}" [1 not stored]'


def test_a_hook_a_flag_and_the_outer_terminal_tell_of_an_agent_nobody_sees(agents: World) -> None:
    told = agents.directory / "told"
    agents.do("set-hook", "-g", "agent-waiting", f"run-shell 'echo #{{hook_pane}} > {told}'")
    agents.do("set", "-as", "terminal-features", ",*:osc777")
    agents.do("set", "-g", "agent-notify-after", "0")
    terminal = agents.attached()
    pane = started(agents, "claude", "--name", "rev")
    agents.do("agent", "prompt", "-t", "rev", "ask to rm -rf?")
    terminal.wait_for(b"\x1b]777;notify;aimux;rev rev waits: ask to rm -rf?\x1b\\")
    wait_until(lambda: told.exists() and told.read_text() == f"{pane}\n")
    assert agents.ask("#{window_bell_flag}", "work:1") == "1"


def test_a_session_is_gone_on_with_after_the_server_has_ended(agents: World) -> None:
    place = agents.directory / "code"
    place.mkdir()
    agents.do("new-session", "-d", "-s", "code", "-c", str(place), "cat")
    pane = started(agents, "claude", "--name", "rev", "-t", "code:")
    event = json.dumps({"hook_event_name": "Stop", "session_id": "5e55-1"})
    agents.do("agent", "report", "-t", pane, "claude-code", event)
    agents.do("agent", "prompt", "-t", pane, "begin a turn")

    def kept() -> list[dict[str, object]]:
        found = json.loads(agents.do("agent", "resume", "--list", "--json"))
        assert isinstance(found, list)
        return found

    wait_until(kept)
    agents.do("kill-server")
    wait_until(lambda: not agents.servers())
    agents.do("new-session", "-d", "-s", "work", "-x", "100", "-y", "20", "cat")
    (one,) = kept()
    assert (one["kind"], one["session"], one["name"]) == ("claude-code", "5e55-1", "rev")
    assert "claude --resume 5e55-1" in agents.do("agent", "resume", "--list")
    for word in ("5e55-1", "5e", "rev"):
        pane = agents.do("agent", "resume", "-dP", word).strip()
        agents.wait_for("ready --resume 5e55-1", pane)
    done = agents.run("agent", "resume", "none")
    assert (done.returncode, done.stderr.partition(" (")[0]) == (1, "no such session: none")
    assert agents.run("agent", "resume").returncode == 1


NEW_SHELL = ("new-window", "-dP", "-F", "#{pane_id}", "bash", "--norc", "--noprofile")


def with_a_session(world: World, pane: str, session: str) -> None:
    """Let the agent in a pane name its session, and wait until that is kept."""
    world.do("agent", "wait", "-t", pane, "--timeout", "30")
    event = json.dumps({"hook_event_name": "Stop", "session_id": session})
    world.do("agent", "report", "-t", pane, "claude-code", event)
    world.do("agent", "prompt", "-t", pane, "begin a turn")
    wait_until(lambda: session in world.do("agent", "resume", "--list"))


def test_an_agent_is_gone_on_with_in_its_own_pane(agents: World) -> None:
    """At its shell's prompt, or in the pane that is dead; never beside what runs there."""
    agents.do("set", "-g", "remain-on-exit", "on")
    dead = started(agents, "claude")
    with_a_session(agents, dead, "5e55-dead")
    done = agents.run("agent", "resume", "-t", dead)
    assert (done.returncode, done.stderr) == (1, f"{dead} runs claude-code already\n")
    shell = agents.do(*NEW_SHELL).strip()
    agents.do("send-keys", "-t", shell, "claude", "Enter")
    agents.wait_for("ready", shell)
    wait_until(lambda: agents.ask("#{agent_name}", shell) == "claude-code")
    with_a_session(agents, shell, "5e55-shell")
    free = "#{||:#{pane_dead},#{==:#{pane_current_command},bash}}"
    for pane, session in ((dead, "5e55-dead"), (shell, "5e55-shell")):
        agents.do("send-keys", "-t", pane, "C-c")
        wait_until(lambda pane=pane: agents.ask(free, pane) == "1")  # type: ignore[misc]  # mypy does not infer a lambda's default
        wait_until(lambda pane=pane: not agents.run("agent", "resume", "-t", pane).returncode)  # type: ignore[misc]  # the same
        agents.wait_for(f"ready --resume {session}", pane)


def test_a_pane_without_a_session_or_with_another_program_is_told(agents: World) -> None:
    done = agents.run("agent", "resume", "-t", "work:")
    assert done.returncode == 1
    assert done.stderr.startswith("%0 runs ")
    pane = agents.do(
        "new-window", "-dP", "-F", "#{pane_id}", "bash", "--norc", "--noprofile"
    ).strip()
    wait_until(lambda: agents.ask("#{pane_current_command}", pane) == "bash")
    done = agents.run("agent", "resume", "-t", pane)
    assert (done.returncode, done.stderr) == (1, f"no session is kept for {pane}\n")
