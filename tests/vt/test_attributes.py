from aimux.vt.attributes import Attributes, AttributeTable, Link, LinkTable
from aimux.vt.colours import RGB


class Holder:
    def __init__(self, *identities: int) -> None:
        self.identities = identities

    def attribute_ids(self) -> tuple[int, ...]:
        return self.identities


def test_equal_attributes_have_one_id() -> None:
    table = AttributeTable()
    assert table.intern(Attributes(1)) == table.intern(Attributes(1))
    assert table.intern(Attributes()) == 0


def test_an_erased_cell_keeps_the_background_alone() -> None:
    table = AttributeTable()
    erased = table.erased(table.intern(Attributes(1, 2, 3, 4, 5)))
    assert table[erased] == Attributes(background=3)


def test_a_sweep_frees_what_nobody_holds() -> None:
    table = AttributeTable(limit=4, hard_limit=8)
    kept, freed = table.intern(Attributes(1)), table.intern(Attributes(2))
    holder = Holder(kept)
    table.register(holder)
    cache = {kept: "kept"}
    table.empty_with(cache)
    table.sweep()
    assert table[kept] == Attributes(1)
    assert len(table) == 2
    assert cache == {}
    assert table.intern(Attributes(3)) == freed
    assert table.generation == 1


def test_a_full_table_falls_back_and_never_grows() -> None:
    table = AttributeTable(limit=4, hard_limit=8)
    holder = Holder(*range(8))
    table.register(holder)
    red = table.intern(Attributes(foreground=196))
    for number in range(100):
        table.intern(Attributes(foreground=number))
        table.sweep_if_crowded()
    assert len(table) == 8
    assert table.intern(Attributes(foreground=RGB | 0xFF0000)) == red
    assert table.intern(Attributes(99)) == 0


def test_links_are_interned_and_bounded() -> None:
    links = LinkTable(limit=2)
    first = links.intern(Link("", "http://a"))
    assert links.intern(Link("", "http://a")) == first
    assert links.intern(Link("1", "http://a")) != first
    assert links.intern(Link("", "http://b")) == 0
    links.keep({first})
    assert links[first].uri == "http://a"
    assert len(links) == 1
