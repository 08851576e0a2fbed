"""Gemini CLI's chat file: one JSON object a line. Seen on 0.61.0.

The same id is written again when a tool has finished: the last one counts.
"""

from hashlib import sha256

from aimux.agents.context import Context
from aimux.agents.sources.fields import Record, moment, parse_record, record, records, text, tokens
from aimux.agents.state_claims import Claim
from aimux.security.clean import clean

_MAX_TEXT = 200
_CONTEXT = "<session_context>"
"""Begins what the program itself puts before a person's first prompt, and again after each stop."""
_CANCELLED = "Request cancelled."


class GeminiChat:
    """Follows one chat.

    Attributes:
        session: The session's id; "" before it is told.
        project: A hash of the directory that it works in.
        created_at: When it began, in seconds since the epoch; `None` before it is told.
        prompted_at: When the last prompt was given, seconds since the epoch; `None` before.
        context: The newest numbers; `None` before the first.
        claim: How the last turn ended; `None` while one goes on. Its time is the wall clock's.
    """

    def __init__(self) -> None:
        self.session = self.project = ""
        self.created_at: float | None = None
        self.prompted_at: float | None = None
        self.context: Context | None = None
        self.claim: Claim | None = None
        self._turn_began_with: int | None = None

    def works_in(self, directory: str) -> bool:
        """Whether the chat is about a directory: the file holds a hash of its path."""
        return self.project == sha256(directory.encode()).hexdigest()

    def feed(self, line: bytes) -> None:
        """Take a line, in order; one that cannot be read is passed over."""
        fields = parse_record(line)
        if "sessionId" in fields:
            self.session = clean(text(fields, "sessionId"), limit=_MAX_TEXT)
            self.project = text(fields, "projectHash")
            self.created_at = moment(fields, "startTime")
        at = moment(fields, "timestamp") or 0.0
        match text(fields, "type"):
            case "gemini":
                self._answered(fields, at)
            case "user" if not _is_result(fields) and not _is_context(fields):
                self.claim = None
                self.prompted_at = at
                self._turn_began_with = self.context.used if self.context else None
            case "info" if text(fields, "content") == _CANCELLED:
                self.claim = Claim("transcript", "idle", at, evidence="cancelled")
            case "error":
                said = clean(text(fields, "content"), limit=_MAX_TEXT)
                self.claim = Claim("transcript", "error", at, detail=said, evidence="error")
            case _:
                pass

    def _answered(self, fields: Record, at: float) -> None:
        if "tokens" in fields and fields["tokens"] is None:
            return  # an answer that was written again, behind a new context
        used = tokens(record(fields, "tokens"), "input")
        if used:
            before = self._turn_began_with
            self.context = Context(
                used=used,
                growth=None if before is None else used - before,
                model=clean(text(fields, "model"), limit=_MAX_TEXT),
                source="chat",
            )
        is_answer = bool(text(fields, "content")) and not records(fields, "toolCalls")
        self.claim = Claim("transcript", "done", at, evidence="answered") if is_answer else None


def _is_context(fields: Record) -> bool:
    parts = records(fields, "content")
    return any(text(part, "text").startswith(_CONTEXT) for part in parts)


def _is_result(fields: Record) -> bool:
    return any("functionResponse" in part for part in records(fields, "content"))
