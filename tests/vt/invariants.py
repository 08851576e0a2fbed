"""What holds of a screen whatever it was fed, and its whole state for comparing two."""

from aimux.vt.engine import Engine
from aimux.vt.render import render_row
from aimux.vt.row import DEFAULT_LOOK, SPACER


def state(screen: Engine) -> list[object]:
    """All that a program can change; equal for two screens that were fed the same."""
    rows = [
        (row.text, row.wrapped, row.used, row.clusters or None, row.mark, row.looks or "")
        for row in [*screen.history, *screen.rows]
    ]
    return [
        *((*row[:-1], row[-1] if row[-1].strip(DEFAULT_LOOK) else "") for row in rows),
        (screen.x, screen.y, screen.top, screen.bottom, screen.attribute),
        (screen.history.pushed, screen.title, screen.alternate, screen.left, screen.right),
        screen.modes,
    ]


def check_grid(screen: Engine) -> None:
    """Fail if the rows, the cursor or the scroll region are not sound."""
    assert len(screen.rows) == screen.lines
    assert 0 <= screen.x <= screen.columns
    assert 0 <= screen.y < screen.lines
    assert 0 <= screen.top <= screen.bottom < screen.lines
    assert 0 <= screen.left < screen.right <= screen.columns
    assert screen.margined == (screen.left > 0 or screen.right < screen.columns)
    assert len(screen.history) <= screen.history_limit
    for row in screen.rows:
        assert len(row.text) <= screen.columns
        assert not row.text.startswith(SPACER)
        assert row.looks is None or len(row.looks) == len(row.text)
        assert row.clusters is not None or SPACER not in row.text
        assert all(len(cluster) <= 9 for cluster in (row.clusters or {}).values())
        shown = render_row(row, screen.columns)
        assert all(character >= " " or character == "\x1b" for character in shown)
