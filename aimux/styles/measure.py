"""Width and trimming of text with `#[...]` in it, as the format modifiers `w:` and `=N:` count.

Styles take no cells; `##` takes one, because drawing makes it one `#`.
"""

import re
from collections.abc import Iterator

from aimux.styles.escapes import find_end
from aimux.styles.width import NOT_DRAWN, character_width

_HASHES = re.compile("#+")
_ASCII_RUN = re.compile(r"[ !\"$-~]+")


def styled_width(text: str) -> int:
    """Cells that `text` takes once drawn; 0 if a style in it never ends, as in tmux."""
    width = 0
    for _, cells, complete in _pieces(text):
        if not complete:
            return 0
        width += cells
    return width


def trim_left(text: str, limit: int) -> str:
    """The first `limit` cells of `text`, with the styles before its last kept character."""
    kept: list[str] = []
    width = 0
    for piece, cells, complete in _pieces(text):
        if width >= limit or not complete:
            break
        if piece.startswith("#") and cells:
            kept.append(_some_hashes(piece, min(cells, limit - width)))
        elif width + cells <= limit or cells == len(piece):
            kept.append(piece[: limit - width] if cells else piece)
        width += cells
    return "".join(kept)


def trim_right(text: str, limit: int) -> str:
    """The last `limit` cells of `text`, with every style in it, since all act on what remains."""
    skipped = styled_width(text) - limit
    if skipped <= 0:
        return text
    kept: list[str] = []
    width = 0
    for piece, cells, complete in _pieces(text):
        if not complete:
            break
        missing = max(0, skipped - width)
        if piece.startswith("#") and cells:
            kept.append(_some_hashes(piece, cells - missing))
        elif piece.startswith("#["):
            kept.append(piece)
        elif not missing or cells == len(piece):
            kept.append(piece[missing:])
        width += cells
    return "".join(kept)


def _some_hashes(hashes: str, count: int) -> str:
    """`count` of the visible `#`, escaped again unless there was a single one."""
    if count <= 0:
        return ""
    return "#" if len(hashes) == 1 else "##" * count


def _pieces(text: str) -> Iterator[tuple[str, int, bool]]:
    """Runs of ASCII, of `#`, single characters and whole styles, each with its cells.

    False marks a style without an end. What is not drawn is left out.
    """
    position = 0
    while position < len(text):
        if match := _HASHES.match(text, position):
            position = match.end()
            hashes = len(match.group())
            is_style = text.startswith("[", position) and hashes % 2 == 1
            escaped = hashes - is_style
            if escaped:
                yield "#" * escaped, _hash_cells(escaped, text.startswith("[", position)), True
            if is_style:
                end = find_end(text, position + 1, "]")
                yield text[position - 1 : end + 1], 0, end != -1
                position = end + 1 if end != -1 else len(text)
            continue
        if match := _ASCII_RUN.match(text, position):
            position = match.end()
            yield match.group(), len(match.group()), True
            continue
        cells = character_width(text[position])
        if cells != NOT_DRAWN:
            yield text[position], cells, True
        position += 1


def _hash_cells(count: int, before_bracket: bool) -> int:
    return count // 2 if before_bracket else (count + 1) // 2
