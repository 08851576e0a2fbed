"""Agents and people exchange messages, values and tasks: real servers, killed and raced.

What a server does with its own store it does on a bus, too: most tests run on both.
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.end_to_end.world import COMMAND, World
from tests.waiting import DEADLINE_SECONDS, wait_until

PRIORITIES = ("low", "normal", "high", "urgent")
AGENT = """
import os, sys, tty
tty.setraw(0)
def say(text): sys.stdout.write(text); sys.stdout.flush()
def state(name): say(f"\\x1b]7501;state={name}:app=claude-code\\x07")
say("\\x1b[?2004h")
state(sys.argv[1])
taken = b""
while data := os.read(0, 4096):
    taken += data
    if taken.endswith(b"\\r"):
        state("working")
        say("GOT " + repr(taken) + "\\r\\n")
        taken = b""
        state("done")
"""
"""An agent that reports its state, and shows what was typed into it."""


@pytest.fixture(params=["sqlite", "nats"])
def aimux(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[World]:
    """A world without a fleet, and one in a fleet of its own."""
    world = World(tmp_path)
    if request.param == "nats":
        world.bus = request.getfixturevalue("nats").new_fleet()
    try:
        yield world
    finally:
        world.close()


ALONE = pytest.mark.parametrize("aimux", ["sqlite"], indirect=True)
"""Nothing of it would touch the bus."""


@pytest.fixture
def work(aimux: World) -> World:
    """A server with one pane."""
    start(aimux)
    return aimux


def start(world: World, *names: str) -> int:
    """Start a server whose panes have these names; its process."""
    words = ["new-session", "-d", "-s", "work", "-x", "160", "-y", "40", "cat", ";"]
    for name in names:
        words += ["split-window", "-d", "cat", ";", "select-pane", "-t", ".+", ";"]
        words += ["set-option", "-p", "agent-name", name, ";"]
        words += ["select-layout", "even-vertical", ";"]
    process = int(world.do(*words, "display-message", "-p", "#{pid}"))
    world.join()
    return process


def start_agent(world: World, state: str, shown: str = "") -> str:
    """Start an agent that says that it is in a state; its pane."""
    program = world.directory / "agent.py"
    program.write_text(AGENT)
    line = f"{sys.executable} {program} {state}"
    pane = world.do("split-window", "-d", "-P", "-F", "#{pane_id}", "-t", "work", line).strip()
    wait_until(lambda: world.ask("#{agent_state}", pane) == (shown or state))
    return pane


def kill(process: int) -> None:
    os.kill(process, signal.SIGKILL)


def received(world: World, *words: str) -> list[dict[str, object]]:
    found = json.loads(world.do("inbox", "--json", *words))
    assert isinstance(found, list)
    return found


def in_order(found: list[dict[str, object]]) -> bool:
    keys = [(-PRIORITIES.index(str(one["priority"])), int(str(one["id"]))) for one in found]
    return keys == sorted(keys)


# ---- messages ----


def test_a_message_goes_to_a_pane_and_an_answer_comes_back(work: World) -> None:
    work.do("set-option", "-p", "-t", "work", "agent-name", "worker")
    sent = work.do("msg", "send", "worker", "--type", "request", "how", "many").strip()
    assert work.do("inbox", "worker").splitlines()[1] == "    how many"
    answer = work.do("msg", "reply", sent, "seven").strip()
    assert [one["id"] for one in received(work)] == [int(answer)]
    assert json.loads(work.do("msg", "show", "--json", sent))[0]["state"] == "answered"
    work.do("msg", "ack", answer)
    assert received(work) == []


def test_whoever_expects_an_answer_gets_it_or_is_told_that_none_came(work: World) -> None:
    work.do("set-option", "-p", "-t", "work", "agent-name", "worker")
    asking = subprocess.Popen(
        (*COMMAND, "msg", "send", "--expect-reply", str(DEADLINE_SECONDS), "worker", "well"),
        env=work.environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    wait_until(lambda: bool(received(work, "worker")))
    work.do("msg", "reply", "1", "two words")
    assert asking.communicate(timeout=DEADLINE_SECONDS)[0].splitlines() == ["1", "two words"]
    assert asking.returncode == 0
    late = work.run("msg", "send", "--expect-reply", "0.1", "worker", "well")
    assert (late.returncode, late.stderr) == (124, "")


@ALONE
def test_who_sends_is_the_pane_whatever_it_says_of_itself(work: World) -> None:
    line = work.command_line("msg", "send", "me", "it is I")
    work.do("split-window", "-d", "-t", "work", f"AIMUX_PANE=%0 sh -c {json.dumps(line)}; exec cat")
    wait_until(lambda: bool(received(work)))
    assert received(work)[0]["sender"] == "%1"
    work.do("msg", "send", "me", "from outside", AIMUX_PANE="%1")
    assert received(work)[1]["sender"] == "me"


@ALONE
def test_an_agent_reads_its_own_messages_alone(work: World) -> None:
    work.do("set-option", "-p", "-t", "work", "agent-name", "first")
    work.do("msg", "send", "first", "secret")
    line = work.command_line("inbox", "first") + " 2>&1; " + work.command_line("msg", "ack", "1")
    words = ["split-window", "-d", "-t", "work", f"sleep 0.3; {line}; exec cat"]
    work.do(*words, ";", "set-option", "-p", "-t", "work.1", "agent-name", "second")
    work.wait_for("message 1 is not yours", "work.1")
    assert "the inbox of first is not yours" in work.seen("work.1")
    assert "secret" not in work.seen("work.1")


@ALONE
def test_control_characters_and_markup_show_harmlessly(work: World) -> None:
    nasty = "#[fg=red]#{pid}#(echo ran) \x1b]0;owned\x07\x1b[2J\u202e\x9b31m end"
    work.do("msg", "send", "me", "--", nasty)
    for words in (("inbox",), ("inbox", "--json"), ("msg", "tail"), ("msg", "show", "1")):
        told = work.do(*words)
        assert told.replace("\n", "").isprintable(), words
        assert "#{pid}" in told
        assert "ran)" in told
    assert json.loads(work.do("inbox", "--json"))[0]["text"] == nasty
    outer = work.attached(columns=150, rows=40)
    outer.wait_for("#[fg=red]#{pid}#(echo ran)")
    assert work.ask("#{messages_unread}") == "1"


def test_a_reader_waits_until_something_comes(work: World) -> None:
    waiting = subprocess.Popen(
        (*COMMAND, "inbox", "--wait", str(DEADLINE_SECONDS)),
        env=work.environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    work.do("msg", "send", "me", "at last")
    assert "at last" in waiting.communicate(timeout=DEADLINE_SECONDS)[0]
    work.do("msg", "ack", "1")
    assert work.run("inbox", "--wait", "0.1").returncode == 124


def kill_between_send_and_ack(world: World, rounds: int) -> None:
    """Kill the server again and again: nothing is lost, nothing comes again, order is kept."""
    chance = random.Random(rounds)  # noqa: S311  # a fixed course of things
    unsent: list[str] = []
    acknowledged: list[str] = []
    everything: list[str] = []
    for number in range(rounds):
        server = start(world, "worker")
        unsent += [f"{number}-{one}" for one in range(2)]
        everything += unsent[-2:]
        unsent = [name for name in unsent if not sent(world, name, chance)]
        if number % 2:  # one that may or may not have got there
            name = f"{number}-torn"
            everything.append(name)
            unsent.append(name)
            torn = subprocess.Popen(
                (*COMMAND, "msg", "send", "worker", "--id", name, name),
                env=world.environment,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            with contextlib.suppress(subprocess.TimeoutExpired):
                torn.wait(chance.uniform(0, 0.06))
            kill(server)
            torn.wait()
            continue
        found = received(world, "worker")
        assert in_order(found)
        names = [str(one["dedup"]) for one in found]
        assert not set(names) & set(acknowledged)
        half = found[: chance.randrange(len(found) + 1)]
        if half:
            world.do("msg", "ack", *(str(one["id"]) for one in half))
        acknowledged += [str(one["dedup"]) for one in half]
        kill(server)
    start(world, "worker")
    assert all(sent(world, name, chance) for name in unsent)
    rest = received(world, "-n", "1000", "worker")
    assert in_order(rest)
    names = acknowledged + [str(one["dedup"]) for one in rest]
    assert sorted(names) == sorted(everything)


def sent(world: World, name: str, chance: random.Random) -> bool:
    """Send it; once more if it had been sent, which makes no second message."""
    priority = chance.choice(PRIORITIES)
    words = ("msg", "send", "worker", "--id", name, "--priority", priority, name)
    return world.run(*words).returncode == 0


@ALONE
def test_nothing_is_lost_or_comes_twice_when_the_server_is_killed(aimux: World) -> None:
    kill_between_send_and_ack(aimux, 20)


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_nothing_is_lost_or_comes_twice_in_two_hundred_kills(aimux: World) -> None:
    kill_between_send_and_ack(aimux, 200)


def read_by_three_that_die(world: World, count: int) -> None:
    """Three readers take many messages, and often die between taking and acknowledging."""
    chance = random.Random(count)  # noqa: S311  # a fixed course of things
    names = ("one", "two", "three", "dead")
    start(world, *names)
    script = world.directory / "messages.conf"
    for first in range(0, count, 500):
        lines = [
            f"msg send {names[number % 4]} --priority {chance.choice(PRIORITIES)}"
            f" --id {number} text-{number}\n"
            for number in range(first, min(count, first + 500))
        ]
        script.write_text("".join(lines))
        world.do("source-file", str(script))
    taken: dict[str, list[int]] = {name: [] for name in names[:3]}
    left = set(taken)
    while left:
        for name in sorted(left):
            found = received(world, "-n", str(max(50, count // 20)), name)
            assert in_order(found)
            if not found:
                left.discard(name)
            elif chance.random() > 0.3:  # else the reader was killed, and begins anew
                world.do("msg", "ack", *(str(one["id"]) for one in found))
                taken[name] += [int(str(one["dedup"])) for one in found]
    for place, name in enumerate(names[:3]):
        assert sorted(taken[name]) == list(range(place, count, 4))
    assert len(received(world, "-n", "1000", "dead")) == min(1000, count // 4)


@ALONE
def test_readers_that_die_lose_nothing_and_a_dead_one_delays_nobody(aimux: World) -> None:
    read_by_three_that_die(aimux, 500)


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_ten_thousand_messages_reach_three_readers_that_die(aimux: World) -> None:
    read_by_three_that_die(aimux, 10_000)


# ---- agents that wait ----


def test_a_message_is_typed_into_an_agent_that_waits_one_at_a_time(work: World) -> None:
    pane = start_agent(work, "idle")
    work.do("msg", "send", pane, "first\x1b[201~\rrm", ";", "msg", "send", pane, "second")
    text = work.wait_for("Message #2", pane)
    assert "first[201~\\nrm" in text.replace("\n", "")
    assert text.index("Message #1") < text.index("Message #2")
    assert text.count("GOT") == 2
    wait_until(lambda: "delivered" in work.do("msg", "show", "2"))
    assert "by paste" in work.do("msg", "show", "2")
    assert [one["state"] for one in received(work, pane)] == ["delivered", "delivered"]


@ALONE
def test_nothing_is_typed_onto_an_agents_question(work: World) -> None:
    pane = start_agent(work, "blocked", shown="waiting")
    other = start_agent(work, "idle")
    work.do("msg", "send", pane, "no", ";", "msg", "send", other, "yes")
    work.wait_for("Message #2", other)
    assert work.do("msg", "show", "1").splitlines()[0].split()[5] == "queued"
    assert "Message" not in work.seen(pane)


def test_a_task_is_given_to_an_agent_that_can_do_it(work: World) -> None:
    wrong, right = start_agent(work, "idle"), start_agent(work, "idle")
    work.do("set-option", "-p", "-t", wrong, "agent-role", "review")
    work.do("set-option", "-p", "-t", right, "agent-capabilities", "rust db")
    work.do("task", "add", "--needs", "db,rust", "fix the parser")
    work.wait_for("Task #1: fix the parser", right)
    task = json.loads(work.do("task", "list", "--json"))[0]
    assert (task["owner"], task["needs"]) == (right, ["db", "rust"])
    work.do("kill-pane", "-t", right)
    wait_until(lambda: json.loads(work.do("task", "list", "--json"))[0]["state"] == "open")
    assert "has gone" in work.do("task", "show", "1")


# ---- tasks ----


def test_a_task_is_claimed_done_and_what_follows_it_may_begin(work: World) -> None:
    work.do("task", "add", "one", ";", "task", "add", "--after", "1", "--priority", "urgent", "two")
    assert work.do("task", "claim").startswith("#1  claimed")
    work.do("task", "progress", "1", "50%", "half", "done")
    assert "50%" in work.do("task", "list")
    assert work.run("task", "claim").stderr == "no task for you\n"
    work.do("task", "done", "1", "green")
    assert work.do("task", "claim").startswith("#2  claimed")
    assert "already comes after" in work.run("task", "after", "1", "2").stderr


# ---- shared context ----


def test_of_fifty_that_race_to_set_a_value_one_wins(work: World) -> None:
    racers = [
        subprocess.Popen(
            (*COMMAND, "kv", "cas", "leader", "0", str(number)),
            env=work.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for number in range(50)
    ]
    told = [one.communicate(timeout=DEADLINE_SECONDS) for one in racers]
    winners = [number for number, one in enumerate(racers) if one.returncode == 0]
    assert len(winners) == 1, told
    assert {one.returncode for one in racers} == {0, 2}
    assert work.do("kv", "get", "leader") == f"{winners[0]}\n"


def test_whoever_watches_is_told_of_each_value(work: World) -> None:
    work.do("kv", "set", "before", "x")
    watching = subprocess.Popen(
        (*COMMAND, "kv", "watch", "--json", "--count", "2", "a*"),
        env=work.environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert watching.stdout is not None
    heard: list[str] = []
    while len(heard) < 2:  # it hears what is written once it listens
        work.do("kv", "set", "b", "x", ";", "kv", "set", "a", str(len(heard)))
        if watching.poll() is not None:
            heard = watching.communicate(timeout=DEADLINE_SECONDS)[0].splitlines()
            break
    assert [json.loads(line)["name"] for line in heard] == ["a", "a"]


def test_a_claim_ends_with_its_pane_and_a_conflict_shows_on_the_screen(work: World) -> None:
    outer = work.attached(columns=120)
    line = work.command_line("claim", "/src")
    work.do("split-window", "-d", "-t", "work", f"{line}; exec cat")
    wait_until(lambda: "/src" in work.do("claim", "list"))
    taken = work.run("claim", "/src/main.py")
    assert (taken.returncode, taken.stderr.startswith("/src is claimed by %1")) == (2, True)
    outer.wait_for("me wants /src, which %1 has")
    work.do("kill-pane", "-t", "%1")
    wait_until(lambda: work.do("claim", "list") == "")


def test_notes_are_found_and_decisions_are_listed(work: World) -> None:
    work.do("note", "add", "the tests need a display")
    assert "need a display" in work.do("note", "search", "test")
    made = ("decision", "log", "--title", "x", "--option", "a", "--option", "b")
    work.do(*made, "--chosen", "b", "--confidence", "0.5")
    work.do("decision", "outcome", "1", "ok")
    assert json.loads(work.do("decision", "list", "--json"))[0]["outcome"] == "ok"
    assert "* **Chosen**: b" in work.do("decision", "list", "--markdown").splitlines()
    assert work.run(*made, "--chosen", "c").stderr == "not an option: c\n"


# ---- the sidebar ----


@ALONE
def test_the_sidebar_shows_traffic_and_tasks_and_a_key_sends(work: World) -> None:
    work.do("set-option", "-g", "sidebar-panels", "traffic tasks")
    work.do("set-option", "-p", "-t", "work", "agent-name", "painter")
    outer = work.attached(columns=140, rows=30)
    outer.type(b"\x02S")
    outer.wait_for("Tab completes")
    outer.type(b"--priority=urgent pa\t\r")
    outer.wait_for("message to painter")
    outer.type(b"#[fg=red] hello \x1b[200~there\r\nand \x1b[31mthere\x1b[201~\r")
    outer.wait_for("#[fg=red] hello there")
    (sent,) = json.loads(work.do("msg", "show", "--json", "1"))
    assert (sent["recipient"], sent["priority"], sent["text"]) == (
        "painter",
        "urgent",
        "#[fg=red] hello there\nand [31mthere",
    )
    work.do("task", "add", "paint the shed")
    outer.wait_for("paint the shed")


def test_a_message_is_opened_answered_and_dropped_in_the_sidebar(work: World) -> None:
    work.do("set-option", "-g", "sidebar-panels", "traffic tasks")
    work.do("msg", "send", "me", "first line\nsecond #[bg=red]line\x1b[31m")
    outer = work.attached(columns=140, rows=30)
    outer.type(b"\x02a\r")
    outer.wait_for("second #[bg=red]line")
    outer.wait_for("me")
    outer.type(b"r")
    outer.wait_for("answer to message 1")
    outer.type(b"so be it\r")
    outer.wait_for("so be it")
    answer = json.loads(work.do("msg", "show", "--json", "2"))[0]
    assert (answer["reply_to"], answer["kind"], answer["text"]) == (1, "reply", "so be it")
    assert json.loads(work.do("msg", "show", "--json", "1"))[0]["state"] == "answered"
    outer.type(b"gd")
    outer.wait_for("(y/n)")
    outer.type(b"y")
    wait_until(
        lambda: json.loads(work.do("msg", "show", "--json", "2"))[0]["state"] == "dead",
        step=lambda: outer.read(0.05),
    )


def test_a_task_is_opened_cancelled_tried_anew_and_assigned_in_the_sidebar(work: World) -> None:
    work.do("set-option", "-g", "sidebar-panels", "tasks")
    work.do("set-option", "-p", "-t", "work", "agent-name", "painter")
    work.do("task", "add", "paint the shed")
    outer = work.attached(columns=140, rows=30)
    outer.type(b"\x02a\r")
    outer.wait_for("added")
    outer.type(b"c")
    outer.wait_for("cancel task 1? (y/n)")
    outer.type(b"y")
    outer.wait_for("done                             1")
    outer.type(b"r")
    outer.wait_for("ready                            1")
    outer.type(b"a")
    outer.wait_for("assign task 1 to")
    outer.type(b"p\t\r")
    outer.wait_for("running                          1")
    assert json.loads(work.do("task", "show", "--json", "1"))["owner"] == "painter"


def test_a_script_is_told_what_is_missing_and_printed_what_a_person_is_shown(work: World) -> None:
    work.do("msg", "send", "me", "hello")
    assert work.do("msg", "open", "1").splitlines()[0].split() == ["from", "me"]
    assert work.do("msg", "open", "1").endswith("\n          hello\n")
    assert work.run("msg", "open", "7").stderr == "no message 7\n"
    assert work.run("msg", "send").stderr.startswith("too few words (usage: msg send ")
    assert work.run("msg", "reply", "1").stderr.startswith("too few words (usage: msg reply ")
    assert work.run("task", "assign", "1").stderr.startswith("too few words (usage: task assign ")
