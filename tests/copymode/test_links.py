"""Links in a grid: where they are, where they lead, and which are left out."""

from __future__ import annotations

import pytest

from aimux.copymode.grid import Grid
from aimux.copymode.links import last_link, link_at, may_be_opened
from aimux.copymode.selection import Place
from aimux.vt.engine import Engine


def grid(text: str, *, columns: int = 40) -> Grid:
    engine = Engine(columns, 6, history_limit=100)
    engine.feed(text.replace("\n", "\r\n").encode())
    return Grid.of_screen(engine)


def made(target: str, text: str) -> str:
    return f"\x1b]8;;{target}\x1b\\{text}\x1b]8;;\x1b\\"


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("see https://a.org/b?c=d#e.", "https://a.org/b?c=d#e"),
        ("(http://a.org/x)", "http://a.org/x"),
        ("http://a.org/x_(y)", "http://a.org/x_(y)"),
        ('"mailto:ada@a.org", she said', "mailto:ada@a.org"),
        ("<file:///etc/hosts>", "file:///etc/hosts"),
        ("日本 https://a.org/ 日本", "https://a.org/"),
    ],
)
def test_a_url_ends_where_the_sentence_goes_on(text: str, target: str) -> None:
    assert last_link(grid(text), range(6)) == target


def test_a_link_is_where_its_cells_are() -> None:
    rows = grid("a https://a.org/ b")
    assert link_at(rows, Place(1, 0)) is None
    assert link_at(rows, Place(2, 0)) == link_at(rows, Place(15, 0)) == "https://a.org/"
    assert link_at(rows, Place(16, 0)) is None


def test_a_url_goes_on_where_the_line_is_wrapped() -> None:
    rows = grid("https://a.org/" + "x" * 60)
    target = "https://a.org/" + "x" * 60
    assert link_at(rows, Place(3, 0)) == link_at(rows, Place(3, 1)) == target
    assert last_link(rows, range(1, 2)) == target


def test_a_program_says_where_its_text_leads() -> None:
    rows = grid(f"{made('https://a.org/real', 'https://b.org')} {made('http://c.org', 'docs')}")
    assert link_at(rows, Place(0, 0)) == "https://a.org/real"
    assert link_at(rows, Place(14, 0)) == "http://c.org"


def test_the_last_of_several_is_taken() -> None:
    rows = grid("http://a.org http://b.org\nnothing\nhttp://c.org")
    assert last_link(rows, range(3)) == "http://c.org"
    assert last_link(rows, range(2)) == "http://b.org"
    assert last_link(rows, range(1, 2)) is None


@pytest.mark.parametrize(
    "target",
    [
        *("javascript:alert(1)", "ssh://a.org", "data:text/html,x", "https:", "", "--help"),
        *(
            "https://a.org/\x1b[31m",
            "https://a.org/ b",
            "https://ä.org/",
            "https://a.org/" + "x" * 4096,
        ),
    ],
)
def test_others_are_no_links(target: str) -> None:
    assert not may_be_opened(target)
    assert last_link(grid(made(target, "docs")), range(6)) is None
