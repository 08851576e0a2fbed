"""OSC 7501, the program status: how Claude Code and Codex say in-band what they are doing.

`OSC 7501 ; state=S : app=A [: id=I] [: kind=K] [: progress=0-100] [: title=B64] [: msg=B64]`. A
program asks first with `OSC 7501 ; ?`; the terminal answers the same, before it answers DA1.
What the reports mean for the pane is `state`.
"""

import binascii
from base64 import b64decode
from dataclasses import dataclass

from aimux.security.clean import clean

MAX_PAYLOAD = 8192
"""Characters of a report; a longer one is none. Claude Code's longest is about 3,100."""
MAX_TITLE = 192
"""Cells of a title that are kept: Claude Code's own limit, in bytes."""
MAX_MESSAGE = 1024
"""Cells of a message that are kept."""
_MAX_WORD = 64


@dataclass(frozen=True, slots=True)
class AgentReport:
    """One report, clean.

    Attributes:
        app: Who speaks, such as `claude-code`; "" if it does not say.
        state: The protocol's own word: `idle working blocked done error clear`, or one that a
            newer program has invented.
        kind: For `blocked`, on what: `permission`, `question`; else "".
        progress: 0 to 100, or `None`.
        title: What is being worked on; "" if not said.
        message: What a person should know, such as the question; "" if not said.
        id: "" for the program itself, else one of the things that it runs.
    """

    app: str
    state: str
    kind: str = ""
    progress: int | None = None
    title: str = ""
    message: str = ""
    id: str = ""

    @property
    def is_clear(self) -> bool:
        """Whether the program takes back what it reported under this id (all, without one)."""
        return self.state == "clear"


def is_query(payload: str) -> bool:
    """Whether a program asks if reports are understood: any payload that starts with `?`."""
    return payload.startswith("?")


def parse_report(payload: str) -> AgentReport | None:
    """The report in `OSC 7501 ; payload`, or `None`: a query, too long, or without a state.

    Fields that are unknown, repeated or cannot be read are passed over. Never raises.
    """
    if is_query(payload) or len(payload) > MAX_PAYLOAD:
        return None
    fields: dict[str, str] = {}
    for field in payload.split(":"):
        name, _, value = field.partition("=")
        fields.setdefault(name, value)
    state = _word(fields.get("state", ""))
    if not state:
        return None
    return AgentReport(
        app=_word(fields.get("app", "")),
        state=state,
        kind=_word(fields.get("kind", "")),
        progress=_progress(fields.get("progress", "")),
        title=clean(_text(fields.get("title", "")), limit=MAX_TITLE),
        message=clean(_text(fields.get("msg", "")), limit=MAX_MESSAGE),
        id=_word(fields.get("id", "")),
    )


def _word(value: str) -> str:
    return clean(value, limit=_MAX_WORD)


def _progress(value: str) -> int | None:
    if not (value.isascii() and value.isdigit() and len(value) <= 3):
        return None
    return min(100, int(value))


def _text(value: str) -> str:
    """Base64 of UTF-8; padding may be missing, and a limit in bytes may have cut a character."""
    try:
        data = b64decode(value + "=" * (-len(value) % 4), validate=True)
    except (binascii.Error, ValueError):
        return ""
    return data.decode(errors="ignore")
