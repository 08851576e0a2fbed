"""What formats do with patterns: matching, and substitution with tmux's quirks.

A pattern that cannot be read, or would take too long, matches nothing, as an invalid one in tmux.
"""

import re
from typing import Final

from aimux.patterns.matcher import WORK_LIMIT, Finder, compile_regex
from aimux.patterns.syntax import Span

TEXT_LIMIT: Final = 1 << 16
"""Characters of a text; a longer one is not matched by a regular expression."""
RESULT_LIMIT: Final = 1 << 20
"""Characters of a substitution's result."""
_BACK_REFERENCE = re.compile(r"\\(.)?", re.DOTALL)


def search_work(pattern: str, text: str) -> int:
    """About how much work a match or substitution is, for those who count."""
    return min((len(pattern) + 1) * len(text), WORK_LIMIT)


def regex_matches(pattern: str, text: str, *, ignore_case: bool = False) -> bool:
    """Whether a part of `text` matches an extended regular expression."""
    matcher = compile_regex(pattern, ignore_case=ignore_case)
    return matcher is not None and len(text) <= TEXT_LIMIT and matcher.is_in(text)


def substitute(pattern: str, replacement: str, text: str, *, ignore_case: bool = False) -> str:
    r"""`text` with every match replaced; `\0`..`\9` in `replacement` are the match and its groups.

    tmux's substitution has quirks that formats have come to rely on, and they are kept: the
    character after an empty match may get lost, a group that matched nothing leaves its number,
    and a pattern that begins with `^` is replaced once.
    """
    matcher = compile_regex(pattern, ignore_case=ignore_case)
    if matcher is None or not 0 < len(text) <= TEXT_LIMIT:
        return text
    once = pattern.startswith("^")
    return "".join(_substituted(matcher.finder(), replacement, text, once=once))[:RESULT_LIMIT]


def _substituted(search: Finder, replacement: str, text: str, *, once: bool) -> list[str]:
    pieces: list[str] = []
    size = start = last = 0
    after_empty = False
    while start <= len(text) and size < RESULT_LIMIT:
        rest = text[start:]
        spans = search.find(rest)
        if spans is None:
            break
        first, end = spans[0][0] + start, spans[0][1] + start
        pieces.append(text[last:first])
        moved = first != last or first != end
        last = end
        if moved or after_empty:
            pieces.append(_replaced(replacement, rest, spans))
            start, after_empty = end, False
        else:
            start, after_empty = end + 1, True
        size += len(pieces[-1])
        if once:
            break
    pieces.append(text[start:])
    return pieces


def _replaced(replacement: str, text: str, spans: list[Span]) -> str:
    def one(match: re.Match[str]) -> str:
        character = match[1] or ""
        if character in "0123456789" and character and int(character) < len(spans):
            start, end = spans[int(character)]
            return text[start:end] or character
        return character

    return _BACK_REFERENCE.sub(one, replacement)
