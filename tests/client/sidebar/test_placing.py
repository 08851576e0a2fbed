"""Where the sidebar is."""

from __future__ import annotations

from aimux.client.sidebar.placing import Place, Placing


def test_it_stands_beside_the_window_where_there_is_room() -> None:
    placing = Placing(width=36, minimum=120, shown=True)
    assert placing.place(120) == Place(beside=36)
    assert placing.place(119) == Place()


def test_on_a_narrow_terminal_it_is_laid_over_the_window() -> None:
    placing = Placing(width=36, minimum=120, shown=True)
    placing.toggle(80)
    assert placing.place(80) == Place(over=40)
    assert placing.place(60) == Place(over=40)
    assert placing.place(59) == Place(over=59, page=True)
    assert placing.place(120) == Place(beside=36)
    placing.toggle(80)
    assert placing.place(80) == Place()


def test_it_can_be_hidden_on_a_wide_terminal() -> None:
    placing = Placing(width=36, minimum=120, shown=True)
    placing.toggle(200)
    assert placing.place(200) == Place()


def test_it_can_stand_at_the_left() -> None:
    placing = Placing(width=36, minimum=120, shown=True, left=True)
    assert placing.place(120) == Place(beside=36, left=True)
    assert placing.place(120).window_column == 36
    placing.toggle(80)
    assert placing.place(80) == Place(over=40)


def test_one_that_is_hidden_is_shown_over_the_window_while_it_has_the_focus() -> None:
    placing = Placing(width=36, minimum=120, shown=False)
    for columns, place in (
        (200, Place(over=40)),
        (80, Place(over=40)),
        (40, Place(over=40, page=True)),
    ):
        placing.borrow(focused=True)
        assert placing.place(columns) == place
        placing.borrow(focused=False)
        assert placing.place(columns) == Place()


def test_one_that_is_shown_stays_where_it_is_when_it_gets_the_focus() -> None:
    placing = Placing(width=36, minimum=120, shown=True)
    placing.borrow(focused=True)
    assert placing.place(120) == Place(beside=36)


def test_hiding_one_that_is_shown_for_the_focus_alone_hides_it() -> None:
    placing = Placing(width=36, minimum=120, shown=False)
    placing.borrow(focused=True)
    placing.toggle(200)
    assert placing.place(200) == Place()


def test_options_change_where_it_is_but_not_whether_a_person_hid_it() -> None:
    placing = Placing(width=36, minimum=120, shown=True)
    placing.toggle(200)
    placing.configure(width=50, minimum=100, shown=True, left=True)
    assert placing.place(200) == Place()
    placing.configure(width=50, minimum=100, shown=False, left=True)
    placing.configure(width=50, minimum=100, shown=True, left=True)
    assert placing.place(100) == Place(beside=50, left=True)


def test_it_never_takes_the_whole_terminal() -> None:
    assert Placing(width=36, minimum=0, shown=True).place(36) == Place()
