"""Folding, scrolling and choosing in the sidebar: pure."""

from __future__ import annotations

from msgspec.structs import replace as with_fields

from aimux.client.sidebar.colours import ATTENTION, CHOSEN
from aimux.client.sidebar.outline import Outline
from aimux.client.sidebar.panel import View
from aimux.client.sidebar.panels import PANELS, panels_named
from aimux.client.sidebar.sidebar import NO_FACTS
from aimux.protocol.facts import AgentFact
from tests.client.little_server import FACTS, NOW

VIEW = View(FACTS, NOW, 35)
ORDER = ["1", "4", "2", "5"]  # the agents' panes, whoever needs a person first


def many(count: int) -> View:
    agents = tuple(
        AgentFact(
            number, "s", f"s:{number}.0", f"a{number}", "working", "", NOW - 1000 + number, ""
        )
        for number in range(count)
    )
    return View(with_fields(NO_FACTS, agents=agents), NOW, 35)


def plain(outline: Outline, view: View, height: int = 60) -> list[str]:
    return [line.text.plain.rstrip() for line in outline.lines(view, height)]


def chosen(outline: Outline, view: View = VIEW) -> str:
    entry = outline.chosen(view)
    return entry.key.removeprefix("%") if entry is not None else "heading"


def reversed_rows(outline: Outline, view: View = VIEW) -> list[str]:
    return [
        line.text.plain.strip()
        for line in outline.lines(view, 60)
        if any("reverse" in str(span.style) for span in line.text.spans)
    ]


def test_a_chosen_row_that_needs_a_person_keeps_one_colour_for_it() -> None:
    outline = Outline(PANELS)
    outline.focus(VIEW)
    row = next(line for line in outline.lines(VIEW, 60) if line.text.plain.startswith("▲"))
    assert [str(span.style) for span in row.text.spans if span.end == 35][-1] == ATTENTION
    outline.move(VIEW, 2)
    row = next(line for line in outline.lines(VIEW, 60) if line.text.plain.startswith("●"))
    assert {str(span.style) for span in row.text.spans} == {CHOSEN}


def test_a_folded_panel_keeps_its_heading_and_its_note() -> None:
    outline = Outline(panels_named(("agents",)))
    outline.fold_panel("agents", VIEW)
    assert plain(outline, VIEW) == ["AGENTS ▸                4 · 1 waits"]
    outline.fold_panel("agents", VIEW)
    assert len(plain(outline, VIEW)) > 1


def test_the_keys_move_over_all_entries_and_stop_at_the_ends() -> None:
    outline = Outline(PANELS)
    outline.focus(VIEW)
    seen = [chosen(outline)]
    for _ in range(3):
        outline.move(VIEW, 1)
        seen.append(chosen(outline))
    assert seen == ORDER
    outline.move(VIEW, 1)
    assert chosen(outline) == "9"
    outline.move(VIEW, -100)
    assert chosen(outline) == "1"
    outline.move(VIEW, 100)
    assert chosen(outline) == "pane"


def test_only_a_focused_outline_shows_what_is_chosen_and_all_rows_of_it() -> None:
    outline = Outline(PANELS)
    assert reversed_rows(outline) == []
    outline.focus(VIEW)
    assert [row.split(" ")[0] for row in reversed_rows(outline)] == ["▲", "run", "y"]
    outline.blur()
    assert reversed_rows(outline) == []


def test_folding_leaves_the_heading_chosen_and_unfolding_the_first_entry() -> None:
    outline = Outline(PANELS)
    outline.focus(VIEW)
    outline.fold(VIEW)
    assert chosen(outline) == "heading"
    assert reversed_rows(outline) == ["AGENTS ▸                4 · 1 waits"]
    outline.fold(VIEW)
    assert chosen(outline) == "1"


def test_what_is_chosen_stays_so_while_facts_change() -> None:
    outline = Outline(PANELS)
    outline.focus(VIEW)
    outline.move(VIEW, 2)
    assert chosen(outline) == "2"
    waiting = tuple(
        with_fields(agent, state="waiting") if agent.pane == 2 else agent for agent in FACTS.agents
    )
    later = View(with_fields(FACTS, agents=waiting), NOW, 35)
    assert chosen(outline, later) == "2"
    gone = View(with_fields(FACTS, agents=FACTS.agents[1:]), NOW, 35)
    assert chosen(outline, gone) == "1"


def test_a_panel_scrolls_to_what_is_chosen() -> None:
    outline, view = Outline(panels_named(("agents",))), many(50)
    outline.focus(view)
    outline.move(view, 30)
    rows = plain(outline, view, 11)
    assert rows[-1].startswith("● a30")
    assert len(rows) == 11
    outline.move(view, -30)
    assert plain(outline, view, 11)[1].startswith("● a0 ")


def test_the_wheel_scrolls_one_panel_and_no_row_stays_empty() -> None:
    outline, view = Outline(panels_named(("agents",))), many(50)
    outline.scroll("agents", 3)
    assert plain(outline, view, 11)[1].startswith("● a3")
    outline.scroll("agents", 100)
    assert plain(outline, view, 11)[-1].startswith("● a49")
    assert plain(outline, view, 11)[1].startswith("● a40")
    outline.scroll("agents", -100)
    assert plain(outline, view, 11)[1].startswith("● a0 ")


def test_choosing_a_row_by_mouse_is_where_the_keys_go_on() -> None:
    outline = Outline(PANELS)
    lines = outline.lines(VIEW, 60)
    outline.choose(next(line for line in lines if line.key == "%2"))
    outline.focus(VIEW)
    assert chosen(outline) == "2"


def test_an_empty_sidebar_can_be_focused() -> None:
    outline, view = Outline(PANELS), View(NO_FACTS, NOW, 35)
    outline.focus(view)
    outline.move(view, 2)
    assert chosen(outline, view) == "heading"
    assert reversed_rows(outline, view) == ["TRAFFIC  messages between agents"]


def test_a_panel_that_has_nothing_is_not_folded_away_before_it_has_something() -> None:
    outline = Outline(panels_named(("agents",)))
    empty = View(NO_FACTS, NOW, 35)
    outline.focus(empty)
    outline.fold(empty)
    outline.unfold(empty)
    assert len(plain(outline, VIEW)) > 1
    assert chosen(outline) == "1"
