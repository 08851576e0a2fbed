"""The interfaces of four makers' models, as their agents speak them: what was asked, how to answer.

Functions of a request's body. The numbers of every answer are the same and known.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

CACHED = 42_000
INPUT = CACHED + 1_812
OUTPUT = 120
"""The tokens of every request, in the numbers of every interface."""
PLAN_PERCENT = 37.5
"""How much of its plan Codex is told to have used."""
SLOW_WORDS, SLOW_SECONDS = 60, 0.1
RESETS_AT = int(time.clock_gettime(time.CLOCK_REALTIME)) + 3600
"""When a limit ends, in seconds since the epoch: so soon that Claude Code waits for it, unasked."""

Body = dict[str, Any]
Word = Literal["", "SLOW", "RUN", "ASK", "LIMIT", "ERR"]
_REMINDER = re.compile(r"<system-reminder>.*?</system-reminder>", re.DOTALL)
_TURN = re.compile(r"(\S[^()]*)\(turn ([\w-]+)\)")
_QUESTION = {
    "question": "Which colour?",
    "header": "Colour",
    "options": [
        {"label": "Red", "description": "a warm one"},
        {"label": "Blue", "description": "a cool one"},
    ],
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What an agent asks of its model.

    Attributes:
        prompt: What a person typed since the last answer, the newest if there is more.
        turn: The name that the newest prompt gives itself: `(turn NAME)`; "" if it has none.
        tools: The tools that the model may call; none where the agent asks for itself, as for a
            title.
        is_result: Whether a tool's result is handed over, and nothing was typed.
    """

    prompt: str
    turn: str
    tools: frozenset[str]
    is_result: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """What the model does.

    Attributes:
        word: By which it was told so.
        command: That it wants to run.
        status: Of HTTP.
    """

    word: Word = ""
    command: str = ""
    status: int = 200


def choose(asked: Asked) -> Answer:
    """What the words of a prompt ask for."""
    if "LIMIT" in asked.prompt:
        return Answer("LIMIT", status=429)
    if found := re.search(r"ERR(\d{3})", asked.prompt):
        return Answer("ERR", status=int(found[1]))
    if asked.is_result or not asked.tools:
        return Answer()
    if found := re.search(r"RUN\[(.*?)\]", asked.prompt):
        return Answer("RUN", command=found[1])
    if "ASK" in asked.prompt:
        return Answer("ASK")
    return Answer("SLOW") if "SLOW" in asked.prompt else Answer()


def pieces(answer: Answer) -> Iterator[str]:
    """The text of an answer, as it comes."""
    if answer.word != "SLOW":
        yield "Hello from the model."
        return
    for number in range(SLOW_WORDS):
        yield f"{number} "
        time.sleep(SLOW_SECONDS)  # it is what the word asks for


def event(kind: str, **fields: object) -> str:
    """An event of a stream that names its events."""
    return f"event: {kind}\n{data({'type': kind} | fields)}"


def data(body: Body) -> str:
    """An event of a stream that does not."""
    return f"data: {json.dumps(body)}\n\n"


def _asked(messages: list[Body], content: str, tools: object) -> Asked:
    """What stands behind the last answer of a conversation of messages."""
    is_answer = [message.get("role") in ("assistant", "model") for message in messages]
    start = len(messages) - [*reversed(is_answer), True].index(True)
    newest = messages[start:]
    texts = [text for message in newest for text in _texts(message.get(content))]
    prompts = _TURN.findall(_REMINDER.sub("", "\n".join(texts)))
    turns = _TURN.findall("\n".join(text for one in messages for text in _texts(one.get(content))))
    return Asked(
        prompt=prompts[-1][0] if prompts else "",
        turn=turns[-1][1] if turns else "",
        tools=frozenset(re.findall(r'"name": "(\w+)"', json.dumps(tools))),
        is_result=not prompts and any(_is_result(message, content) for message in newest),
    )


def _texts(content: object) -> list[str]:
    parts = content if isinstance(content, list) else [{"text": content}]
    return [str(part["text"]) for part in parts if part.get("text")]


def _is_result(message: Body, content: str) -> bool:
    if message.get("role") == "tool" or str(message.get("type", "")).endswith("_output"):
        return True
    parts = message.get(content)
    return isinstance(parts, list) and any(
        part.get("type") == "tool_result" or "functionResponse" in part for part in parts
    )


def _id(prefix: str) -> str:
    return f"{prefix}_{time.monotonic_ns()}"


# ---- Anthropic Messages: Claude Code ----


def _messages_asked(body: Body) -> Asked:
    return _asked(body["messages"], "content", body.get("tools", []))


def _messages_stream(body: Body, _asked: Asked, answer: Answer) -> Iterator[str]:
    usage = {
        "input_tokens": 312,
        "cache_creation_input_tokens": INPUT - CACHED - 312,
        "cache_read_input_tokens": CACHED,
        "output_tokens": 1,
    }
    message: Body = {"id": _id("msg"), "type": "message", "role": "assistant", "content": []}
    message |= {"model": body.get("model"), "stop_reason": None, "usage": usage}
    yield event("message_start", message=message)
    calls = {
        "RUN": ("Bash", {"command": answer.command, "description": "run it"}),
        "ASK": ("AskUserQuestion", {"questions": [_QUESTION | {"multiSelect": False}]}),
    }
    block: Body = {"type": "text", "text": ""}
    if answer.word in calls:
        name, given = calls[answer.word]
        block = {"type": "tool_use", "id": _id("toolu"), "name": name, "input": {}}
        deltas = iter([{"type": "input_json_delta", "partial_json": json.dumps(given)}])
    else:
        deltas = ({"type": "text_delta", "text": piece} for piece in pieces(answer))
    yield event("content_block_start", index=0, content_block=block)
    for delta in deltas:
        yield event("content_block_delta", index=0, delta=delta)
    yield event("content_block_stop", index=0)
    reason = "tool_use" if answer.word in calls else "end_turn"
    yield event(
        "message_delta", delta={"stop_reason": reason}, usage=usage | {"output_tokens": OUTPUT}
    )
    yield event("message_stop")


def _messages_refusal(answer: Answer) -> tuple[Body, Mapping[str, str]]:
    kind = "rate_limit_error" if answer.status == 429 else "invalid_request_error"
    headers = {
        "x-should-retry": "false",
        "anthropic-ratelimit-unified-status": "rejected",
        "anthropic-ratelimit-unified-reset": str(RESETS_AT),
        "anthropic-ratelimit-unified-representative-claim": "five_hour",
    }
    body = {"type": "error", "error": {"type": kind, "message": "refused"}}
    return body, headers if answer.status == 429 else {}


# ---- OpenAI Responses: Codex ----


def _responses_asked(body: Body) -> Asked:
    items = body.get("input", [])
    if not isinstance(items, list):
        items = [{"role": "user", "content": items}]
    is_call = ("function_call", "reasoning", "custom_tool_call")
    spoken = [
        item | {"role": "assistant"} if item.get("type") in is_call else item for item in items
    ]
    return _asked(spoken, "content", body.get("tools", []))


def _responses_stream(_body: Body, asked: Asked, answer: Answer) -> Iterator[str]:
    yield event("response.created", response={"id": "r"})
    escalated = {"sandbox_permissions": "require_escalated", "justification": "to write"}
    shell = "exec_command" if "exec_command" in asked.tools else "shell_command"
    word = "cmd" if shell == "exec_command" else "command"
    calls = {
        "RUN": (shell, {word: answer.command} | escalated),
        "ASK": ("request_user_input", {"questions": [_QUESTION | {"id": "colour"}]}),
    }
    if answer.word in calls:
        name, given = calls[answer.word]
        item: Body = {"type": "function_call", "id": "f", "call_id": _id("call"), "name": name}
        item["arguments"] = json.dumps(given)
    else:
        item = {"type": "message", "id": "m", "role": "assistant", "content": []}
        yield event("response.output_item.added", output_index=0, item=item)
        text = ""
        place = {"item_id": "m", "output_index": 0, "content_index": 0}
        for piece in pieces(answer):
            text += piece
            yield event("response.output_text.delta", delta=piece, **place)
        item["content"] = [{"type": "output_text", "text": text}]
    yield event("response.output_item.done", output_index=0, item=item)
    usage = {
        "input_tokens": INPUT,
        "input_tokens_details": {"cached_tokens": CACHED},
        "output_tokens": OUTPUT,
        "output_tokens_details": {"reasoning_tokens": 0},
        "total_tokens": INPUT + OUTPUT,
    }
    yield event("response.completed", response={"id": "r", "usage": usage})


def _responses_refusal(answer: Answer) -> tuple[Body, Mapping[str, str]]:
    kind = "usage_limit_reached" if answer.status == 429 else "invalid_request_error"
    error = {"type": kind, "message": "refused", "code": None, "plan_type": "plus"}
    return {"error": error | {"resets_at": RESETS_AT}}, _PLAN | {
        "x-codex-primary-used-percent": "100"
    }


_PLAN = {
    "x-codex-primary-used-percent": str(PLAN_PERCENT),
    "x-codex-primary-window-minutes": "300",
    "x-codex-primary-reset-at": str(RESETS_AT),
}


# ---- OpenAI Chat: OpenCode ----


def _chat_asked(body: Body) -> Asked:
    return _asked(body.get("messages", []), "content", body.get("tools", []))


def _chat_stream(body: Body, _asked: Asked, answer: Answer) -> Iterator[str]:
    calls = {
        "RUN": ("bash", {"command": answer.command, "description": "run it"}),
        "ASK": ("question", {"questions": [_QUESTION]}),
    }
    base = {"id": "c", "object": "chat.completion.chunk", "created": 0, "model": body.get("model")}
    deltas: Iterator[Body]
    if answer.word in calls:
        name, given = calls[answer.word]
        function = {"name": name, "arguments": json.dumps(given)}
        call = {"index": 0, "id": _id("call"), "type": "function", "function": function}
        deltas = iter([{"role": "assistant", "tool_calls": [call]}])
    else:
        deltas = ({"content": piece} for piece in pieces(answer))
    for delta in deltas:
        yield data(base | {"choices": [{"index": 0, "delta": delta, "finish_reason": None}]})
    reason = "tool_calls" if answer.word in calls else "stop"
    yield data(base | {"choices": [{"index": 0, "delta": {}, "finish_reason": reason}]})
    usage = {
        "prompt_tokens": INPUT,
        "completion_tokens": OUTPUT,
        "total_tokens": INPUT + OUTPUT,
        "prompt_tokens_details": {"cached_tokens": CACHED},
    }
    yield data(base | {"choices": [], "usage": usage})
    yield "data: [DONE]\n\n"


def _plain_refusal(answer: Answer) -> tuple[Body, Mapping[str, str]]:
    kind = "RESOURCE_EXHAUSTED" if answer.status == 429 else "INVALID_ARGUMENT"
    return {"error": {"code": answer.status, "message": "refused", "status": kind}}, {}


# ---- Gemini ----


def _gemini_asked(body: Body) -> Asked:
    wants_json = "application/json" in json.dumps(body.get("generationConfig", {}))
    tools = [] if wants_json else body.get("tools", [])
    return _asked(body.get("contents", []), "parts", tools)


def _gemini_stream(_body: Body, asked: Asked, answer: Answer) -> Iterator[str]:
    calls = {
        "RUN": ("run_shell_command", {"command": answer.command, "description": "run it"}),
        "ASK": ("ask_user", {"questions": [_QUESTION | {"type": "choice"}]}),
    }
    parts: Iterator[Body]
    if not asked.tools:
        choice = {"model_choice": "pro", "next_speaker": "user", "reasoning": "so"}
        parts = iter([{"text": json.dumps(choice | {"complexity_score": 50})}])
    elif answer.word in calls:
        name, given = calls[answer.word]
        parts = iter([{"functionCall": {"name": name, "args": given}}])
    else:
        parts = ({"text": piece} for piece in pieces(answer))
    for part in parts:
        yield data(gemini_body(part))


def gemini_body(part: Body) -> Body:
    """An answer of one part."""
    usage = {
        "promptTokenCount": INPUT,
        "candidatesTokenCount": OUTPUT,
        "totalTokenCount": INPUT + OUTPUT,
        "cachedContentTokenCount": CACHED,
    }
    content = {"role": "model", "parts": [part]}
    candidate = {"content": content, "finishReason": "STOP", "index": 0}
    return {"candidates": [candidate], "usageMetadata": usage}


@dataclass(frozen=True, slots=True)
class Interface:
    """How one maker's model is spoken with.

    Attributes:
        path: A part of the path by which it is known.
        asked: What a request asks.
        stream: The answer, piece by piece.
        refusal: The body and the headers of an answer that is none.
        headers: Of every other answer.
    """

    path: str
    asked: Callable[[Body], Asked]
    stream: Callable[[Body, Asked, Answer], Iterator[str]]
    refusal: Callable[[Answer], tuple[Body, Mapping[str, str]]] = _plain_refusal
    headers: Mapping[str, str] = field(default_factory=dict)


INTERFACES = (
    Interface("/v1/messages", _messages_asked, _messages_stream, _messages_refusal),
    Interface("/responses", _responses_asked, _responses_stream, _responses_refusal, _PLAN),
    Interface("/chat/completions", _chat_asked, _chat_stream),
    Interface("enerateContent", _gemini_asked, _gemini_stream),
)
