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
    assert placing.place(30) == Place(over=30)
    assert placing.place(120) == Place(beside=36)
    placing.toggle(80)
    assert placing.place(80) == Place()


def test_it_can_be_hidden_on_a_wide_terminal() -> None:
    placing = Placing(width=36, minimum=120, shown=True)
    placing.toggle(200)
    assert placing.place(200) == Place()


def test_it_never_takes_the_whole_terminal() -> None:
    assert Placing(width=36, minimum=0, shown=True).place(36) == Place()
