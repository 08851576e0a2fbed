from pathlib import Path

import pytest

from aimux.agents.kinds import shipped_kinds
from aimux.agents.osc7501 import AgentReport, parse_report
from aimux.agents.recognise import Recognised
from aimux.agents.state import MAX_PARTS, STARTING_SECONDS, AgentTracker
from aimux.agents.state_claims import Claim

RECORDED = Path(__file__).parent / "recorded"


def running(name: str = "codex", pid: int = 7) -> Recognised:
    return Recognised(shipped_kinds()[name], pid, (pid,), f"program {name}")


def said(state: str, **fields: object) -> AgentReport:
    return AgentReport(**({"app": "codex", "state": state} | fields))


def name_of(tracker: AgentTracker, now: float) -> str | None:
    state = tracker.state(now)
    return state.state if state else None


def replay(path: Path) -> list[tuple[float, str]]:
    """The states that a recorded agent went through, each once, with the time."""
    tracker = AgentTracker()
    tracker.saw(running(path.stem.rpartition("-")[0]), 0.0)
    states: list[tuple[float, str]] = []
    for line in path.read_text().splitlines():
        time, payload = line.split(" ", 1)
        report = parse_report(payload)
        if report is None:
            continue
        state = tracker.reported(report, float(time))
        assert state is not None
        if not states or states[-1][1] != state.state:
            states.append((float(time), state.state))
    return states


def test_claude_code_as_it_was_recorded() -> None:
    # hello; a long answer, Esc; a tool; a question, Esc; a refused request; ctrl-c twice.
    (path,) = RECORDED.glob("claude-code-*.osc7501")
    assert [state for _, state in replay(path)] == [
        *("idle", "working", "done", "working", "idle", "working", "done"),
        *("working", "waiting", "idle", "working", "error", "unknown"),
    ]


def test_codex_as_it_was_recorded() -> None:
    # hello; a long answer, Esc; a command to approve, Esc; a usage limit; ctrl-c twice.
    (path,) = RECORDED.glob("codex-*.osc7501")
    states = [state for _, state in replay(path)]
    assert states[0] == "idle"
    assert states[-1] == "unknown"
    assert {"working", "waiting", "done", "error"} < set(states)


def test_no_agent_has_no_state() -> None:
    tracker = AgentTracker()
    assert tracker.state(0.0) is None
    assert tracker.saw(None, 1.0) is None
    assert tracker.prompt_returned(2.0) is None


def test_an_agent_that_says_nothing_is_starting_and_then_unknown_but_never_idle() -> None:
    tracker = AgentTracker()
    tracker.saw(running("aider"), 100.0)
    assert name_of(tracker, 100.0 + STARTING_SECONDS - 0.1) == "starting"
    assert name_of(tracker, 100.0 + STARTING_SECONDS) == "unknown"
    assert name_of(tracker, 9999.0) == "unknown"


@pytest.mark.parametrize(
    ("word", "state"),
    [
        ("idle", "idle"),
        ("working", "working"),
        ("blocked", "waiting"),
        ("done", "done"),
        ("error", "error"),
        ("dreaming", "unknown"),
    ],
)
def test_a_report_is_believed(word: str, state: str) -> None:
    tracker = AgentTracker()
    tracker.saw(running(), 0.0)
    now = tracker.reported(said(word, message="why", kind="permission", progress=3), 5.0)
    assert now is not None
    assert (now.name, now.state, now.detail, now.since) == ("codex", state, "why", 5.0)
    assert (now.source, now.reason, now.progress) == ("osc 7501", "permission", 3)


def test_a_state_dates_from_its_beginning() -> None:
    tracker = AgentTracker()
    tracker.saw(running(), 0.0)
    tracker.reported(said("working", title="one"), 5.0)
    state = tracker.reported(said("working", title="two"), 9.0)
    assert state is not None
    assert (state.since, state.detail) == (5.0, "two")


def test_another_question_is_a_new_waiting() -> None:
    tracker = AgentTracker()
    tracker.reported(said("blocked", message="run a?"), 5.0)
    state = tracker.reported(said("blocked", message="run b?"), 9.0)
    assert state is not None
    assert state.since == 9.0


def test_taking_back_the_report_leaves_unknown_while_the_process_lives() -> None:
    tracker = AgentTracker()
    tracker.saw(running(), 0.0)
    tracker.reported(said("idle"), 1.0)
    tracker.reported(said("clear"), 2.0)
    assert name_of(tracker, 2.0) == "unknown"


def test_a_process_that_is_gone_has_exited_until_the_prompt_returns() -> None:
    tracker = AgentTracker()
    tracker.saw(running(), 0.0)
    tracker.reported(said("working"), 1.0)
    gone = tracker.saw(None, 2.0)
    assert gone is not None
    assert (gone.name, gone.state, gone.since, gone.source) == ("codex", "exited", 2.0, "process")
    assert name_of(tracker, 50.0) == "exited"
    tracker.reported(said("clear"), 51.0)
    assert name_of(tracker, 51.0) == "exited"
    assert tracker.prompt_returned(52.0) is None


def test_a_prompt_that_returns_before_the_process_is_missed_forgets_it_too() -> None:
    tracker = AgentTracker()
    tracker.saw(running(), 0.0)
    tracker.prompt_returned(1.0)
    assert tracker.saw(None, 2.0) is None


def test_an_agent_that_was_stopped_by_ctrl_z_is_kept() -> None:
    tracker = AgentTracker()
    tracker.saw(running(), 0.0)
    tracker.reported(said("idle"), 1.0)
    tracker.prompt_returned(2.0)
    assert name_of(tracker, 2.0) == "idle"
    tracker.command_started()
    tracker.saw(None, 5.0)
    assert name_of(tracker, 5.0) == "exited"


def test_an_agent_on_another_host_is_known_by_its_reports_alone() -> None:
    tracker = AgentTracker()
    state = tracker.reported(said("working", app="claude-code"), 1.0)
    assert state is not None
    assert (state.name, state.state) == ("claude-code", "working")
    assert tracker.saw(None, 2.0) is not None
    assert tracker.prompt_returned(3.0) is None


def test_a_program_that_we_do_not_know_may_report() -> None:
    tracker = AgentTracker()
    for app, name in (("newbot", "newbot"), ("", "agent")):
        state = tracker.reported(said("idle", app=app), 1.0)
        assert state is not None
        assert state.name == name


def test_a_report_that_comes_before_the_process_is_seen_is_kept() -> None:
    tracker = AgentTracker()
    tracker.reported(said("idle"), 1.0)
    tracker.saw(running(), 2.0)
    assert name_of(tracker, 2.0) == "idle"


def test_what_one_agent_said_is_not_taken_for_the_next_one_s() -> None:
    tracker = AgentTracker()
    tracker.saw(running(pid=7), 0.0)
    tracker.reported(said("blocked"), 1.0)
    tracker.saw(running("claude-code", pid=9), 2.0)
    state = tracker.state(2.0)
    assert state is not None
    assert (state.name, state.state, state.since) == ("claude-code", "starting", 2.0)


def test_a_part_that_waits_for_a_person_makes_the_agent_wait() -> None:
    tracker = AgentTracker()
    tracker.saw(running(), 0.0)
    tracker.reported(said("working"), 1.0)
    tracker.reported(said("blocked", id="a", message="which?"), 2.0)
    state = tracker.state(2.0)
    assert state is not None
    assert (state.state, state.detail) == ("waiting", "which?")
    tracker.reported(said("clear", id="a"), 3.0)
    assert name_of(tracker, 3.0) == "working"


def test_parts_that_only_work_say_nothing_of_the_agent() -> None:
    tracker = AgentTracker()
    tracker.saw(running(), 0.0)
    tracker.reported(said("idle"), 1.0)
    for number in range(MAX_PARTS * 2):
        tracker.reported(said("working", id=str(number)), 2.0)
    assert name_of(tracker, 2.0) == "idle"


def test_an_old_rest_does_not_come_back_when_a_title_says_no_more() -> None:
    tracker = AgentTracker()
    tracker.saw(running("gemini-cli"), 0.0)
    tracker.claimed(Claim("screen", "idle", 1.0), 1.0)
    tracker.claimed(Claim("terminal", "working", 2.0), 2.0)
    assert tracker.claimed(Claim("terminal", "unknown", 3.0), 3.0) is not None
    assert name_of(tracker, 3.0) == "unknown"


def test_a_turn_that_failed_by_a_hook_stays_failed_when_its_end_is_told() -> None:
    tracker = AgentTracker()
    tracker.saw(running("opencode"), 0.0)
    for at, state in enumerate(("working", "error", "done"), 1):
        tracker.claimed(Claim("hook", state, float(at)), float(at))  # type: ignore[arg-type]  # states
    assert name_of(tracker, 4.0) == "error"


def test_how_the_last_turn_ended_is_not_said_of_the_next_one() -> None:
    tracker = AgentTracker()
    tracker.saw(running("opencode"), 0.0)
    tracker.claimed(Claim("hook", "idle", 1.0), 1.0)
    tracker.claimed(Claim("transcript", "idle", 2.0, evidence="interrupted"), 2.0)
    assert name_of(tracker, 2.0) == "idle"
    for at, state in ((3.0, "working"), (4.0, "done")):
        tracker.claimed(Claim("hook", state, at), at)  # type: ignore[arg-type]  # states
        assert name_of(tracker, at) == state
