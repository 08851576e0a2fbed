"""Ends of a format's parts and of embedded styles, given tmux's escapes; literal text; blanks.

`#,` `##` `#{` `#}` `#:` hide their second character, and nothing inside `#{...}` ends a part.
"""

import re
from functools import lru_cache


@lru_cache(maxsize=64)
def _scanner(stops: str) -> re.Pattern[str]:
    return re.compile(f"#[,#{{}}:]|[}}{re.escape(stops)}]")


def find_end(text: str, start: int, stops: str) -> int:
    """Where in `text`, from `start` on, the first of `stops` stands that counts; -1 for nowhere."""
    depth = 0
    for match in _scanner(stops).finditer(text, start):
        found = match.group()
        if len(found) == 2:
            depth += found == "#{"
            continue
        depth -= found == "}"
        if depth == 0 and found in stops:
            return match.start()
    return -1


_BEGINS_STYLE = re.compile(r"#+(?=\[|\Z)")


def literal(text: str) -> str:
    """`text` for a line that is drawn: nothing in it begins a style, whatever stands behind it."""
    return _BEGINS_STYLE.sub(lambda hashes: hashes[0] * 2, text) if "#" in text else text


_ERASED_END = re.compile(r"\x1b\[([0-9]{1,5})X\Z")


def without_erasing(text: str) -> str:
    """ANSI text of a row with blanks for the erased cells at its end, so that text may follow."""
    return _ERASED_END.sub(lambda match: " " * int(match[1]), text) if text[-1:] == "X" else text
