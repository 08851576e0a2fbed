"""Recorded bytes as the lines that a terminal shows."""

from aimux.semantic.rendering import logical_lines


def test_wraps_are_joined_and_redraws_applied() -> None:
    data = b"0%\r\x1b[K100%\r\n" + b"x" * 95 + b"\r\nlast"
    assert logical_lines(data, columns=40) == ["100%", "x" * 95, "last"]


def test_what_scrolled_away_is_there() -> None:
    data = b"".join(b"line %d\r\n" % n for n in range(1000))
    assert logical_lines(data, columns=80) == [f"line {n}" for n in range(1000)]


def test_wide_characters_stand_once() -> None:
    data = "日本 e\u0301 ✔\r\n".encode()
    assert logical_lines(data, columns=80) == ["日本 e\u0301 ✔"]


def test_nothing_printed_gives_no_lines() -> None:
    assert logical_lines(b"\r\n\r\n", columns=80) == []
