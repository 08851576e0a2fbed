"""Widths of characters that a person has set (`codepoint-widths`)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from aimux.styles.width import text_width
from aimux.styles.width_overrides import set_overrides
from aimux.vt.engine import Engine
from aimux.vt.render import row_text


@pytest.fixture(autouse=True)
def _widths_of_before() -> Iterator[None]:
    yield
    set_overrides(())


def place(text: str) -> int:
    """The column behind a text that a program writes."""
    screen = Engine(40, 3, history_limit=0)
    screen.feed(text.encode())
    assert row_text(screen.rows[0]).rstrip() == text
    return screen.x


@pytest.mark.parametrize(
    ("items", "text", "before", "after"),
    [
        (["U+E0B0=2"], "a\ue0b0b", 3, 4),
        (["U+E000-U+F8FF=2"], "\uf001\ue0a0", 2, 4),
        (["日=1"], "日本", 4, 3),
        (["U+1F600=1"], "\U0001f600x", 3, 2),
        (["U+2500-U+257F=2", "─=1"], "─│", 2, 3),
        (["U+0301=1"], "e\u0301x", 2, 3),
        (["x=2", "U+41=2", "U+E0B0", "U+E0B0=3", "U+F000-U+E000=2", "nothing"], "xA\ue0b0", 3, 3),
    ],
)
def test_characters_take_the_cells_that_are_set(
    items: list[str], text: str, before: int, after: int
) -> None:
    assert (place(text), text_width(text)) == (before, before)
    set_overrides(items)
    assert (place(text), text_width(text)) == (after, after)
    set_overrides(())
    assert (place(text), text_width(text)) == (before, before)
