"""Parts of rows."""

from aimux.vt.row import SPACER, Row


def slice_of(row: Row, start: int, stop: int) -> Row:
    """The cells `start <= x < stop` as a row; half of a wide cell that is cut becomes a blank.

    It holds attribute ids that nobody keeps through a sweep of their table: use it at once.
    """
    text = row.text[start:stop]
    if text.startswith(SPACER):
        text = " " + text[1:]
    cut = bool(text) and row.text[stop : stop + 1] == SPACER
    if cut:
        text = text[:-1] + " "
    part = Row(row.version, text)
    if row.looks is not None:
        part.looks = row.looks[start:stop]
    if row.clusters is not None:
        last = stop - cut
        part.clusters = {x - start: c for x, c in row.clusters.items() if start <= x < last}
    return part
