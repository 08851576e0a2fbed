"""The screen rules against what real agents drew, and what no rule may say."""

import json
from pathlib import Path

import pytest

from aimux.agents.kinds import shipped_kinds
from aimux.agents.screen_rules import MAX_ROWS, parse_screen_rules, read_screen
from aimux.errors import ParseError

SCREENS = json.loads((Path(__file__).parent / "screens" / "screens.json").read_text())


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen["name"])
def test_a_recorded_screen_tells_the_true_state(screen):
    rules = shipped_kinds()[screen["kind"]].screen
    found = read_screen(rules, screen["rows"], screen["title"])
    assert found is not None
    assert found.state == screen["state"]


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen["name"])
def test_the_rules_of_another_kind_never_take_it_for_an_agent_at_rest(screen):
    for name, kind in shipped_kinds().items():
        if name != screen["kind"]:
            found = read_screen(kind.screen, screen["rows"], "")
            assert found is None or found.state != "done"


def test_the_request_that_waits_for_permission_is_told():
    by_name = {screen["name"]: screen for screen in SCREENS}
    wanted = {
        "claude_full.permission": "touch x.txt && ls -la",
        "codex_one.approval": "echo hi > w.txt && ls",
        "gemini_two.approval_10s": "touch g.txt && ls",
        "opencode_one.after_approval": "touch o.txt && ls",
    }
    for name, request in wanted.items():
        screen = by_name[name]
        found = read_screen(shipped_kinds()[screen["kind"]].screen, screen["rows"], screen["title"])
        assert found is not None
        assert found.reason == "permission"
        assert request in found.detail


def test_a_shell_on_the_screen_is_no_idle_agent():
    rows = ["$ echo hello", "hello", "❯ 1. Yes is what a prompt of starship may look like?", "❯ "]
    for kind in shipped_kinds().values():
        assert read_screen(kind.screen, rows[:2] + rows[3:], "") is None


def test_what_an_agent_quotes_of_a_dialog_is_none():
    """The words of a permission prompt within an answer, above an empty prompt."""
    rows = [
        "● It then asks: Do you want to proceed?",
        "  ❯ 1. Yes",
        "    2. No",
        "  Esc to cancel · Tab to amend",
        "─" * 40,
        "❯ ",
        "─" * 40,
        "  ? for shortcuts",
    ]
    found = read_screen(shipped_kinds()["claude-code"].screen, rows, "")
    assert found is not None
    assert found.state == "idle"


def test_a_rule_looks_at_the_last_rows_that_have_text():
    rules = parse_screen_rules(
        "mine", {"rules": [{"name": "top", "state": "idle", "text": r"\Afirst$"}]}
    )
    rows = ["first", *["more"] * (MAX_ROWS - 1), "", " "]
    assert read_screen(rules, rows, "") is not None
    assert read_screen(rules, [*rows, "one too many"], "") is None


def test_hostile_rows_are_judged_within_reason():
    """Every rule on rows that are made of what its patterns repeat."""
    for filler in ("─", "❯ 1. ", "│ ● 1.", "› 1. ", "● API Error… ", "┃", "▄", " "):
        rows = [filler * 200] * MAX_ROWS
        for kind in shipped_kinds().values():
            read_screen(kind.screen, rows, filler * 50)


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ([], r"\[screen\]"),
        ({"rules": [{"name": "a", "state": "idle"}]}, "lacks a name"),
        ({"rules": [{"name": "a", "state": "asleep", "text": "x"}]}, "unknown state: asleep"),
        ({"rules": [{"name": "a", "state": "idle", "text": "("}]}, "a: "),
        ({"rules": [{"name": "a", "state": "idle", "text": "%b%"}]}, "unknown part: b"),
        ({"rules": [{"name": "a", "state": "idle", "txt": "x"}]}, "a screen rule"),
        ({"parts": {"a": 1}}, "parts"),
    ],
)
def test_a_rule_that_is_none_is_refused(table, words):
    with pytest.raises(ParseError, match=words):
        parse_screen_rules("mine", table)
