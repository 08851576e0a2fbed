"""Text that must stand in a line for a pattern to match it: looked for first, as that is cheap.

Understands enough of a regular expression to be sure; where it is not, it gives "".
"""

_QUANTIFIERS = "?*{"
_CLASSES = "dDwWsSbBAZ"


def required_text(pattern: str) -> str:
    """The longest run of characters that every match of `pattern` contains, or "".

    Only what stands outside of alternatives, optional parts and sets counts; groups that are
    neither optional nor alternatives are looked into.
    """
    return max(_runs(pattern), key=len, default="")


def _runs(pattern: str) -> list[str]:
    if _has_alternatives(pattern):
        return []
    runs: list[str] = [""]
    at = 0
    while at < len(pattern):
        end = _end_of_item(pattern, at)
        is_optional = end < len(pattern) and pattern[end] in _QUANTIFIERS
        item = pattern[at:end]
        literal = _literal(item)
        if literal and not is_optional:
            runs[-1] += literal
        else:
            runs.append("")
        if item[0] == "(" and not is_optional:
            runs += [*_runs_of_group(item), ""]
        at = _end_of_quantifier(pattern, end)
        if at > end:
            runs.append("")
    return runs


def _literal(item: str) -> str:
    """The character that an item is, or "" if it is a set, a group or an anchor."""
    if len(item) == 2 and item[0] == "\\":
        return "" if item[1] in _CLASSES or item[1].isalnum() else item[1]
    return item if len(item) == 1 and item not in "^$.|" else ""


def _runs_of_group(item: str) -> list[str]:
    body = item[1:-1]
    if body.startswith("?P<"):
        return _runs(body[body.index(">") + 1 :])
    if body.startswith("?:"):
        return _runs(body[2:])
    # Looking ahead and flags: nothing is sure.
    return [] if body.startswith("?") else _runs(body)


def _end_of_item(pattern: str, at: int) -> int:
    if pattern[at] == "\\":
        return min(at + 2, len(pattern))
    if pattern[at] == "[":
        return _end_of_set(pattern, at)
    if pattern[at] == "(":
        return _end_of_group(pattern, at)
    return at + 1


def _end_of_set(pattern: str, at: int) -> int:
    at += 1
    if pattern[at] == "^":
        at += 1
    at += 1  # A bracket that stands first is a member.
    while pattern[at] != "]":
        at += 2 if pattern[at] == "\\" else 1
    return at + 1


def _end_of_group(pattern: str, at: int) -> int:
    at += 1
    while pattern[at] != ")":
        at = _end_of_item(pattern, at)
    return at + 1


def _end_of_quantifier(pattern: str, at: int) -> int:
    if at < len(pattern) and pattern[at] == "{":
        at = pattern.index("}", at) + 1
    elif at < len(pattern) and pattern[at] in "?*+":
        at += 1
    else:
        return at
    return at + 1 if at < len(pattern) and pattern[at] in "?+" else at


def _has_alternatives(pattern: str) -> bool:
    at = 0
    while at < len(pattern):
        if pattern[at] == "|":
            return True
        at = _end_of_item(pattern, at)
    return False
