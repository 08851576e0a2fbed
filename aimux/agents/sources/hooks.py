"""What an agent's hooks and plugins report, one JSON object each: an event that has just happened.

Claude Code, Codex and Gemini CLI call a hook's command with the event on standard input; Codex's
`notify` gives it as an argument; OpenCode's plugin passes its bus's events on. Each name of an
event stands in a table; one that is not there says nothing.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from aimux.agents.sources.fields import Record, moment, record, records, text
from aimux.agents.state_claims import Claim
from aimux.agents.state_names import AgentStateName
from aimux.security.clean import clean

MAX_AGE = 60.0
"""No hook takes longer: one that says so has another clock."""
_MAX_TEXT = 1024
_MAX_WORD = 64
_QUESTIONS = frozenset({"AskUserQuestion", "ask_user"})
"""The tools by which Claude Code and Gemini CLI ask a question."""


@dataclass(frozen=True, slots=True)
class HookEvent:
    """What an event says.

    Attributes:
        claim: Of the agent's state; `None` for an event that says nothing of it.
        session: The agent's own id of its session; "" if not told.
        transcript: The path of the session's transcript; "" if not told.
        name: The event's.
    """

    claim: Claim | None
    session: str
    transcript: str
    name: str


@dataclass(frozen=True, slots=True)
class _Said:
    """What the name of an event stands for."""

    state: AgentStateName
    reason: Callable[[Record], str] = lambda _: ""
    detail: Callable[[Record], str] = lambda _: ""


def age_of(fields: Record, wall: float) -> float:
    """For how many seconds an event has been on its way; 0 where it has no time of its own."""
    at = moment(fields, "timestamp")
    return 0.0 if at is None else min(MAX_AGE, max(0.0, wall - at))


def parse_event(fields: Record, now: float) -> HookEvent | None:
    """What an event says that happened now; `None` if it is none of an agent that is known."""
    name = text(fields, "hook_event_name") or text(fields, "type")
    if not name:
        return None
    inner = record(fields, "properties") or fields
    said = _said(name, inner)
    session = next(
        (text(inner, key) for key in ("session_id", "sessionID", "thread-id") if key in inner), ""
    )
    return HookEvent(
        claim=None if said is None else _claim(said, name, inner, now),
        session=clean(session, limit=_MAX_TEXT),
        transcript=text(fields, "transcript_path"),
        name=clean(name, limit=_MAX_WORD),
    )


def _said(name: str, fields: Record) -> _Said | None:
    told_apart = _TOLD_APART.get(name)
    if told_apart is None:
        return _EVENTS.get(name)
    word, by_word = told_apart
    return by_word.get(word(fields), _EVENTS.get(name))


def _claim(said: _Said, name: str, fields: Record, now: float) -> Claim:
    return Claim(
        source="hook",
        state=said.state,
        at=now,
        detail=clean(said.detail(fields), limit=_MAX_TEXT),
        reason=said.reason(fields),
        evidence=clean(name, limit=_MAX_WORD),
    )


def _tool_request(fields: Record) -> str:
    """What a tool is about to do: its command, its file, or the question that it asks."""
    given = record(fields, "tool_input") or record(fields, "details")
    asked = next(iter(records(given, "questions")), None)
    if asked is not None:
        return text(asked, "question")
    if text(given, "type") in _QUESTIONS:
        return ""  # which question it is, is not said
    found = (text(given, key) for key in ("command", "file_path", "url", "path", "title"))
    return next(filter(None, found), text(fields, "tool_name") or text(fields, "message"))


def _reason(fields: Record) -> str:
    asked = (text(fields, "tool_name"), text(record(fields, "details"), "type"))
    return "permission" if _QUESTIONS.isdisjoint(asked) else "question"


def _permission(_fields: Record) -> str:
    return "permission"


def _question(_fields: Record) -> str:
    return "question"


def _opencode_request(fields: Record) -> str:
    command = text(record(fields, "metadata"), "command")
    return command or text(fields, "permission")


def _opencode_question(fields: Record) -> str:
    asked = next(iter(records(fields, "questions")), {})
    return text(asked, "question")


def _error(fields: Record) -> str:
    error = fields.get("error")
    if isinstance(error, dict):
        return text(record(error, "data"), "message") or text(error, "name")
    return text(fields, "last_assistant_message") or text(fields, "error")


def _retry(fields: Record) -> str:
    return text(record(fields, "status"), "message")


_WORKING = _Said("working")
_DONE = _Said("done")
_IDLE = _Said("idle")
_EVENTS: Mapping[str, _Said] = {
    # Claude Code and Codex
    "SessionStart": _IDLE,
    "UserPromptSubmit": _WORKING,
    "PreToolUse": _WORKING,
    "PostToolUse": _WORKING,
    "PermissionRequest": _Said("waiting", _reason, _tool_request),
    "Stop": _DONE,
    "StopFailure": _Said("error", detail=_error),
    # Gemini CLI
    "BeforeAgent": _WORKING,
    "BeforeTool": _WORKING,
    "AfterTool": _WORKING,
    "AfterAgent": _DONE,
    # Codex's notify
    "agent-turn-complete": _DONE,
    # OpenCode
    "permission.asked": _Said("waiting", _permission, _opencode_request),
    "permission.replied": _WORKING,
    "question.asked": _Said("waiting", _question, _opencode_question),
    "question.replied": _WORKING,
    "question.rejected": _IDLE,
    "session.idle": _DONE,
    "session.error": _Said("error", detail=_error),
}
_NOTIFICATIONS: Mapping[str, _Said] = {
    "permission_prompt": _Said("waiting", _permission),  # its message names no command
    "ToolPermission": _Said("waiting", _reason, _tool_request),
    "idle_prompt": _IDLE,
}
_STATUSES: Mapping[str, _Said] = {
    "busy": _WORKING,
    "retry": _Said("working", detail=_retry),
    "idle": _DONE,
}
_TOLD_APART: Mapping[str, tuple[Callable[[Record], str], Mapping[str, _Said | None]]] = {
    "Notification": (lambda fields: text(fields, "notification_type"), _NOTIFICATIONS),
    "session.status": (lambda fields: text(record(fields, "status"), "type"), _STATUSES),
    # In the middle of a turn the context is made smaller, and the session "starts" again.
    "SessionStart": (lambda fields: text(fields, "source"), {"compact": None}),
    "session.error": (
        lambda fields: text(record(fields, "error"), "name"),
        {"MessageAbortedError": _IDLE},
    ),
    "permission.replied": (lambda fields: text(fields, "reply"), {"reject": _IDLE}),
}
"""Events that say this or that, by a word of theirs."""
