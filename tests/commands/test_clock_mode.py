"""The clock's text and its digits."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from aimux.commands.clock_mode import DIGITS, clock_text


@pytest.fixture
def utc(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "UTC")
        time.tzset()
        yield
    time.tzset()


@pytest.mark.usefixtures("utc")
@pytest.mark.parametrize(
    ("now", "twelve", "text"),
    [
        (0, False, "00:00"),
        (0, True, "12:00 AM"),
        (13 * 3600 + 300, False, "13:05"),
        (13 * 3600 + 300, True, " 1:05 PM"),
        (12 * 3600, True, "12:00 PM"),
    ],
)
def test_the_time_is_written_in_24_or_12_hours(now: float, twelve: bool, text: str) -> None:
    assert clock_text(now, twelve=twelve) == text


def test_every_digit_has_five_rows_of_five_cells() -> None:
    assert all([len(row) for row in rows] == [5] * 5 for rows in DIGITS.values())
