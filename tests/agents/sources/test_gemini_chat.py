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
