import gc

from aimux.vt.attributes import TABLE, Attributes
from aimux.vt.engine import Engine
from aimux.vt.roots import Roots


def held() -> set[int]:
    return {identity for holder in TABLE._holders for identity in holder.attribute_ids()}


def test_cells_pens_and_saved_cursors_keep_their_ids_through_a_sweep() -> None:
    engine = Engine(10, 2)
    engine.feed(b"\x1b[38;2;1;2;3mcell\x1b[38;2;4;5;6m\x1b7\x1b[38;2;7;8;9m")
    assert engine.saved_cursor is not None
    cells = engine.rows[0].looks
    assert cells is not None
    kept = [ord(cells[0]), engine.saved_cursor.attribute, engine.attribute]
    looks = [TABLE[identity] for identity in kept]
    TABLE.sweep()
    assert [TABLE[identity] for identity in kept] == looks


def test_the_main_screen_keeps_its_ids_while_the_alternate_one_is_shown() -> None:
    engine = Engine(10, 2)
    engine.feed(b"\x1b[38;2;11;12;13mmain\x1b[m\x1b[?1049h")
    cells = engine.main_rows[0].looks
    assert cells is not None
    look = TABLE[ord(cells[0])]
    TABLE.sweep()
    assert TABLE[ord(cells[0])] == look != Attributes()


def test_a_terminal_that_is_gone_keeps_nothing_and_is_gone_at_once() -> None:
    engine = Engine(10, 2)
    engine.feed(b"\x1b[38;2;21;22;23mx")
    identity = engine.attribute
    assert identity in held()
    gc.disable()
    try:
        del engine
        assert identity not in held()
    finally:
        gc.enable()


def test_roots_of_nothing_hold_nothing() -> None:
    assert list(Roots().attribute_ids()) == []
