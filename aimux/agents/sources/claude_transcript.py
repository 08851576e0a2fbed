"""Claude Code's transcript: what a session has said and used, one JSON object a line.

Seen on 2.1.197 and 2.1.330. It tells what hooks and the registry do not: interrupts, errors,
limits, and the tokens of every request. The size of the window is not in it.
"""

import re

from aimux.agents.context import Context
from aimux.agents.sources.fields import (
    Record,
    moment,
    number,
    parse_record,
    record,
    records,
    text,
    tokens,
)
from aimux.agents.state_claims import Claim
from aimux.security.clean import clean

_INPUTS = ("input_tokens", "cache_creation_input_tokens", "cache_read_input_tokens")
_INTERRUPTED = "[Request interrupted by user"
_LIMITED = "usage_limit_reached"
_LIMIT = re.compile(r"hit your [^\n]*limit|usage limit reached", re.IGNORECASE)
_MAX_TEXT = 200


class ClaudeTranscript:
    """Follows one transcript.

    Attributes:
        context: The newest numbers; `None` before the first answer.
        claim: How the last turn ended; `None` while one goes on. Its time is the wall clock's.
        prompted_at: When the last prompt was given, seconds since the epoch; `None` before.
    """

    def __init__(self) -> None:
        self.context: Context | None = None
        self.claim: Claim | None = None
        self.prompted_at: float | None = None
        self._turn_began_with: int | None = None
        self._compactions = 0

    def feed(self, line: bytes) -> None:
        """Take a line, in order; one that cannot be read is passed over."""
        fields = parse_record(line)
        if fields.get("isSidechain") is True:
            return
        kind = text(fields, "type")
        at = moment(fields, "timestamp") or 0.0
        if kind == "assistant":
            self._answered(fields, at)
        elif kind == "user":
            self._asked(fields, at)
        elif kind == "system" and text(fields, "subtype") == "compact_boundary":
            self._compactions += 1

    def _answered(self, fields: Record, at: float) -> None:
        message = record(fields, "message")
        if fields.get("isApiErrorMessage") is True:
            said = clean(_text_of(message), limit=_MAX_TEXT)
            is_limit = text(fields, "apiError") == _LIMITED or _LIMIT.search(said)
            evidence = f"API error {fields.get('apiErrorStatus') or text(fields, 'error')}".strip()
            self.claim = Claim(
                "transcript",
                "limited" if is_limit else "error",
                at,
                detail=said,
                evidence=clean(evidence, limit=_MAX_TEXT),
                resets_at=number(record(fields, "quotaLimits"), "resetsAt") if is_limit else None,
            )
            return
        if text(message, "model") == "<synthetic>":
            return
        self._count(message)
        ended = text(message, "stop_reason") == "end_turn"
        self.claim = Claim("transcript", "done", at, evidence="end_turn") if ended else None

    def _count(self, message: Record) -> None:
        usage = record(message, "usage")
        used = sum(tokens(usage, name) for name in _INPUTS)
        if not used:
            return
        before = self._turn_began_with
        self.context = Context(
            used=used,
            growth=None if before is None else used - before,
            compactions=self._compactions,
            model=clean(text(message, "model"), limit=_MAX_TEXT),
            source="transcript",
        )

    def _asked(self, fields: Record, at: float) -> None:
        message = record(fields, "message")
        said = _text_of(message)
        if said.startswith(_INTERRUPTED):
            self.claim = Claim("transcript", "idle", at, evidence="interrupted by the user")
            return
        self.claim = None
        is_result = any(text(part, "type") == "tool_result" for part in records(message, "content"))
        if not is_result and fields.get("isMeta") is not True:
            self.prompted_at = at
            if self.context is not None:
                self._turn_began_with = self.context.used


def _text_of(message: Record) -> str:
    content = message.get("content")
    if isinstance(content, str):
        return content
    return next((text(part, "text") for part in records(message, "content")), "")
