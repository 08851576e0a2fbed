"""A stand-in for the models that agents talk to: HTTP on the loopback, known numbers, known words.

A word in the prompt chooses the answer: `SLOW` is written for three seconds, `RUN[command]` wants
to run a command, `ERR400` and the like are refused so; anything else is a short text.
"""

from __future__ import annotations

import contextlib
import json
import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

CACHED = 42_000
INPUT = CACHED + 1_812
OUTPUT = 120
"""The tokens of every request, in the numbers of every interface."""
SLOW_WORDS, SLOW_SECONDS = 60, 0.1

Body = dict[str, Any]
_REMINDER = re.compile(r"<system-reminder>.*?</system-reminder>", re.DOTALL)


class _Model(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # as it is inherited
        """Say nothing."""

    def do_GET(self) -> None:  # as it is inherited
        """List models."""
        self._json(200, {"data": [], "models": []})

    def do_HEAD(self) -> None:  # as it is inherited
        """Say that there is somebody."""
        self._json(200, {})

    def do_POST(self) -> None:  # as it is inherited
        """Answer a prompt."""
        length = int(self.headers.get("content-length") or 0)
        body: Body = json.loads(self.rfile.read(length) or b"{}")
        for part, answer in (
            ("count", lambda _: self._json(200, {"input_tokens": INPUT, "totalTokens": INPUT})),
            ("/v1/messages", self._anthropic),
            ("/responses", self._responses),
            ("enerateContent", self._gemini),
        ):
            if part in self.path:
                with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # interrupted
                    answer(body)
                return
        self._json(404, {"error": {"message": "no such interface"}})

    # ---- interfaces ----

    def _anthropic(self, body: Body) -> None:
        prompt, is_result = _prompt(body["messages"], "content")
        tools = [tool.get("name") for tool in body.get("tools", ())]
        command = _command(prompt) if "Bash" in tools and not is_result else None
        if self._refused(prompt):
            return
        usage = {
            "input_tokens": 312,
            "cache_creation_input_tokens": 1_500,
            "cache_read_input_tokens": CACHED,
            "output_tokens": 1,
        }
        message = {"id": f"msg_{time.monotonic_ns()}", "type": "message", "role": "assistant"}
        message |= {"model": body.get("model"), "content": [], "stop_reason": None}
        self._stream()
        self._event("message_start", message=message | {"usage": usage})
        block = {
            "type": "tool_use",
            "id": f"toolu_{time.monotonic_ns()}",
            "name": "Bash",
            "input": {},
        }
        self._event(
            "content_block_start",
            index=0,
            content_block={"type": "text", "text": ""} if command is None else block,
        )
        for piece in _pieces(prompt, command):
            delta = {"type": "text_delta", "text": piece}
            if command is not None:
                given = json.dumps({"command": command, "description": "run it"})
                delta = {"type": "input_json_delta", "partial_json": given}
            self._event("content_block_delta", index=0, delta=delta)
        self._event("content_block_stop", index=0)
        reason = "end_turn" if command is None else "tool_use"
        self._event(
            "message_delta", delta={"stop_reason": reason}, usage=usage | {"output_tokens": OUTPUT}
        )
        self._event("message_stop")

    def _responses(self, body: Body) -> None:
        items = body.get("input", [])
        messages = [item for item in items if item.get("role") == "user"]
        is_result = bool(items) and items[-1].get("type", "").endswith("_output")
        prompt, _ = _prompt(messages, "content")
        if self._refused(prompt):
            return
        tools = {tool.get("name") for tool in body.get("tools", ())}
        command = _command(prompt) if tools and not is_result else None
        self._stream()
        self._event("response.created", response={"id": "r"})
        if command is None:
            text = ""
            item: Body = {"type": "message", "id": "m", "role": "assistant", "content": []}
            self._event("response.output_item.added", output_index=0, item=item)
            for piece in _pieces(prompt, None):
                text += piece
                self._event(
                    "response.output_text.delta",
                    item_id="m",
                    output_index=0,
                    content_index=0,
                    delta=piece,
                )
            item["content"] = [{"type": "output_text", "text": text}]
        else:
            named = {"exec_command": {"cmd": command}, "shell_command": {"command": command}}
            name = next((one for one in named if one in tools), "shell_command")
            given = named[name] | {
                "sandbox_permissions": "require_escalated",
                "justification": "to write",
            }
            call = f"call_{time.monotonic_ns()}"
            item = {"type": "function_call", "id": "f", "call_id": call, "name": name}
            item["arguments"] = json.dumps(given)
        self._event("response.output_item.done", output_index=0, item=item)
        usage = {
            "input_tokens": INPUT,
            "input_tokens_details": {"cached_tokens": CACHED},
            "output_tokens": OUTPUT,
            "output_tokens_details": {"reasoning_tokens": 0},
            "total_tokens": INPUT + OUTPUT,
        }
        self._event("response.completed", response={"id": "r", "usage": usage})

    def _gemini(self, body: Body) -> None:
        prompt, is_result = _prompt(body.get("contents", []), "parts")
        if self._refused(prompt):
            return
        command = _command(prompt) if body.get("tools") and not is_result else None
        usage = {
            "promptTokenCount": INPUT,
            "candidatesTokenCount": OUTPUT,
            "totalTokenCount": INPUT + OUTPUT,
            "cachedContentTokenCount": CACHED,
        }
        wants_json = "application/json" in json.dumps(body.get("generationConfig", {}))
        if "stream" not in self.path or wants_json:
            part: Body = {"text": '{"model_choice": "pro", "next_speaker": "user"}'}
            self._json(200, {"candidates": [_candidate(part)], "usageMetadata": usage})
            return
        self._stream()
        for piece in _pieces(prompt, command):
            part = {"text": piece}
            if command is not None:
                given = {"command": command, "description": "run it"}
                part = {"functionCall": {"name": "run_shell_command", "args": given}}
            self._data({"candidates": [_candidate(part)], "usageMetadata": usage})

    # ---- answers ----

    def _refused(self, prompt: str) -> bool:
        found = re.search(r"ERR(\d{3})", prompt)
        if found is None:
            return False
        error = {"type": "invalid_request_error", "message": "refused", "code": int(found[1])}
        self._json(int(found[1]), {"type": "error", "error": error})
        return True

    def _json(self, status: int, body: Body) -> None:
        data = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def _stream(self) -> None:
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.send_header("connection", "close")
        self.end_headers()
        self.close_connection = True

    def _event(self, kind: str, **fields: object) -> None:
        self.wfile.write(f"event: {kind}\n".encode())
        self._data({"type": kind} | fields)

    def _data(self, body: Body) -> None:
        self.wfile.write(f"data: {json.dumps(body)}\n\n".encode())
        self.wfile.flush()


def _prompt(messages: list[Body], name: str) -> tuple[str, bool]:
    """What a person typed since the last answer, and whether there is a tool's result instead."""
    texts, is_result = list[str](), False
    for message in reversed(messages):
        if message.get("role") in ("assistant", "model"):
            break
        content = message.get(name)
        parts = content if isinstance(content, list) else [{"text": content}]
        texts += [_REMINDER.sub("", str(part["text"])) for part in parts if "text" in part]
        is_result = is_result or any(
            part.get("type") == "tool_result" or "functionResponse" in part for part in parts
        )
    prompt = " ".join(texts).strip()
    typed = any(word in prompt for word in ("SLOW", "RUN[", "ERR"))
    return prompt, is_result and not typed


def _command(prompt: str) -> str | None:
    found = re.search(r"RUN\[(.*?)\]", prompt)
    return found[1] if found else None


def _pieces(prompt: str, command: str | None) -> Iterator[str]:
    if command is not None or "SLOW" not in prompt:
        yield "Hello from the model."
        return
    for number in range(SLOW_WORDS):
        yield f"{number} "
        time.sleep(SLOW_SECONDS)  # it is what the word asks for


def _candidate(part: Body) -> Body:
    return {"content": {"role": "model", "parts": [part]}, "finishReason": "STOP", "index": 0}


@contextmanager
def serving() -> Iterator[int]:
    """Serve, and give the port."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Model)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
