"""The Python API against a real server."""

from __future__ import annotations

import asyncio
import re
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from aimux.api import (
    ApiError,
    AsyncClient,
    Change,
    Client,
    ConflictError,
    GoneError,
    NotFoundError,
    TimedOutError,
    UnknownCommandError,
    UnreachableError,
)
from aimux.api.errors import error_of
from aimux.link.exchange import Answer
from tests.end_to_end.world import World

PAGE = Path(__file__).parents[2] / "docs" / "api.md"


# ---- the page ----


def test_the_quick_start_of_the_page_runs_in_eight_lines(aimux: World, tmp_path: Path) -> None:
    found = re.search(r"```python\n(.*?)```", PAGE.read_text(), re.DOTALL)
    assert found is not None
    lines = [line for line in found.group(1).splitlines() if line]
    assert len(lines) <= 8
    done = subprocess.run(
        [sys.executable, "-c", "\n".join(lines)],
        env={**aimux.environment, "SHELL": "/bin/bash"},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "Hello AI Session!" in done.stdout.splitlines()


def test_both_clients_have_the_same_verbs_and_say_what_they_do() -> None:
    def verbs(kind: type) -> dict[str, str | None]:
        return {name: one.__doc__ for name, one in vars(kind).items() if name[0] != "_"}

    ours, awaited = verbs(Client), verbs(AsyncClient)
    assert set(ours) == set(awaited)
    assert all(ours.values())


# ---- panes ----


def test_what_there_is_is_typed(client: Client) -> None:
    (session,), (window,), (pane,) = client.sessions(), client.windows(), client.panes("work")
    assert (session.id, session.name, session.windows, session.attached) == ("$0", "work", 1, 0)
    assert (window.id, window.columns, window.rows, window.active) == ("@0", 80, 10, True)
    assert (pane.id, pane.place, pane.dead, pane.last_exit) == ("%0", "work:0.0", False, None)
    assert client.agents() == []


def test_sessions_and_panes_are_made_and_ended(client: Client, tmp_path: Path) -> None:
    session = client.new_session(
        "two;", run="cat", path=str(tmp_path), columns=90, rows=20, environment={"X": "1;"}
    )
    assert (session.name, session.path) == ("two;", str(tmp_path))
    pane = client.split_window(session, run="echo X=$X; exec cat", beside=True)
    client.wait_for_text(pane, "^X=1;$", timeout_seconds=30)
    client.kill_pane(pane)
    assert len(client.panes(session)) == 1
    client.kill_session(session)
    assert [one.name for one in client.sessions()] == ["work"]


def test_what_is_typed_is_read(client: Client) -> None:
    client.send_keys("work", "Enter is a word;", literally=True)
    client.send_keys("work", "Enter")
    client.wait_for_text("work", "Enter is a word;", timeout_seconds=30)
    assert client.screen("work").splitlines()[:2] == ["Enter is a word;"] * 2
    assert "Enter is a word;" in client.read("work", tokens=100)


def test_a_command_runs_to_its_end_whatever_that_is(client: Client) -> None:
    ran = client.run("echo hi; exit 3;", timeout_seconds=30)
    assert (ran.exit_status, ran.output, ran.result.status) == (3, ("hi",), "fail")
    with pytest.raises(TimedOutError):
        client.run("exec cat", timeout_seconds=0.2)
    with pytest.raises(ApiError, match="is at no prompt"):
        client.run("true", pane="work")
    (cat,) = client.results("work")
    assert (cat.command, cat.exit_status) == ("cat", None)


def test_waiting_ends_with_what_happened(client: Client) -> None:
    client.wait_for_silence("work", 0.1, timeout_seconds=30)
    with pytest.raises(TimedOutError) as error:
        client.wait_for_text("work", "never", timeout_seconds=0.1)
    assert (error.value.code, error.value.status) == ("timed-out", 124)
    ended = threading.Timer(0.2, client.kill_pane, ("work",))
    other = client.new_session("other", run="cat")
    ended.start()
    with pytest.raises(GoneError):
        client.wait_for_text("work", "never", timeout_seconds=30)
    ended.join()
    client.kill_session(other)


# ---- errors ----


def test_each_failure_has_its_class(client: Client) -> None:
    with pytest.raises(NotFoundError, match="can't find pane: %9"):
        client.read("%9")
    with pytest.raises(UnknownCommandError):
        client.command("nonsense")
    with pytest.raises(ApiError) as error:
        client.command("kill-session", "-z")
    assert (type(error.value), error.value.code) == (ApiError, "failed")
    client.command("kill-server")
    with pytest.raises(UnreachableError, match="no server running on"):
        client.sessions()


@pytest.mark.parametrize(
    ("status", "text", "code"),
    [(77, "aimux: not allowed", "denied"), (2, "x is claimed", "conflict"), (5, "", "failed")],
)
def test_a_status_has_its_code(status: int, text: str, code: str) -> None:
    error = error_of(Answer(status, "", text))
    assert (error.code, str(error)) == (code, text or f"exit status {status}")


# ---- what agents exchange ----


def test_messages_go_round(client: Client) -> None:
    (sent,) = client.send("me", "-- [bold]hi;", kind="status", priority="high")
    (message,) = client.inbox()
    assert (message.id, message.text, message.priority) == (sent, "-- [bold]hi;", "high")
    client.acknowledge(sent)
    assert client.inbox() == []
    assert client.message(sent).state == "read"
    with pytest.raises(TimedOutError):
        client.inbox(wait_seconds=0.1)
    with pytest.raises(TimedOutError):
        client.ask("%0", "are you there?", timeout_seconds=0.1)


def test_a_request_gets_its_answer(client: Client, aimux: World) -> None:
    answers: list[str] = []
    asking = threading.Thread(
        target=lambda: answers.append(client.ask("me", "6 * 7?", timeout_seconds=30).text)
    )
    asking.start()
    other = Client(environment=aimux.environment)
    request = other.inbox(wait_seconds=30)[0]
    assert request.kind == "request"
    other.send("me", "42", reply_to=request.id)
    asking.join()
    assert answers == ["42"]


def test_values_notes_claims_and_decisions_go_round(client: Client, tmp_path: Path) -> None:
    version = client.set_value("k", "1;")
    assert client.value("k").value == "1;"
    newer = client.compare_and_set("k", version, "2")
    with pytest.raises(ConflictError):
        client.compare_and_set("k", version, "3")
    assert [(one.value, one.version) for one in client.values("k*")] == [("2", newer)]
    client.delete_value("k")
    with pytest.raises(NotFoundError):
        client.value("k")
    note = client.add_note("needs --flag")
    assert [one.id for one in client.search_notes("flag")] == [note]
    client.claim(str(tmp_path / "x"))
    assert [one.path for one in client.claims()] == [str(tmp_path / "x")]
    client.release()
    assert client.claims() == []
    made = client.log_decision("t", chosen="a", why="w", options=["a", "-b"], confidence=0.5)
    client.judge_decision(made, good=True)
    (decision,) = client.decisions()
    assert (decision.id, decision.options, decision.outcome) == (made, ("a", "-b"), "ok")


def test_tasks_go_from_hand_to_hand(client: Client) -> None:
    first = client.add_task("build", needs=["rust"], priority="high", retries=1)
    second = client.add_task("test", after=[first])
    assert {one.id: one.state for one in client.tasks()} == {first: "open", second: "blocked"}
    assert client.claim_task(first).needs == ("rust",)
    client.report_progress(first, percent=50, said="half")
    assert client.task(first).progress == 50
    client.finish_task(first, "built")
    assert client.task(first).state == "done"
    client.cancel_task(second)
    assert client.task(second).state == "cancelled"


def test_a_task_that_failed_is_tried_anew_assigned_and_put_in_order(client: Client) -> None:
    client.command("set-option", "-p", "-t", "%0", "agent-name", "worker")
    first, second = client.add_task("build", retries=0), client.add_task("test")
    client.claim_task(first)
    client.fail_task(first, "no compiler")
    client.retry_task(first)
    client.order_task(second, first)
    client.assign_task(first, "worker")
    assert (client.task(first).owner, client.task(second).after) == ("worker", (first,))
    (decision,) = client.decisions()
    assert (decision.kind, decision.why) == ("retry", "no compiler")
    assert "no compiler" in client.export_decisions()


def test_a_message_is_dropped_and_sent_anew(client: Client) -> None:
    (sent,) = client.send("me", "hi")
    client.drop(sent)
    assert (client.message(sent).state, client.inbox()) == ("dead", [])
    client.resend(sent)
    assert [one.id for one in client.inbox()] == [sent]


def test_changes_of_values_are_waited_for(client: Client, aimux: World) -> None:
    found: list[Change] = []
    waiting = threading.Thread(
        target=lambda: found.extend(client.watch_values("k*", count=2, timeout_seconds=60))
    )
    waiting.start()
    other = Client(environment=aimux.environment)
    while waiting.is_alive():  # it hears what happens once it listens
        other.set_value("k", "1")
        other.delete_value("k")
    assert {one.name for one in found} == {"k"}
    assert {one.value for one in found} <= {"1", None}
    with pytest.raises(TimedOutError):
        client.watch_values(timeout_seconds=0.1)


# ---- asyncio ----


async def test_the_verbs_can_be_awaited(aimux: World) -> None:
    client = AsyncClient(environment=aimux.environment)
    session = await client.new_session("work", run="cat")
    both = await asyncio.gather(client.panes(), client.run("echo hi", timeout_seconds=30))
    assert ([one.id for one in both[0]][:1], both[1].output) == (["%0"], ("hi",))
    with pytest.raises(NotFoundError):
        await client.read("%9")
    waiting = client.wait_for_text(session, "never", timeout_seconds=600)
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(waiting, 0.1)
    await client.command("kill-server")
    with pytest.raises(UnreachableError):
        await client.sessions()
