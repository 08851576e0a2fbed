"""Rows for tests: any that a screen can hold, and what they say, whatever their ids are."""

from hypothesis import strategies

from aimux.vt.attributes import TABLE, Attributes, Link
from aimux.vt.row import SPACER, Row

_colours = strategies.sampled_from([-1, 0, 7, 15, 200, 0x1000000, 0x1FFFFFF])
_links = strategies.sampled_from([("", "https://a/"), ("k", "https://b/?;"), ("k", "")])
_cells = strategies.sampled_from(["a", "Z", " ", "é", "好" + SPACER, "🚀" + SPACER, "─"])


@strategies.composite
def looks(draw: strategies.DrawFn) -> int:
    """The id of any attributes."""
    link = draw(strategies.none() | _links)
    return TABLE.intern(
        Attributes(
            draw(strategies.integers(0, 0x7FFF)),
            draw(_colours),
            draw(_colours),
            draw(_colours),
            0 if link is None else TABLE.links.intern(Link(*link)),
        )
    )


@strategies.composite
def any_rows(draw: strategies.DrawFn, columns: int = 20) -> Row:
    """Any row of at most `columns` cells."""
    text = "".join(draw(strategies.lists(_cells, max_size=columns // 2)))
    row = Row(draw(strategies.integers(0, 9)), text)
    if text and draw(strategies.booleans()):
        known = draw(strategies.lists(looks() | strategies.just(0), min_size=1, max_size=4))
        chosen = strategies.lists(strategies.sampled_from(known))
        row.looks = "".join(map(chr, draw(chosen) + [known[0]] * len(text)))[: len(text)]
    if SPACER in text or draw(strategies.booleans()):
        row.clusters = {}
    if row.clusters is not None and text and draw(strategies.booleans()):
        place = draw(strategies.integers(0, len(text) - 1))
        if text[place] != SPACER:
            row.clusters[place] = text[place] + "\u0301"
    row.wrapped = draw(strategies.booleans())
    row.mark = draw(strategies.sampled_from(["", "", "A", "D"]))
    row.extent = draw(strategies.sampled_from([0, 0, columns]))
    return row


def meaning(row: Row) -> tuple[object, ...]:
    """All that a row says, its version apart; equal for rows that look and act the same."""
    attributes = None
    if row.looks is not None:
        attributes = [_look(ord(look)) for look in row.looks]
    return (row.text, attributes, row.clusters, row.wrapped, row.mark, row.extent)


def _look(identity: int) -> tuple[object, ...]:
    look = TABLE[identity]
    return (*look[:4], TABLE.links[look.link] if look.link else None)
