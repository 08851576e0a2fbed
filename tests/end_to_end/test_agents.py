"""The files, hooks and screen of an agent tell its state: with a program that has its name."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from aimux.pty.processes import TICKS_PER_SECOND, process
from tests.end_to_end.world import COMMAND, World
from tests.waiting import wait_until

SESSION = "5e941382-2bd5"
PROGRAM = """
import sys
print("ready", flush=True)
for line in sys.stdin:
    print(line.strip().encode().decode("unicode_escape"), flush=True)
"""


class Claude:
    """A program by the name of Claude Code in a pane of its own; its files are written by hand."""

    def __init__(self, world: World, *place: str) -> None:
        self.world = world
        self.directory = world.directory / ".claude"
        program = world.directory / "bin" / "claude"
        program.parent.mkdir(exist_ok=True)
        program.write_text(PROGRAM)
        words = (sys.executable, str(program))
        made = world.do(*(place or ("new-window", "-d")), "-P", "-F", "#{pane_id}", *words)
        self.pane = made.strip()
        self.pid = int(world.ask("#{pane_pid}", self.pane))
        wait_until(lambda: self.state() == "starting", state=self.state)

    def state(self) -> str:
        return self.world.ask("#{agent_state}", self.pane)

    def registers(self, status: str, **fields: object) -> None:
        """Write its entry of the registry, as Claude Code does."""
        found = process(self.pid)
        assert found is not None
        started = str(round(found.start_time * TICKS_PER_SECOND))
        entry = {"pid": self.pid, "sessionId": SESSION, "cwd": "/p", "procStart": started}
        path = self.entry()
        path.parent.mkdir(parents=True, exist_ok=True)
        path.with_suffix(".new").write_text(json.dumps(entry | {"status": status} | fields))
        path.with_suffix(".new").replace(path)

    def entry(self) -> Path:
        return self.directory / "sessions" / f"{self.pid}.json"

    def writes(self, *records: dict[str, object]) -> None:
        """Add to its transcript."""
        path = self.directory / "projects" / "-p" / f"{SESSION}.jsonl"
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a") as file:
            file.writelines(json.dumps(record) + "\n" for record in records)

    def waits_for(self, state: str) -> None:
        wait_until(lambda: self.state() == state, state=self.explains)

    def explains(self) -> str:
        return self.world.run("agent", "explain", "-t", self.pane).stdout

    def reports(self, event: dict[str, object]) -> None:
        """Be a hook that is given an event."""
        told = json.dumps({"session_id": SESSION} | event)
        self.world.do("agent", "report", "-t", self.pane, "claude-code", told)


def answer(tokens: int, reason: str) -> dict[str, object]:
    usage = {"input_tokens": 12, "cache_read_input_tokens": tokens - 12}
    message = {"model": "claude-opus-5-5", "stop_reason": reason, "usage": usage}
    return {"type": "assistant", "message": message, "timestamp": "2026-11-22T09:00:00Z"}


@pytest.fixture
def claude(aimux: World) -> Claude:
    aimux.do("new-session", "-d", "-s", "work", "cat")
    return Claude(aimux)


def test_the_registry_tells_the_state_from_start_to_end(claude: Claude) -> None:
    claude.registers("idle")
    claude.waits_for("idle")
    claude.registers("busy")
    claude.waits_for("working")
    claude.registers("waiting", waitingFor="permission prompt")
    claude.waits_for("waiting")
    (told,) = json.loads(claude.world.do("agents", "--json"))
    assert (told["pane"], told["reason"], told["source"]) == (
        claude.pane,
        "permission",
        "registry",
    )
    claude.world.do("set-option", "-w", "-t", claude.pane, "remain-on-exit", "on")
    os.kill(claude.pid, 9)
    claude.waits_for("exited")


def test_an_entry_of_another_process_is_not_believed(claude: Claude) -> None:
    claude.registers("waiting", procStart="1")
    claude.registers("idle")
    claude.waits_for("idle")
    claude.registers("waiting", procStart="1", updated=2)
    claude.registers("busy")
    claude.waits_for("working")


def test_a_transcript_tells_how_full_the_context_is(claude: Claude) -> None:
    claude.registers("busy")
    claude.writes(answer(50_000, "tool_use"))
    wait_until(lambda: claude.world.ask("#{agent_context_percent}", claude.pane) == "5")
    explained = claude.explains()
    assert f"session {SESSION}\n" in explained
    assert "context 50000 of 1000000 tokens (5 %, transcript, window assumed)" in explained


def test_a_status_line_tells_the_window_and_the_cost(claude: Claude) -> None:
    claude.registers("idle")
    claude.waits_for("idle")
    window = {
        "total_input_tokens": 50_000,
        "context_window_size": 200_000,
        "used_percentage": 25,
    }
    claude.reports({"context_window": window, "cost": {"total_cost_usd": 1.5}})
    (told,) = json.loads(claude.world.do("agents", "--json"))
    assert (told["context"]["percent"], told["context"]["assumed"], told["cost"]) == (
        25,
        False,
        1.5,
    )


def test_a_hook_tells_the_exact_command_and_escape_ends_it(claude: Claude) -> None:
    claude.registers("busy")
    claude.waits_for("working")
    asked = {"hook_event_name": "PermissionRequest", "tool_input": {"command": "rm -r x"}}
    claude.reports(asked | {"session_id": "another-1"})
    assert claude.state() == "working"  # it is that of an agent that this one runs
    claude.writes(answer(10, "tool_use"))
    claude.reports(asked)
    claude.waits_for("waiting")
    assert claude.world.ask("#{agent_detail}", claude.pane) == "rm -r x"
    claude.registers("idle")
    claude.waits_for("idle")


def test_a_hook_is_given_its_event_on_standard_input_in_the_pane_it_runs_in(
    claude: Claude,
) -> None:
    claude.registers("busy")
    claude.waits_for("working")
    event = {"session_id": SESSION, "hook_event_name": "Notification", "message": "may I"}
    done = subprocess.run(
        (*COMMAND, "agent", "report", "claude-code"),
        env=claude.world.environment
        | {"AIMUX": f"{claude.world.socket},1,0", "AIMUX_PANE": claude.pane},
        input=json.dumps(event | {"notification_type": "permission_prompt"}),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    claude.waits_for("waiting")


def test_what_is_no_event_or_of_no_agent_is_refused(claude: Claude) -> None:
    world = claude.world
    for words, error in (
        (("codex", "{}"), f"no codex in {claude.pane}"),
        (("claude-code", "x"), "not an event of an agent"),
    ):
        done = world.run("agent", "report", "-t", claude.pane, *words)
        assert (done.returncode, done.stderr) == (1, f"{error}\n")
    done = world.run("agent", "explain", "-t", "work:0")
    assert (done.returncode, done.stderr) == (1, "no agent in %0\n")


def test_a_screen_is_read_where_the_agent_says_nothing(claude: Claude) -> None:
    line = "\\u2500" * 20
    prompt = f"{line}\\n\\u276f \\n{line}"
    claude.world.do("send-keys", "-t", claude.pane, prompt, "Enter")
    claude.waits_for("idle")
    assert "because screen: rule empty prompt" in claude.explains()
    claude.registers("busy")
    claude.waits_for("working")


def test_what_has_finished_is_done_until_a_person_looks(claude: Claude) -> None:
    claude.registers("busy")
    claude.waits_for("working")
    claude.reports({"hook_event_name": "Stop"})
    claude.entry().unlink()
    claude.waits_for("done")
    terminal = claude.world.attached("work")
    claude.world.do("select-window", "-t", claude.pane)
    claude.waits_for("idle")
    assert terminal is not None


def test_who_watches_is_told_of_every_turn(claude: Claude) -> None:
    terminal = claude.world.terminal("agents", "--watch")
    terminal.wait_for(f"{claude.pane} work:1.0 claude-code starting")
    claude.registers("busy")
    terminal.wait_for(f"{claude.pane} work:1.0 claude-code working")


def test_a_persons_own_lines_show_the_agent_of_the_pane(aimux: World) -> None:
    """Its name, state and context in the status line and on a border; a flag where it waits."""
    terminal = aimux.attached(columns=110, rows=20)
    own = "<#{agent_name}/#{agent_state}/#{agent_context_percent}>"
    aimux.do("set-option", "-g", "status-right", own)
    aimux.do("set-option", "-g", "status-right-length", "60")
    claude = Claude(aimux, "split-window", "-t", "work:")
    claude.registers("busy")
    claude.writes(answer(50_000, "tool_use"))
    terminal.wait_for(lambda: "<claude-code/working/5>" in terminal.rows[-1])
    aimux.do("set-option", "-g", "pane-border-format", own)
    aimux.do("set-option", "-g", "pane-border-status", "top")
    terminal.wait_for(
        lambda: any("─<claude-code/working/5>─" in row for row in terminal.rows[:-1]),
    )
    aimux.do("new-window", "-t", "work:")
    claude.registers("waiting", waitingFor="permission prompt")
    wait_until(lambda: aimux.ask("#{window_flags}", "work:0") == "!-")
    terminal.wait_for(lambda: "<//>" in terminal.rows[-1])


def test_limits_and_compactions_are_listed_and_explained(claude: Claude) -> None:
    claude.registers("idle")
    claude.waits_for("idle")
    claude.writes({"type": "system", "subtype": "compact_boundary"}, answer(50_000, "end_turn"))
    claude.reports(
        {
            "context_window": {"total_input_tokens": 50_000, "context_window_size": 200_000},
            "rate_limits": {"five_hour": {"used_percentage": 61.6, "resets_at": 4_000_000_000}},
        }
    )
    wait_until(lambda: "compacted 5h 62% resets " in claude.world.do("agents"))
    assert "  compacted\n  plan 5h 62% resets " in claude.explains()
