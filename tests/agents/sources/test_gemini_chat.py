import json
from hashlib import sha256

from aimux.agents.sources.gemini_chat import GeminiChat
from tests.agents.sources.recorded import lines


def test_a_recorded_chat() -> None:
    chat = GeminiChat()
    states = []
    for line in lines("gemini-chat"):
        chat.feed(line)
        states.append(chat.claim.state if chat.claim else "")
    assert chat.session == "a7c046f9-7ca2-416d-85d1-339c8f87f2f0"
    assert chat.context is not None
    assert (chat.context.used, chat.context.model) == (43_812, "gemini-3.8-flash")
    assert (chat.context.growth, chat.context.source) == (None, "chat")
    # The command is asked for and runs; only the answer after it ends the turn.
    assert states.index("done") == len(lines("gemini-chat")) - 2


def test_a_chat_belongs_to_the_directory_whose_hash_it_holds() -> None:
    chat = GeminiChat()
    chat.feed(b'{"sessionId": "s", "projectHash": "%s"}' % sha256(b"/p").hexdigest().encode())
    assert chat.works_in("/p")
    assert not chat.works_in("/q")


def after(*entries: dict[str, object]) -> GeminiChat:
    chat = GeminiChat()
    for entry in entries:
        chat.feed(json.dumps({"timestamp": "2026-11-22T20:44:09.424Z"} | entry).encode())
    return chat


PROMPT: dict[str, object] = {"type": "user", "content": [{"text": "go on"}]}
CANCELLED: dict[str, object] = {"type": "info", "content": "Request cancelled."}


def test_a_request_that_was_cancelled_ended_at_rest() -> None:
    chat = after(PROMPT, CANCELLED)
    assert chat.claim is not None
    assert (chat.claim.state, chat.claim.at) == ("idle", chat.prompted_at)


def test_a_request_that_failed_ended_in_an_error_with_its_words() -> None:
    chat = after(PROMPT, {"type": "error", "content": "[API Error: refused]"})
    assert chat.claim is not None
    assert (chat.claim.state, chat.claim.detail) == ("error", "[API Error: refused]")
    assert after(PROMPT, {"type": "info", "content": "This request failed."}).claim is None


def test_what_the_program_writes_again_behind_a_new_context_is_neither_asked_nor_answered() -> None:
    context = {"type": "user", "content": [{"text": "<session_context>\nThis is"}]}
    again = {"type": "gemini", "content": [{"text": "Hello"}], "tokens": None}
    chat = after(CANCELLED, context, again)
    assert chat.prompted_at is None
    assert chat.claim is not None
    assert chat.claim.state == "idle"
