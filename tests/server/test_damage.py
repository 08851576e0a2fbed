"""What became of a client's rows: stayed, moved, or new."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from aimux.server.damage import Damage, damage


def applied(before: str, now: str, found: Damage) -> str:
    """What a client shows that had `before` and is sent what was found."""
    rows = [*before[: len(now)].ljust(len(now), "?")]
    for source, target, count in found.moves:
        rows[target : target + count] = before[source : source + count]
    for row in found.changed:
        rows[row] = now[row]
    return "".join(rows)


def test_equal_rows_need_nothing() -> None:
    assert damage("abc", "abc") == Damage()


def test_after_a_scroll_the_rest_is_one_move_and_the_new_row_is_sent() -> None:
    assert damage("abcdef", "bcdefg") == Damage(((1, 0, 5),), (5,))


def test_a_scroll_of_several_rows_is_one_move_too() -> None:
    assert damage("abcdef", "defghi") == Damage(((3, 0, 3),), (3, 4, 5))


def test_what_stands_outside_of_a_scroll_region_is_not_touched() -> None:
    assert damage("TabcdB", "TbcdeB") == Damage(((2, 1, 3),), (4,))


def test_an_inserted_line_moves_the_rest_down() -> None:
    assert damage("abcd", "axbc") == Damage(((1, 2, 2),), (1,))


def test_rows_that_change_places_are_two_moves() -> None:
    assert damage("abcd", "cdab") == Damage(((2, 0, 2), (0, 2, 2)), ())


def test_of_equal_rows_the_one_that_lengthens_a_run_is_taken() -> None:
    assert damage("a-b-c-d-", "-b-c-d-e") == Damage(((1, 0, 7),), (7,))


def test_more_rows_than_before_are_new() -> None:
    assert damage("ab", "abc") == Damage((), (2,))
    assert damage("", "ab") == Damage((), (0, 1))


@given(st.text("abcde-", max_size=12), st.text("abcdefg-", max_size=12))
def test_a_client_that_does_what_it_is_told_shows_the_rows_of_now(before: str, now: str) -> None:
    found = damage(before, now)
    assert applied(before, now, found) == now
    assert all(now[row] not in before for row in found.changed)
