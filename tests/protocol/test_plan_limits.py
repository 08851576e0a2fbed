"""How a plan's limit and its reset are written."""

from time import localtime, mktime, strftime

import pytest

from aimux.protocol.plan_limits import compactions_text, limit_name, limit_text

NOW = mktime((2026, 11, 22, 12, 0, 0, 0, 0, -1))


@pytest.mark.parametrize(
    ("minutes", "name"),
    [(300, "5h"), (10_080, "week"), (1440, "1d"), (4320, "3d"), (7, "7min")],
)
def test_a_limit_is_called_by_the_time_that_it_covers(minutes: int, name: str) -> None:
    assert limit_name(minutes) == name


def test_a_limit_says_when_it_begins_anew() -> None:
    assert limit_text("5h", 61.7, NOW + 7200, NOW) == "5h 62% resets 14:00"
    later = NOW + 3 * 86_400
    assert (
        limit_text("week", 12, later, NOW)
        == f"week 12% resets {strftime('%a', localtime(later))} 12:00"
    )


def test_a_reset_that_is_not_said_or_over_is_left_out() -> None:
    assert limit_text("5h", 62, None, NOW) == limit_text("5h", 62, NOW - 1, NOW) == "5h 62%"


def test_compactions_are_counted() -> None:
    assert [compactions_text(count) for count in (0, 1, 3)] == [
        "",
        "compacted",
        "compacted 3 times",
    ]
