"""What one terminal keeps of the attribute table, so that the table can sweep the rest."""

from collections.abc import Iterable, Iterator

from aimux.vt.history import History
from aimux.vt.row import Row


class Roots:
    """The rows and pens of a terminal, apart from it: this can be referred to weakly when compiled.

    The rows are the terminal's own, so only another list of them has to be told.

    Attributes:
        rows: The collections of rows that hold attribute ids.
        history: The rows above the screen; those that are packed hold none.
        pens: The ids that are drawn with, now or after a cursor is restored.
    """

    def __init__(self) -> None:
        self.rows: tuple[Iterable[Row], ...] = ()
        self.history: History | None = None
        self.pens: tuple[int, ...] = ()

    def attribute_ids(self) -> Iterator[int]:
        """Every attribute id in use, for a sweep of the table."""
        yield from self.pens
        if self.history is not None:
            yield from self.history.attribute_ids()
        for rows in self.rows:
            for row in rows:
                if row.looks is not None:
                    yield from map(ord, set(row.looks))
