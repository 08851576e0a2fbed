"""What the panels say of the facts: pure, row by row."""

from __future__ import annotations

from dataclasses import replace
from time import mktime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace as with_fields

from aimux.client.sidebar.marks import ASCII, SHAPES, look_of
from aimux.client.sidebar.outline import Outline
from aimux.client.sidebar.panel import Panel, View, ending, share, styled
from aimux.client.sidebar.panels import BY_NAME, PANELS, panels_named, seconds_to_next_change
from aimux.client.sidebar.sidebar import NO_FACTS
from aimux.client.sidebar.tokens import token_text
from aimux.commands.exchange_pages import ROW_COMMANDS
from aimux.protocol.client_messages import OutputOpened, PaneOpened, PromptAnswered, RowAsked
from aimux.protocol.facts import AgentFact, CommandFact, ContextFact, LimitFact, ProblemFact
from tests.client.little_server import FACTS, NOW

STATES = ("starting", "working", "waiting", "done", "idle", "error", "limited", "exited", "unknown")
VIEW = View(FACTS, NOW, 35)


def plain(view: View, height: int, panels: tuple[Panel, ...] = PANELS) -> list[str]:
    return [line.text.plain.rstrip() for line in Outline(panels).lines(view, height)]


def of_panel(name: str, view: View = VIEW) -> list[str]:
    return plain(view, 40, panels_named((name,)))


def test_agents_that_need_a_person_come_first_with_what_they_ask() -> None:
    assert of_panel("agents") == [
        "AGENTS                  4 · 1 waits",
        "▲ claude  pages web:0.0   waits 42s",
        "  run `rm -rf [b]uild`?",
        "  y allow n deny",
        "✓ gemini  docs:2.0          done 5s",
        "● codex   server api:0.1 working 3m",
        "  ctx ▓▓▓▓░░░ 61%  122k/200k  $1.84",
        "? aider   ops:0.0                2h",
    ]


def test_results_have_failures_first_and_problems_beneath() -> None:
    assert of_panel("results") == [
        "RESULTS                 2 failed %3",
        "● make -j8 all             runs 12s",
        "✗ pytest  1 failed 10 passed     1m",
        "  test_cards.py:41 test_[b]loops",
        "✗ ssh babbage uptime      2m05s  2h",
        "  exit 255",
        "✓ git status               12ms 39s",
        "· ls                        4ms  2h",
    ]


def test_a_headline_without_room_goes_on_in_the_next_row() -> None:
    said = "1 failed, 10 passed: test_api.py::test_login"
    ran = CommandFact("pytest -q", NOW - 5, 0.4, 1, 1, "pytest", "fail", said)
    facts = with_fields(FACTS, commands=(ran,))
    assert of_panel("results", View(facts, NOW, 35))[1:] == [
        "✗ pytest  1 failed, 10 passed    4s",
        "  test_api.py::test_login",
    ]
    assert [row.split() for row in of_panel("results", View(facts, NOW, 80))[1:]] == [
        ["✗", "pytest", *said.split(), "400ms", "4s"]
    ]


def test_traffic_says_from_whom_to_whom_and_what_became_of_it() -> None:
    assert of_panel("traffic") == [
        "TRAFFIC",
        "docs → me  request     delivered 5s",
        "  which [i]licence?",
        "api → docs  task            read 2m",
        "  update README",
    ]


def test_context_has_the_fullest_first_and_marks_what_is_assumed() -> None:
    assert of_panel("context") == [
        "CONTEXT                       $1.84",
        "claude pages   ▓▓▓▓░ ~95%   950k/1M",
        "codex server   ▓▓▓░░  61% 122k/200k",
        "       +4k a turn, room for 19 more",
    ]


def test_tasks_are_a_board() -> None:
    assert of_panel("tasks") == [
        "TASKS            2 to do · 1 failed",
        "failed                            1",
        "✗ #4 order brass          gemini 1m",
        "running                           1",
        "● #2! test loops           codex 3m",
        "  ▓▓▓▓░░░░░░ 40%",
        "waiting                           1",
        "⏸ #3 publish               after #2",
        "done                              1",
        "✓ #1 write the cards     claude 15m",
    ]


def test_rows_of_messages_and_tasks_say_what_can_be_done_to_them() -> None:
    mine, other = BY_NAME["traffic"].entries(VIEW)
    assert mine.opens == RowAsked("message", 1, "Enter")
    assert mine.answers == {key: RowAsked("message", 1, key) for key in "rRd"}
    assert other.answers["p"] == PaneOpened(4)
    failed = next(entry for entry in BY_NAME["tasks"].entries(VIEW) if entry.key == "4")
    assert failed.opens == RowAsked("task", 4, "Enter")
    assert failed.answers["r"] == RowAsked("task", 4, "r")
    assert failed.answers["p"] == PaneOpened(4)
    assert {key for key, _ in BY_NAME["tasks"].keys} == set(failed.answers)


def test_every_key_on_a_row_is_a_command() -> None:
    elsewhere = tuple(with_fields(one, host="beta") for one in FACTS.agents)
    view = replace(VIEW, facts=with_fields(FACTS, agents=elsewhere))
    names = ("agents", "traffic", "tasks")
    entries = [entry for name in names for entry in BY_NAME[name].entries(view)]
    asked = [one for entry in entries for one in (entry.opens, *entry.answers.values())]
    rows = {(one.kind, one.key) for one in asked if isinstance(one, RowAsked)}
    assert rows == set(ROW_COMMANDS)


def test_traffic_can_be_about_one_agent_alone() -> None:
    panel = BY_NAME["traffic"]
    assert panel.about is not None
    assert panel.about(VIEW.facts) == ["api", "docs", "me"]
    only = replace(VIEW, only={"traffic": "api"})
    assert [entry.key for entry in panel.entries(only)] == ["2"]
    assert panel.note(only).plain == "api"
    gone = replace(VIEW, only={"traffic": "who left"})
    assert len(panel.entries(gone)) == 2


def test_the_pane_that_has_the_focus() -> None:
    assert of_panel("pane") == [
        "PANE                             %3",
        "1: zsh",
        "…analytical-engine/cards/operations",
    ]


def test_panels_without_content_are_folded_and_say_what_they_are_for() -> None:
    assert plain(View(NO_FACTS, NOW, 35), 20) == [
        "AGENTS  who works, who needs you",
        "RESULTS  commands, tests, builds",
        "TRAFFIC  messages between agents",
        "CONTEXT  tokens used, by agent",
        "TASKS  who does what",
        "PANE  what has the focus",
    ]
    assert seconds_to_next_change(PANELS, NO_FACTS, NOW) is None


def test_without_utf8_every_cell_is_ascii_and_states_still_differ() -> None:
    rows = plain(replace(VIEW, marks=ASCII), 60)
    assert all(row.isascii() for row in rows)
    assert rows[1].startswith("! claude")
    assert "".join(map(ASCII.of, STATES)) == "~*!+.x=-?"


def test_every_row_is_as_wide_as_the_sidebar_at_most() -> None:
    for width in (1, 5, 20, 35, 39, 60):
        lines = Outline(PANELS).lines(replace(VIEW, width=width), 60)
        assert all(line.text.cell_len <= width for line in lines)


@pytest.mark.parametrize("height", range(30))
def test_what_does_not_fit_is_left_out(height: int) -> None:
    rows = plain(VIEW, height)
    assert len(rows) <= height
    if height >= 18:
        titles = {row.split(" ")[0] for row in rows}
        assert {"AGENTS", "RESULTS", "TRAFFIC", "CONTEXT", "TASKS", "PANE"} <= titles


def test_states_differ_by_shape_and_only_some_by_colour() -> None:
    assert len({look_of(state).mark for state in STATES}) == len(STATES)
    assert len({look_of(state).ascii for state in STATES}) == len(STATES)
    assert {s for s in STATES if "yellow" in look_of(s).style} == {"waiting", "limited"}
    assert look_of("a state of the future") == look_of("unknown")


def waiting(request: str) -> AgentFact:
    answers = (("y", "allow"), ("n", "deny"))
    return AgentFact(
        *(1, "s", "s:0.0", "claude", "waiting", "", NOW, ""),
        request=request,
        request_id=3,
        answers=answers,
    )


def test_keys_are_offered_only_beside_all_of_the_request() -> None:
    for request, offered in (("rm x", True), ("x" * 120, True), ("x" * 133, False)):
        view = View(with_fields(NO_FACTS, agents=(waiting(request),)), NOW, 35)
        entry = panels_named(("agents",))[0].entries(view)[0]
        shown = "".join(row.plain.strip() for row in entry.rows[1:])
        assert (request in shown) == offered
        expected = {"y": PromptAnswered(1, 3, "y"), "n": PromptAnswered(1, 3, "n")}
        assert entry.answers == (expected if offered else {})
        assert ("allow" in shown) == offered


def test_a_request_and_its_keys_share_a_row_where_there_is_room() -> None:
    facts = with_fields(NO_FACTS, agents=(waiting("rm x"),))
    assert of_panel("agents", View(facts, NOW, 35))[2] == "  rm x               y allow n deny"


def test_a_limited_agent_says_until_when_and_a_stale_fact_is_dim() -> None:
    agent = AgentFact(
        *(1, "s", "s:0.0", "claude", "limited", "", NOW - 60, ""),
        limit_reset=NOW + 600,
        stale_from=NOW - 1,
    )
    view = View(with_fields(NO_FACTS, agents=(agent,)), NOW, 35)
    assert "until" in of_panel("agents", view)[2]
    entry = panels_named(("agents",))[0].entries(view)[0]
    assert all(any(span.style == "dim" for span in row.spans) for row in entry.rows)


def test_an_agent_of_another_host_stands_with_its_host_and_is_not_taken_for_a_pane_of_this() -> (
    None
):
    agent = AgentFact(
        *(3, "s", "s:0.0", "bob", "waiting", "", NOW - 60, ""),
        request="rm x",
        context=ContextFact(1000, 200_000, 1),
        host="beta",
    )
    facts = with_fields(NO_FACTS, agents=(agent,))
    view = View(facts, NOW, 35)
    assert of_panel("agents", view)[1:3] == ["▲ bob@beta s:0.0           waits 1m", "  rm x"]
    assert of_panel("context", view)[1].startswith("bob@beta")
    opened = RowAsked("agent", 3, "Enter", "beta")
    for name in ("agents", "context"):
        (entry,) = panels_named((name,))[0].entries(view)
        assert entry.opens == opened
        assert PaneOpened(3) not in entry.answers.values()
    (entry,) = panels_named(("agents",))[0].entries(view)
    assert entry.answers == {"m": RowAsked("agent", 3, "m", "beta")}


def test_a_command_that_succeeded_since_is_no_failure_any_more() -> None:
    commands = (CommandFact("make", NOW - 5, 1.0, 0), CommandFact("make", NOW - 50, 1.0, 2))
    view = View(with_fields(NO_FACTS, pane="%1", commands=commands), NOW, 35)
    assert of_panel("results", view) == [
        "RESULTS                          %1",
        "✓ make                     1.0s  4s",
    ]


def test_what_a_person_interrupted_has_not_failed() -> None:
    view = View(with_fields(NO_FACTS, commands=(CommandFact("top", NOW, 1.0, 130),)), NOW, 35)
    assert "failed" not in of_panel("results", view)[0]
    assert of_panel("results", view)[1].startswith("· top")


def test_a_text_never_turns_a_failure_into_a_success() -> None:
    command = CommandFact("t", NOW, 1.0, 1, tool="t", status="ok", headline="10 passed")
    view = View(with_fields(NO_FACTS, commands=(command,)), NOW, 35)
    assert of_panel("results", view)[1].startswith("✗ t")


def test_rows_open_their_pane_or_their_line_of_output() -> None:
    results = panels_named(("results",))[0].entries(VIEW)
    opened = {entry.key: entry.opens for entry in results}
    assert opened["7"] == OutputOpened(3, 7, -1)
    assert opened["7.0"] == OutputOpened(3, 7, 12)
    agents = panels_named(("agents",))[0].entries(VIEW)
    assert agents[0].opens == PaneOpened(1)


def test_nothing_that_was_written_elsewhere_is_markup() -> None:
    agent = AgentFact(1, "s", "s:0.0", "[red]x[/]", "waiting", "[@click=quit]y[/]", NOW, "")
    problem = ProblemFact("[b]p", 1, None, "error", "[u]m[/u]", 0)
    command = CommandFact("c", NOW, 1.0, 1, problems=(problem,))
    facts = with_fields(NO_FACTS, agents=(agent,), commands=(command,), title="[bold]t[/bold]")
    text = "\n".join(plain(View(facts, NOW, 60), 30))
    for written in ("[red]x[/]", "[@click=quit]y[/]", "[bold]t[/bold]", "[b]p:1 [u]m[/u]"):
        assert written in text


def test_controls_and_invisible_characters_are_left_out() -> None:
    assert styled("a\x1b[31mb\u202e\u200b\n\x9bc").plain == "a[31mbc"


def test_the_next_tick_is_when_the_first_age_changes() -> None:
    assert seconds_to_next_change(PANELS, FACTS, NOW + 0.25) == 0.75
    still = with_fields(FACTS, agents=(), commands=(), messages=(), tasks=())
    assert seconds_to_next_change(PANELS, still, NOW) is None


def test_panels_are_chosen_by_name_and_there_is_always_one() -> None:
    names = [panel.name for panel in panels_named(("tasks", "agents", "nonsense", "tasks"))]
    assert names == ["tasks", "agents"]
    assert [panel.name for panel in panels_named(())] == ["agents"]


@pytest.mark.parametrize(
    ("tokens", "text"),
    [
        (0, "0"),
        (950, "950"),
        (1_200, "1.2k"),
        (122_000, "122k"),
        (999_499, "999k"),
        (1_000_000, "1M"),
        (1_500_000, "1.5M"),
    ],
)
def test_tokens_are_written_short(tokens: int, text: str) -> None:
    assert token_text(tokens) == text


@given(st.integers(0, 100), st.integers(1, 20))
def test_a_bar_is_empty_only_at_nothing_and_full_only_at_all(percent: int, cells: int) -> None:
    bar = SHAPES.bar(percent, cells)
    assert len(bar) == cells
    assert (bar == SHAPES.free * cells) == (percent == 0)
    assert cells == 1 or (bar == SHAPES.full * cells) == (percent == 100)


def test_a_path_keeps_its_end() -> None:
    assert ending("/a/日本/src", 8) == "…本/src"
    assert ending("/short", 8) == "/short"


def test_who_waits_is_seen_however_little_room_there_is() -> None:
    for height in range(2, 60):
        rows = plain(VIEW, height)
        assert rows[1].startswith("▲ claude"), height
        if height >= 12:
            assert "y allow" in rows[3]


@given(st.lists(st.integers(0, 30), max_size=5), st.integers(0, 40))
def test_heights_are_shared_out_within_what_there_is(wanted: list[int], available: int) -> None:
    least = [min(3, want) for want in wanted]
    heights = share(wanted, least, available)
    assert sum(heights) == min(available, sum(wanted))
    assert all(0 <= height <= want for height, want in zip(heights, wanted, strict=True))


def test_every_panel_has_a_name_and_a_title_of_its_own() -> None:
    assert len({panel.name for panel in PANELS}) == len(PANELS)
    assert len({panel.title for panel in PANELS}) == len(PANELS)


def planned(percent: float) -> View:
    """An agent whose plan is used so much; its context was shortened twice."""
    reset = mktime((2026, 11, 22, 14, 0, 0, 0, 0, -1))
    limits = (LimitFact("5h", percent, reset), LimitFact("week", 12))
    context = ContextFact(122_000, 200_000, 61, growth=4000, compactions=2, limits=limits)
    agent = AgentFact(
        *(1, "s", "s:0.0", "claude", "working", "", reset - 60, ""), window="api", context=context
    )
    return View(with_fields(NO_FACTS, agents=(agent,)), reset - 3600, 35)


def test_context_has_compactions_and_what_the_plan_still_allows() -> None:
    assert of_panel("context", planned(62))[1:] == [
        "claude api     ▓▓▓░░  61% 122k/200k",
        "       +4k a turn, room for 19 more",
        "     5h 62% resets 14:00 · week 12%",
        "                  compacted 2 times",
    ]


def test_an_agent_shows_a_limit_that_comes_near_in_one_row() -> None:
    assert of_panel("agents", planned(49))[3:] == ["  compacted 2 times"]
    assert of_panel("agents", planned(62))[3:] == ["  5h 62% resets 14:00"]
