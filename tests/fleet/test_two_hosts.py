"""What crosses between two hosts: real servers, joined by a real bus."""

from __future__ import annotations

import contextlib
import json
import subprocess

import pytest

from tests.end_to_end.test_exchange import received
from tests.end_to_end.world import COMMAND, PREFIX, World
from tests.fleet.conftest import Two
from tests.waiting import DEADLINE_SECONDS, wait_until

AGENT = """
import os, sys, tty
tty.setraw(0)
def say(text): sys.stdout.write(text); sys.stdout.flush()
say("\\x1b[?2004h\\x1b]7501;state=idle:app=claude-code\\x07")
while data := os.read(0, 4096):
    say("GOT " + repr(data) + "\\r\\n")
    say("\\x1b]7501;state=working:app=claude-code\\x07")
"""
"""An agent that waits for work, and begins on what is typed into it."""


def texts(world: World, *words: str) -> list[str]:
    return [str(one["text"]) for one in received(world, *words)]


def arrives(world: World, text: str, *words: str) -> dict[str, object]:
    """Wait until a message is in an inbox; it."""
    wait_until(lambda: text in texts(world, *words), state=lambda: world.run("msg", "tail"))
    return next(one for one in received(world, *words) if one["text"] == text)


def state_of(world: World, number: str) -> str:
    found = json.loads(world.do("msg", "show", "--json", number))
    return str(found[0]["state"])


# ---- messages ----


def test_a_message_crosses_and_its_sender_sees_what_becomes_of_it(two: Two) -> None:
    sent = two.alpha.do("msg", "send", "--type", "request", "me@beta", "how many").strip()
    message = arrives(two.beta, "how many")
    assert (message["sender"], message["kind"]) == ("me@alpha", "request")
    wait_until(lambda: state_of(two.alpha, sent) == "delivered")
    two.beta.do("msg", "reply", str(message["id"]), "seven")
    answer = arrives(two.alpha, "seven")
    assert (answer["sender"], answer["reply_to"]) == ("me@beta", int(sent))
    wait_until(lambda: state_of(two.alpha, sent) == "answered")
    two.alpha.do("msg", "ack", str(answer["id"]))
    wait_until(lambda: '"read"' in two.beta.do("msg", "tail", "--json", "--count", "1"))


def test_whoever_expects_an_answer_gets_it_from_another_host(two: Two) -> None:
    asking = subprocess.Popen(
        (*COMMAND, "msg", "send", "--expect-reply", str(DEADLINE_SECONDS), "me@beta", "well"),
        env=two.alpha.environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    message = arrives(two.beta, "well")
    two.beta.do("msg", "reply", str(message["id"]), "yes")
    assert asking.communicate(timeout=DEADLINE_SECONDS)[0].splitlines()[1:] == ["yes"]


def test_names_roles_and_everybody_mean_all_hosts(two: Two) -> None:
    for world in (two.alpha, two.beta):
        world.do("set-option", "-p", "-t", "work", "agent-role", "build")
    wait_until(lambda: len(two.alpha.run("msg", "send", "@build", "to all").stdout.split()) == 2)
    wait_until(lambda: "to all" in texts(two.beta, "on-beta"))
    two.alpha.do("msg", "send", "on-beta", "by name", ";", "msg", "send", "*@beta", "all of beta")
    assert len(two.alpha.do("msg", "send", "*", "everybody").split()) == 2
    wait_until(lambda: texts(two.beta, "on-beta")[-3:] == ["by name", "all of beta", "everybody"])
    assert two.alpha.run("msg", "send", "me@gamma", "x").stderr == "no host gamma\n"
    assert two.alpha.run("msg", "send", "gamma", "x").stderr == "nobody there: gamma\n"


def test_what_is_for_a_pane_that_is_not_there_is_dead(two: Two) -> None:
    sent = two.alpha.do("msg", "send", "%77@beta", "anybody").strip()
    wait_until(lambda: state_of(two.alpha, sent) == "dead")
    assert "can't find pane: %77" in two.alpha.do("msg", "show", sent)


def test_dropping_and_sending_again_follow_a_message(two: Two) -> None:
    sent = two.alpha.do("msg", "send", "on-beta", "never mind").strip()
    arrives(two.beta, "never mind", "on-beta")
    two.alpha.do("msg", "drop", sent)
    wait_until(lambda: texts(two.beta, "on-beta") == [])
    two.alpha.do("msg", "resend", sent)
    arrives(two.beta, "never mind", "on-beta")
    assert two.alpha.run("msg", "ack", sent).stderr == f"message {sent} is not yours\n"


def test_what_comes_from_elsewhere_shows_harmlessly(two: Two) -> None:
    nasty = "#[fg=red]#{pid}#(echo ran) \x1b]0;owned\x07\x1b[2J\u202e\x9b31m end"
    two.alpha.do("msg", "send", "--", "me@beta", nasty)
    arrives(two.beta, nasty)
    for words in (("inbox",), ("msg", "tail"), ("msg", "tail", "--json")):
        assert two.beta.do(*words).replace("\n", "").isprintable(), words


# ---- agents ----

WAITS = "printf '\\033]7501;state=blocked:app=codex:kind=permission:msg=cm0geA==\\007'; exec cat"


def test_agents_of_another_host_stand_behind_ones_own_and_are_reached_by_what_is_printed(
    two: Two,
) -> None:
    two.beta.do("new-window", "-d", "-n", "tests", WAITS)
    wait_until(lambda: "codex@beta" in two.alpha.do("agents"))
    (found,) = json.loads(two.alpha.do("agents", "--json"))
    assert (found["host"], found["state"], found["reason"]) == ("beta", "waiting", "permission")
    assert (found["request"], found["window"], found["answers"]) == ("rm x", "tests", {})
    two.alpha.do("msg", "send", found["pane"], "not yet")
    arrives(two.beta, "not yet", found["pane"].removesuffix("@beta"))
    assert "It is answered on beta" in two.alpha.do("fleet", "open", found["pane"])
    assert two.alpha.run("fleet", "open", "%99@beta").returncode == 1
    two.beta.do("kill-window", "-t", "tests")
    wait_until(lambda: json.loads(two.alpha.do("agents", "--json")) == [])


def test_enter_on_an_agent_of_another_host_shows_it_and_a_key_writes_to_it(two: Two) -> None:
    two.beta.do("new-window", "-d", "-n", "tests", WAITS)
    wait_until(lambda: "codex@beta" in two.alpha.do("agents"))
    with contextlib.closing(two.alpha.attached(columns=130, rows=40)) as terminal:
        terminal.wait_for("codex@beta")
        terminal.type(PREFIX + b"a\r")
        terminal.wait_for("It is answered on beta")
        terminal.type(b"m")
        terminal.wait_for("message to %1@beta")
        terminal.type(b"not yet\r")
        arrives(two.beta, "not yet", "%1")


# ---- tasks ----


def test_a_task_of_another_host_is_seen_claimed_and_done(two: Two) -> None:
    two.alpha.do("task", "add", "count the files", ";", "task", "add", "--after", "1", "then this")
    wait_until(lambda: "#2@alpha  blocked" in two.beta.do("task", "list"))
    assert two.beta.do("task", "claim").startswith("#1@alpha  claimed")
    assert json.loads(two.alpha.do("task", "show", "--json", "1"))["owner"] == "me@beta"
    two.beta.do("task", "progress", "1@alpha", "50%", "half")
    assert "50%" in two.alpha.do("task", "list")
    assert two.alpha.run("task", "claim", "1").stderr == "task 1 is working (me@beta)\n"
    two.beta.do("task", "done", "1@alpha", "seven")
    assert json.loads(two.alpha.do("task", "show", "--json", "1"))["result"] == "seven"
    assert two.beta.run("task", "done", "1@alpha").stderr == "task 1 is done\n"
    wait_until(lambda: "#2@alpha  open" in two.beta.do("task", "list"))


def test_of_many_on_two_hosts_that_claim_a_task_one_gets_it(two: Two) -> None:
    two.alpha.do("task", "add", "only once")
    wait_until(lambda: "#1@alpha  open" in two.beta.do("task", "list"))
    racers = [
        subprocess.Popen(
            (*COMMAND, "task", "claim", name),
            env=world.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for _ in range(5)
        for world, name in ((two.alpha, "1"), (two.beta, "1@alpha"))
    ]
    for one in racers:
        one.communicate(timeout=DEADLINE_SECONDS)
    assert sorted(one.returncode for one in racers) == [0] + [1] * 9


def test_a_task_is_given_to_an_agent_on_another_host_and_taken_back(two: Two) -> None:
    program = two.beta.directory / "agent.py"
    program.write_text(AGENT)
    line = f"python3 {program}"
    pane = two.beta.do("split-window", "-d", "-P", "-F", "#{pane_id}", "-t", "work", line).strip()
    two.beta.do("set-option", "-p", "-t", pane, "agent-capabilities", "rust")
    two.alpha.do("task", "add", "--needs", "rust", "fix the parser")
    two.beta.wait_for("Task #1@alpha: fix the parser", pane)
    task = json.loads(two.alpha.do("task", "show", "--json", "1"))
    assert task["owner"] == f"{pane}@beta"
    wait_until(lambda: "working" in two.alpha.do("task", "list"))
    two.beta.do("kill-pane", "-t", pane)
    wait_until(lambda: "#1  open" in two.alpha.do("task", "list"))
    assert "has gone" in two.alpha.do("task", "show", "1")


# ---- shared context ----


def test_of_racers_on_two_hosts_one_sets_a_value(two: Two) -> None:
    racers = [
        subprocess.Popen(
            (*COMMAND, "kv", "cas", "leader", "0", str(number)),
            env=(two.alpha, two.beta)[number % 2].environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for number in range(10)
    ]
    told = [one.communicate(timeout=DEADLINE_SECONDS) for one in racers]
    winners = [number for number, one in enumerate(racers) if one.returncode == 0]
    assert len(winners) == 1, told
    for world in (two.alpha, two.beta):
        wait_until(lambda w=world: w.run("kv", "get", "leader").stdout == f"{winners[0]}\n")  # type: ignore[misc]  # bound now


def test_a_value_is_every_hosts_and_a_sessions_is_not(two: Two) -> None:
    version = two.alpha.do("kv", "set", "--ttl", "1000", "the key", "red").strip()
    wait_until(lambda: two.beta.run("kv", "get", "the key").stdout == "red\n")
    value = json.loads(two.beta.do("kv", "get", "--json", "the key"))
    assert (value["author"], str(value["version"])) == ("me@alpha", version)
    two.beta.do("kv", "del", "the key")
    wait_until(lambda: two.alpha.run("kv", "get", "the key").returncode == 1)
    assert two.alpha.run("kv", "del", "the key").stderr == "no key the key\n"
    assert two.alpha.run("kv", "cas", "the key", version, "x").returncode == 2
    two.alpha.do("kv", "cas", "the key", "0", "anew")
    wait_until(lambda: "the key = anew" in two.beta.do("kv", "list"))


def test_a_claim_is_known_on_every_host_and_warns_on_its_screen(two: Two) -> None:
    line = two.beta.command_line("claim", "/src")
    two.beta.do("split-window", "-d", "-t", "work", f"{line}; exec cat")
    wait_until(lambda: "/src  %1@beta" in two.alpha.do("claim", "list"))
    outer = two.beta.attached(columns=120)
    taken = two.alpha.run("claim", "/src/main.py")
    assert (taken.returncode, taken.stderr.startswith("/src is claimed by %1@beta")) == (2, True)
    outer.wait_for("alpha: me wants /src")
    two.beta.do("kill-pane", "-t", "%1")
    wait_until(lambda: two.alpha.do("claim", "list") == "")
    two.alpha.do("claim", "/src/main.py")
    assert two.beta.run("claim", "/src").returncode == 2


def test_a_note_is_found_on_every_host(two: Two) -> None:
    two.alpha.do("note", "add", "the tests need a display")
    wait_until(lambda: "need a display" in two.beta.do("note", "search", "test"))
    assert "me@alpha" in two.beta.do("note", "search", "test")


# ---- hosts ----


def test_a_second_server_of_a_name_is_refused_and_says_why(two: Two) -> None:
    two.beta.do("set", "-s", "fleet-name", "alpha")
    wait_until(lambda: "another server is called alpha" in two.beta.run("fleet", "status").stdout)
    two.beta.do("set", "-s", "fleet-name", "beta")
    two.wait_until_met()


@pytest.mark.parametrize(
    ("url", "said"), [("", "no fleet: bus-url is not set"), ("http://x", "bus-url: one of")]
)
def test_without_a_fleet_status_says_so(two: Two, url: str, said: str) -> None:
    two.alpha.do("set", "-s", "bus-url", url)
    done = two.alpha.run("fleet", "status")
    assert (done.returncode, said in done.stderr) == (1, True)
    assert two.alpha.run("msg", "send", "me@beta", "x").stderr == "no host beta\n"
