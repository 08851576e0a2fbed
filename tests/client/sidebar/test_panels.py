"""What the sidebar says."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace as with_fields

from aimux.client.sidebar.agents import look_of
from aimux.client.sidebar.panel import View, ending, share, styled
from aimux.client.sidebar.panels import PANELS, seconds_to_next_change, sidebar_rows
from aimux.client.sidebar.sidebar import NO_FACTS
from aimux.protocol.facts import AgentFact
from tests.client.little_server import FACTS, NOW

STATES = ("starting", "working", "waiting", "done", "idle", "error", "limited", "exited", "unknown")
VIEW = View(FACTS, NOW, 35)


def plain(view: View, height: int) -> list[str]:
    return [row.plain.rstrip() for row in sidebar_rows(view, height)]


def test_the_whole_sidebar() -> None:
    assert plain(VIEW, 24) == [
        "AGENTS                  4 · 1 waits",
        "▲ claude  web:0.0         waits 42s",
        "  run `rm -rf [b]uild`?",
        "● codex   api:0.1        working 3m",
        "✓ gemini  docs:2.0          done 5s",
        "? aider   ops:0.0                2h",
        "",
        "COMMANDS                   2 failed",
        "● make -j8 all             runs 12s",
        "✗ pytest -q tests/engine   3.4s  1m",
        "  exit 1",
        "✓ git status               12ms  6m",
        "✗ ssh babbage uptime      2m05s  2h",
        "  exit 255",
        "· ls                        4ms  2h",
        "",
        "PANE                             %3",
        "1: zsh",
        "…analytical-engine/cards/operations",
    ]


def test_every_row_is_as_wide_as_the_sidebar_at_most() -> None:
    for width in (1, 5, 20, 35, 39):
        assert all(row.cell_len <= width for row in sidebar_rows(replace(VIEW, width=width), 30))


@pytest.mark.parametrize("height", range(20))
def test_what_does_not_fit_is_left_out(height: int) -> None:
    rows = plain(VIEW, height)
    assert len(rows) <= height
    if height >= 9:
        assert {"AGENTS", "COMMANDS", "PANE"} <= {row.split(" ")[0] for row in rows}


def test_states_differ_by_shape_and_only_some_by_colour() -> None:
    looks = [look_of(state) for state in STATES]
    assert len({look.mark for look in looks}) == len(STATES)
    assert {s for s in STATES if "yellow" in look_of(s).style} == {"waiting", "limited"}
    assert look_of("a state of the future") == look_of("unknown")


def test_nothing_that_was_written_elsewhere_is_markup() -> None:
    agent = AgentFact(1, "s", "s:0.0", "[red]x[/]", "waiting", "[@click=quit]y[/]", NOW, "")
    facts = with_fields(NO_FACTS, agents=(agent,), title="[bold]t[/bold]")
    text = "\n".join(plain(View(facts, NOW, 60), 20))
    assert "[red]x[/]" in text
    assert "[@click=quit]y[/]" in text
    assert "[bold]t[/bold]" in text


def test_controls_and_invisible_characters_are_left_out() -> None:
    assert styled("a\x1b[31mb\u202e\u200b\n\x9bc").plain == "a[31mbc"


def test_a_sidebar_without_facts_says_so_and_does_not_tick() -> None:
    assert "  none running" not in plain(View(NO_FACTS, NOW, 35), 20)
    assert "none running" in plain(View(NO_FACTS, NOW, 35), 20)
    assert seconds_to_next_change(NO_FACTS, NOW) is None


def test_the_next_tick_is_when_the_first_age_changes() -> None:
    assert seconds_to_next_change(FACTS, NOW + 0.25) == 0.75
    assert seconds_to_next_change(with_fields(FACTS, agents=(), commands=()), NOW) is None


def test_a_path_keeps_its_end() -> None:
    assert ending("/a/日本/src", 8) == "…本/src"
    assert ending("/short", 8) == "/short"


@given(st.lists(st.integers(0, 30), max_size=5), st.integers(0, 40))
def test_heights_are_shared_out_within_what_there_is(wanted: list[int], available: int) -> None:
    heights = share(wanted, available)
    assert sum(heights) == min(available, sum(wanted))
    assert all(0 <= height <= want for height, want in zip(heights, wanted, strict=True))


def test_every_panel_has_a_title_of_its_own() -> None:
    assert len({panel.title for panel in PANELS}) == len(PANELS)
