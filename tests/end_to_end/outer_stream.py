"""All that aimux may write to an outer terminal, as a grammar: anything else is a hole."""

from __future__ import annotations

import re

from aimux.abilities.questions import questions

# Colours and attributes; places; blanks; the modes that are set and undone; the cursor's shape; the
# keyboard; the title's stack. No movement of the cursor but to a place, no question, no printer.
_CSI = (
    rb"[\d;:]*m",
    rb"\d{1,4};\d{1,4}H|H",
    rb"\d{1,4}[XGC]",
    rb"2J|[02]?K|\d{1,4};\d{1,4}r|r",
    rb"\?(?:1|7|25|1000|1001|1002|1003|1004|1005|1006|1015|1016|1049|2004|2026|2031|2048|6)[hl]",
    rb"4l",
    rb"[0-6] q",
    rb">0u|<u|=\d{1,2};1u|>4m|>4;[12]m",
    rb"2[23];0t",
)
_PRINTABLE = r"[^\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029\ud800-\udfff]"
_ITEMS = {
    "text": re.compile(_PRINTABLE + "+"),
    "csi": re.compile("\x1b\\[(?:" + b"|".join(_CSI).decode() + ")"),
    "title": re.compile("\x1b\\]0;(" + _PRINTABLE + "{0,1024})\x07"),
    "link": re.compile(r"\x1b\]8;(?:;|id=\d+;(?:https?|mailto|file):[!-~]*)" + "\x1b\\\\"),
    "clipboard": re.compile("\x1b\\]52;c;[A-Za-z0-9+/=]*\x07"),
    # Said to the terminal's person: the name first, so that no text is a number of progress.
    "notice": re.compile(
        "\x1b\\](?:9;aimux: |99;;aimux: |777;notify;aimux;)(" + _PRINTABLE + "{0,512})\x1b\\\\"
    ),
    "bell": re.compile("\x07"),
    # What the guard undoes, and the line that it prints at the end.
    "undo": re.compile("\x1b\\\\|\x0f|\x1b\\(B|\x1b>|\r?\n"),
    "question": re.compile(re.escape(questions({"TERM": "xterm-256color"}))),
}


def what_is_not_ours(output: bytes) -> str:
    """The first part of an outer stream that aimux does not mean to write; empty if all is ours.

    Args:
        output: All of it, from the start on; a character or sequence at its end may be cut.
    """
    text = output.decode("utf-8", "surrogateescape")
    position = 0
    while position < len(text):
        ends = (match.end() for item in _ITEMS.values() if (match := item.match(text, position)))
        end = max(ends, default=position)
        if end == position:
            around = text[max(0, position - 60) : position + 60]
            return "" if _is_cut(text[position:]) else repr(around)
        position = end
    return ""


def _is_cut(rest: str) -> bool:
    return (
        re.fullmatch("[\udc80-\udcff]{1,3}|\x1b(?:\\[[\\d;:?>=<]*|\\][^\x07\x1b]*\x1b?)?", rest)
        is not None
    )
