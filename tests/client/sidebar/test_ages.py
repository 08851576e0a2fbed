"""How ages are written and when they change."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aimux.client.sidebar.ages import age_text, duration_text, next_change, seconds_to_change


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (-3, "0s"),
        (0.9, "0s"),
        (42.7, "42s"),
        (60, "1m"),
        (3599, "59m"),
        (7200, "2h"),
        (200_000, "2d"),
    ],
)
def test_an_age_is_whole_units_rounded_down(seconds: float, text: str) -> None:
    assert age_text(seconds) == text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "0ms"),
        (0.0123, "12ms"),
        (0.9996, "1.0s"),
        (3.42, "3.4s"),
        (59.96, "1m00s"),
        (125, "2m05s"),
        (3720, "1h02m"),
    ],
)
def test_a_duration_has_two_figures_or_so(seconds: float, text: str) -> None:
    assert duration_text(seconds) == text


@given(st.floats(-10, 1e6))
def test_the_text_stays_until_the_change_and_is_another_after(age: float) -> None:
    wait = seconds_to_change(age)
    assert wait > 0
    assert age_text(age + wait * 0.99) == age_text(age)
    assert age_text(age + wait + 0.001) != age_text(age)


def test_the_first_change_counts() -> None:
    assert next_change([100.0, 40.0], now=100.5) == 0.5
    assert next_change([], now=0) is None
