"""A page as it is drawn: nothing in it is a style, and every row has its width."""

from __future__ import annotations

import re

from aimux.model.page import Page, PageLine
from aimux.model.theme import Chrome
from aimux.server.covering import StripRows
from aimux.server.page_drawing import draw_page
from aimux.styles.sgr import TRUE_COLOUR

SGR = re.compile("\x1b\\[[0-9;]*m")


def rows(strips: StripRows) -> list[str]:
    texts = ["".join(strip.text for strip in strips[row]) for row in sorted(strips)]
    return [SGR.sub("", text) for text in texts]


def test_texts_are_drawn_as_they_are() -> None:
    page = Page("message #[bg=red]1", 40, 15, (("r", "answer"),), lambda _key: None)
    page.show((PageLine("me", "from"), PageLine(""), PageLine("#[bg=red]hi #{pid} ##")))
    assert rows(draw_page(page, Chrome(), TRUE_COLOUR)) == [
        "┌─ message #[bg=red]1 ─────────────────┐",
        "│ from     me                          │",
        "│                                      │",
        "│ #[bg=red]hi #{pid} ##                │",
        "│ r answer  q close                    │",
        "└──────────────────────────────────────┘",
    ]


def test_what_is_not_seen_is_counted() -> None:
    page = Page("t", 40, 9, (), lambda _key: None)
    page.show([PageLine(str(number)) for number in range(30)])
    assert " 1-5 of 30 " in rows(draw_page(page, Chrome(), TRUE_COLOUR))[0]
