"""`aimux mcp` as an agent meets it: real processes, a real server."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.end_to_end.world import World
from tests.link.test_startup import HEAVY
from tests.mcp.agent import Agent, outcome
from tests.waiting import resident_bytes, wait_until

MAX_RESIDENT_BYTES = 15_000_000


@pytest.fixture
def lonely(aimux: World) -> Iterator[Agent]:
    """An agent where no server runs."""
    agent = Agent(aimux)
    try:
        yield agent
    finally:
        agent.close()


# ---- the protocol ----


def test_an_agent_of_a_later_version_finds_its_way(lonely: Agent) -> None:
    assert lonely.ask("server/discover")["error"]["code"] == -32601
    answer = lonely.ask("initialize", protocolVersion="2025-11-25", capabilities={})["result"]
    assert (answer["protocolVersion"], answer["serverInfo"]["name"]) == ("2025-11-25", "aimux")
    lonely.notify("notifications/initialized")
    tools = lonely.ask("tools/list")["result"]["tools"]
    assert {"list_panes", "run", "send_message", "task_claim", "kv_cas"} <= {
        tool["name"] for tool in tools
    }
    assert lonely.end() == 0


def test_it_imports_nothing_heavy_and_is_small(lonely: Agent) -> None:
    lonely.ask("tools/list")
    assert resident_bytes(lonely.process.pid) < MAX_RESIDENT_BYTES
    bare = subprocess.check_output([sys.executable, "-c", "import sys; print(*sys.modules)"])
    script = "import sys, aimux.cli, aimux.mcp.process; print(*sys.modules)"
    loaded = subprocess.check_output([sys.executable, "-c", script], cwd=Path.cwd())
    assert set(loaded.decode().split()) & HEAVY <= set(bare.decode().split())


def test_what_is_no_message_is_answered_and_survived(lonely: Agent) -> None:
    lonely.write(b"{nonsense\n\n[1]\n" + b"x" * (5 << 20) + b"\n")
    assert lonely.receive()["error"]["code"] == -32700
    assert lonely.receive()[0]["error"]["code"] == -32600
    assert lonely.receive()["error"] == {"code": -32600, "message": "line too long"}
    assert lonely.ask("ping")["result"] == {}


def test_the_id_comes_back_as_it_was_sent(lonely: Agent) -> None:
    lonely.write(b'{"jsonrpc":"2.0","id":"\\u00e9-1","method":"ping"}\n')
    assert lonely.receive() == {"jsonrpc": "2.0", "id": "é-1", "result": {}}


def test_without_a_server_a_tool_says_so(lonely: Agent) -> None:
    text, is_error = lonely.call("list_panes")
    assert is_error
    assert text.startswith("no server running on ")


def test_it_ends_with_its_input_while_a_call_runs(agent: Agent) -> None:
    agent.start("wait", pane="work", until="text", text="never", timeout_seconds=600)
    assert agent.end() == 0


def test_a_call_that_waits_holds_nothing_back_and_can_be_cancelled(
    agent: Agent, aimux: World
) -> None:
    waiting = agent.start("wait", pane="work", until="text", text="now", timeout_seconds=600)
    assert agent.ask("ping")["result"] == {}
    agent.notify("notifications/cancelled", requestId=waiting)
    assert agent.done("read_pane", pane="work", mode="screen") == "(nothing)"
    aimux.do("send-keys", "-t", "work", "now", "Enter")
    assert aimux.wait_for("now\nnow", "work")
    for _ in range(3):
        assert "now" in agent.done("read_pane", pane="work", mode="screen")


def test_nobody_reads_and_it_ends(agent: Agent) -> None:
    assert agent.process.stdout is not None
    agent.process.stdout.close()
    agent.send("ping")
    assert agent.process.wait(30) == 0


# ---- panes ----


def test_panes_are_listed(agent: Agent, aimux: World) -> None:
    aimux.do("split-window", "-d", "-t", "work", "cat")
    first, second = json.loads(agent.done("list_panes"))
    assert (first["id"], first["place"]) == ("%0", "work:0.0")
    assert (first.get("active"), second.get("active")) == ("1", None)


def test_a_name_that_somebody_chose_makes_no_row(agent: Agent, aimux: World) -> None:
    directory = aimux.directory / ("x\ty\n%9" + "\tz" * 20)
    directory.mkdir()
    aimux.do("new-window", "-t", "work", "-c", str(directory), "cat")
    assert [pane["id"] for pane in json.loads(agent.done("list_panes"))] == ["%0", "%1"]
    assert json.loads(agent.done("agents")) == []


def test_a_command_runs_and_tells_how_it_ended(agent: Agent) -> None:
    text = agent.done("run", command="echo $((6 * 7)); exit 3;", timeout_seconds=30)
    assert text.splitlines()[0] == "42"
    assert "exit 3" in text.splitlines()[-1]


def test_a_command_that_cannot_be_typed_is_an_error_in_the_servers_words(agent: Agent) -> None:
    said = agent.call("run", command="true", pane="work")
    assert said == ("%0 is at no prompt that aimux knows of", True)


def test_a_pane_is_read_in_every_mode(agent: Agent, aimux: World) -> None:
    aimux.do("send-keys", "-t", "work", "error: it broke", "Enter")
    aimux.wait_for("it broke\nerror", "work")
    assert agent.done("read_pane", pane="work", mode="screen").count("it broke") == 2
    assert "it broke" in agent.done("read_pane", pane="work")
    assert "it broke" in agent.done("read_pane", pane="work", mode="full")
    assert agent.done("read_pane", pane="work", mode="problems") == "(nothing)"
    assert agent.call("read_pane", pane="%9") == ("can't find pane: %9", True)


def test_waiting_tells_what_came_true_and_what_did_not(agent: Agent, aimux: World) -> None:
    waiting = agent.start("wait", pane="work", until="text", text="^done$", timeout_seconds=60)
    aimux.do("send-keys", "-t", "work", "done", "Enter")
    answer = agent.receive()
    assert (answer["id"], outcome(answer)) == (waiting, ("it is so", False))
    said = agent.done("wait", pane="work", until="text", text="never", timeout_seconds=0.1)
    assert said == "not yet: the time is over"
    wrong = agent.call("wait", pane="work", until="text", text="(", timeout_seconds=1)
    assert wrong == ("invalid regular expression: (", True)


# ---- what agents exchange ----


def test_a_message_reaches_the_pane_it_is_for_until_it_is_acknowledged(
    aimux: World, tmp_path: Path
) -> None:
    aimux.do("new-session", "-d", "-s", "work", "cat")
    writer = Agent(aimux)
    # The reader runs in a pane, as an agent's tools do: the server sees whose child it is.
    script = tmp_path / "reader.sh"
    script.write_text(f"{aimux.command_line('mcp')} <requests >answers; exec cat\n")
    calls = [("inbox", {"wait_seconds": 60}), ("ack", {"ids": [1]}), ("inbox", {})]
    try:
        pane = aimux.do(
            *("new-window", "-d", "-P", "-F", "#{pane_id}", "-t", "work"),
            f"mkfifo requests; touch answers; sh {script}",
        ).strip()
        assert writer.done("send_message", to=pane, text="[bold]\x1b[31mgo;") == "1"
        with (tmp_path / "requests").open("w") as requests:
            for number, (tool, arguments) in enumerate(calls):
                params = {"name": tool, "arguments": arguments}
                message = {"jsonrpc": "2.0", "id": number, "method": "tools/call", "params": params}
                requests.write(json.dumps(message) + "\n")
                requests.flush()
                wait_until(lambda: len(_answers(tmp_path)) > number)  # noqa: B023  # at once
    finally:
        writer.close()
    first, acknowledged, rest = (outcome(answer)[0] for answer in _answers(tmp_path))
    assert "from me" in first.splitlines()[0]
    assert first.splitlines()[1].strip().startswith("[bold]")
    assert first.endswith("go;")
    assert "\x1b" not in first
    assert (acknowledged, rest) == ("done", "(nothing)")


def _answers(directory: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in (directory / "answers").read_text().splitlines()]


def test_shared_values_notes_and_claims_go_round(agent: Agent) -> None:
    version = int(agent.done("kv_set", key="k", value="-- 1;", namespace="global"))
    told = json.loads(agent.done("kv_get", key="k", namespace="global"))
    assert (told["value"], told["version"]) == ("-- 1;", version)
    stale = agent.call("kv_cas", key="k", version=version + 1, value="2", namespace="global")
    assert stale == ("k has another version", True)
    agent.done("kv_cas", key="k", version=version, value="2", namespace="global")
    assert "k = 2" in agent.done("kv_list", namespace="global")
    agent.done("kv_del", key="k", namespace="global")
    assert agent.call("kv_get", key="k", namespace="global") == ("no key k", True)
    agent.done("note_add", text="--flag is needed")
    assert "--flag is needed" in agent.done("note_search", words="needed")
    agent.done("claim", paths=["list", "/etc/hosts"])
    assert "/list" in agent.done("claim_list")
    assert agent.done("claim_release", paths=["list"]).endswith("/list")
    agent.done("decision_log", title="t", options=["-a", "b"], chosen="-a", why="w;")
    assert agent.done("report_status", text="-- busy").isdecimal()


def test_a_task_goes_from_hand_to_hand(agent: Agent) -> None:
    first = agent.done("task_add", text="build;", priority="high", needs=["rust", "db"])
    agent.done("task_add", text="test", after=[int(first)])
    assert "build;" in agent.done("task_list")
    agent.done("task_claim", id=int(first))
    agent.done("task_progress", id=int(first), percent=50, text="half")
    assert "50%" in agent.done("task_list")
    agent.done("task_done", id=int(first), text="-- built")
    text, is_error = agent.call("task_fail", id=int(first), reason="too late")
    assert is_error, text
