"""The screen rules of the agents that are known less well, against what the real programs drew."""

import json
from pathlib import Path
from typing import Any

import pytest

from aimux.agents.answers import request_of
from aimux.agents.kinds import shipped_kinds
from aimux.agents.screen_rules import ScreenFinding, read_screen

SCREENS: list[dict[str, Any]] = json.loads(
    (Path(__file__).parent / "screens" / "more_screens.json").read_text()
)
BY_NAME = {screen["name"]: screen for screen in SCREENS}


def found_on(screen: dict[str, Any]) -> ScreenFinding | None:
    return read_screen(shipped_kinds()[screen["kind"]].screen, screen["rows"], screen["title"])


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen["name"])
def test_a_recorded_screen_tells_the_true_state(screen: dict[str, Any]) -> None:
    """`null` is one that must not be judged: a draft looks as what has just been sent."""
    found = found_on(screen)
    assert (found.state if found is not None else None) == screen["state"], found


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen["name"])
def test_what_is_cut_off_above_or_half_drawn_below_is_never_another_state(
    screen: dict[str, Any],
) -> None:
    """Of fewer rows less may be known, but a prompt or work is not taken for rest."""
    restful = ("idle", "done", "error")
    rules = shipped_kinds()[screen["kind"]].screen
    for rows in (screen["rows"][-12:], screen["rows"][-8:], screen["rows"][:-1]):
        found = read_screen(rules, rows, "")
        if found is not None and screen["state"] in ("waiting", "working"):
            assert found.state not in restful, (found, rows)


@pytest.mark.parametrize(
    ("name", "request_text", "keys"),
    [
        ("copilot 1.0.102 approval 120x40", "touch g.txt && ls", b"1"),
        ("copilot 1.0.102 approval 80x24", "touch g.txt && ls", b"1"),
        ("qwen 0.15.10 approval 120x40", "touch g.txt && ls", b"1"),
        ("qwen 0.24.4 approval 120x40", "touch g.txt && ls", b"1"),
        ("aider 0.86.2 approval 120x40", "touch g.txt && ls", b"y\r"),
        ("kimi 2.1.0 approval 120x40", "touch g.txt && ls", None),
    ],
)
def test_a_command_is_told_whole_and_allowed_by_the_programs_own_key(
    name: str, request_text: str, keys: bytes | None
) -> None:
    screen = BY_NAME[name]
    request = request_of(shipped_kinds()[screen["kind"]].answers, found_on(screen))
    assert request is not None
    assert (request.text, request.reason) == (request_text, "permission")
    assert next((one.keys for one in request.answers if one.key == "y"), None) == keys


@pytest.mark.parametrize(
    ("name", "question"),
    [
        ("copilot 1.0.102 question 100x30", "Which colour?"),
        ("qwen 0.24.4 question 120x40", "Which colour?"),
        ("kimi 2.1.0 question 120x40", "Which colour?"),
    ],
)
def test_a_question_is_told(name: str, question: str) -> None:
    found = found_on(BY_NAME[name])
    assert found is not None
    assert (found.reason, found.detail) == ("question", question)


COMPOSER = ["▄" * 40, "  → Add a follow-up", "▀" * 40, "  GPT-5.2", "  ~/code · main"]
WRITTEN_DOWN: list[tuple[str, str | None, list[str]]] = [
    (
        "crush",
        "idle",
        ["> Ready?", "tab focus chat • / or ctrl+p commands • ctrl+l models • ctrl…"],
    ),
    ("crush", "idle", ["> Ready!", "/ or ctrl+p commands • ctrl+l models • ctrl+j newline"]),
    (
        "crush",
        "working",
        ["> Brrrrr...", "esc cancel • tab focus chat • ctrl+p commands • ctrl+c quit"],
    ),
    (
        "crush",
        "waiting",
        [
            "│ Permission Required      │",
            "│ Tool Bash                │",
            "│ $ make                   │",
            "│ Allow  Allow for Session  Deny │",
            "esc cancel • tab focus chat • ctrl+p commands",
        ],
    ),
    ("crush", None, ["$ make", "a • b"]),
    ("goose", "idle", ["goose is running", "( O)> "]),
    ("goose", "working", ["( O)> make it so", "Herding pixels... (Ctrl+C to interrupt)"]),
    (
        "goose",
        "waiting",
        [
            "◆  Goose would like to call the above tool, do you allow?",
            "│  ● Allow (Allow the tool call once)",
            "│  ○ Deny",
            "└",
        ],
    ),
    ("goose", None, ["◇  Goose would like to call the above tool, do you allow?", "│  Allow", "│"]),
    ("cursor-agent", "idle", COMPOSER),
    (
        "cursor-agent",
        "working",
        [" ⠀⠞ Working", *COMPOSER[:1], "  → Add a follow-up   ctrl+c to stop"],
    ),
    ("cursor-agent", None, [" ⠀⠞ Working", *COMPOSER]),
    (
        "cursor-agent",
        "waiting",
        ["  $ make", "  Run this command?", "   → Run (once) (y)", "     Skip (esc or n)"],
    ),
]


@pytest.mark.parametrize(("kind", "state", "rows"), WRITTEN_DOWN)
def test_what_a_programs_source_says_that_it_draws(
    kind: str, state: str | None, rows: list[str]
) -> None:
    """Of programs that cannot be had here; written by hand from the words in their sources."""
    found = read_screen(shipped_kinds()[kind].screen, rows, "")
    assert (found.state if found is not None else None) == state


def test_every_kind_that_can_resume_names_the_session() -> None:
    for kind in shipped_kinds().values():
        if kind.launch is not None and kind.launch.resume:
            assert "0815" in " ".join(kind.launch.resuming("0815"))
