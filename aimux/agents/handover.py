"""What an agent reads when messages are handed to it: who says what, and how to answer. Pure.

Every message begins with one line that aimux alone writes; by that its receipt is known again in
the agent's log (`receipts`). A line of somebody's text that looks like one is moved in by a blank.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from aimux.agents.messages import PRIORITIES, Message
from aimux.security.clean import LONGEST, clean

ROOM = 9000
"""Characters that a hook hands over at once: Claude Code puts what is longer into a file."""
MAX_AT_ONCE = 10
HEAD = re.compile(r"(?m)^Message #(\d+) \(\w+\) from ")
"""The beginning of a message's first line; the group is its id."""


def handed_text(message: Message) -> str:
    """One message: who says it, what, and how to answer."""
    sender = clean(message.sender)
    who = f"{sender} ({clean(message.agent)})" if message.agent else sender
    urgency = PRIORITIES[message.priority]
    said = f" [{urgency}]" if urgency in ("high", "urgent") else ""
    lines = [f"Message #{message.id} ({message.kind}) from {who}{said}:", *_lines(message.text)]
    if message.kind != "task":  # a task says itself how to answer
        lines.append(f"(To answer: aimux msg reply {message.id} TEXT)")
    return "\n".join(lines)


def _lines(text: str) -> list[str]:
    """The lines of somebody's text, harmless; blanks at their beginnings are the text's own."""
    return [_line(line) for line in text.strip("\r\n").splitlines()]


def _line(line: str) -> str:
    tabs = line.replace("\t", "    ")
    indent = " " * (len(tabs) - len(tabs.lstrip(" ")))
    shown = f"{indent}{clean(tabs, limit=LONGEST)}".rstrip()
    return f" {shown}" if HEAD.match(shown) else shown


def handed_together(messages: Sequence[Message], room: int = ROOM) -> str:
    """Several messages as one text of at most about `room` characters.

    Only the first may be too long for that: it is cut, and says where the whole is.
    """
    text = "\n\n".join(handed_text(one) for one in messages)
    if len(text) <= room:
        return text
    number = messages[0].id
    note = f"(Cut after {room} characters. The whole: aimux msg show {number}. "
    return f"{text[:room]}…\n{note}To answer: aimux msg reply {number} TEXT)"


def fitting(messages: Sequence[Message], room: int = ROOM) -> list[Message]:
    """The first of them that fit into a text of so many characters; at least one, if there is."""
    found: list[Message] = []
    for one in messages[:MAX_AT_ONCE]:
        room -= len(handed_text(one)) + 2
        if room < 0 and found:
            break
        found.append(one)
    return found
