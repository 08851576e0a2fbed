import json

from aimux.agents.sources.claude_transcript import ClaudeTranscript
from tests.agents.sources.recorded import lines


def read(*given: bytes) -> ClaudeTranscript:
    transcript = ClaudeTranscript()
    for line in given:
        transcript.feed(line)
    return transcript


def entry(kind: str, content: object, **fields: object) -> bytes:
    message = {"content": content} | fields.pop("message", {})  # type: ignore[operator]  # a dict
    at = "2026-11-22T09:00:00Z"
    return json.dumps({"type": kind, "message": message, "timestamp": at} | fields).encode()


def answer(tokens: int, reason: str = "end_turn", **fields: object) -> bytes:
    message = {"model": "m", "stop_reason": reason, "usage": {"input_tokens": tokens}}
    return entry("assistant", [{"type": "text", "text": "x"}], message=message, **fields)


def test_the_numbers_of_a_recorded_session() -> None:
    context = read(*lines("claude-transcript-0")).context
    assert context is not None
    assert (context.used, context.growth, context.model) == (43_812, 0, "claude-opus-5-5")
    assert (context.window, context.percent, context.compactions) == (0, None, 0)


def test_how_the_turns_of_a_recorded_session_ended() -> None:
    # A long answer and Esc; a question and Esc; a command that ran.
    transcript, ends = ClaudeTranscript(), list[str]()
    for line in lines("claude-transcript-0"):
        transcript.feed(line)
        end = transcript.claim.evidence if transcript.claim else ""
        if not ends or ends[-1] != end:
            ends.append(end)
    interrupted = "interrupted by the user"
    assert [end for end in ends if end] == [interrupted, interrupted, "end_turn"]
    assert transcript.claim is not None
    assert transcript.claim.state == "done"


def test_an_interrupted_session_is_idle_and_not_done() -> None:
    claim = read(*lines("claude-transcript-2")).claim
    assert claim is not None
    assert (claim.state, claim.at) == ("idle", 1795339732.306)


def test_growth_is_counted_from_the_beginning_of_the_turn() -> None:
    given = [entry("user", "a"), answer(100), entry("user", "b"), answer(150), answer(180)]
    context = read(*given).context
    assert context is not None
    assert (context.used, context.growth) == (180, 80)


def test_sidechains_and_errors_are_no_numbers_of_the_session() -> None:
    side = answer(9, isSidechain=True)
    error = answer(0, isApiErrorMessage=True, apiErrorStatus=429)
    transcript = read(entry("user", "a"), answer(100), side, error)
    assert transcript.context is not None
    assert transcript.context.used == 100
    assert transcript.claim is not None
    assert (transcript.claim.state, transcript.claim.evidence) == ("error", "API error 429")


def test_a_limit_says_when_it_ends() -> None:
    said = [{"type": "text", "text": "No more for now"}]
    limit = {"apiError": "usage_limit_reached", "quotaLimits": {"resetsAt": 1_795_383_395}}
    claim = read(entry("assistant", said, isApiErrorMessage=True, **limit)).claim
    assert claim is not None
    assert (claim.state, claim.resets_at) == ("limited", 1_795_383_395)


def test_a_limit_of_the_plan_is_told_from_another_error() -> None:
    said = [{"type": "text", "text": "You've hit your session limit · resets 3pm"}]
    claim = read(entry("assistant", said, isApiErrorMessage=True, apiErrorStatus=429)).claim
    assert claim is not None
    assert (claim.state, claim.detail) == ("limited", said[0]["text"])


def test_a_new_prompt_ends_what_the_last_turn_left() -> None:
    transcript = read(answer(100), entry("user", "more"))
    assert transcript.claim is None
    assert transcript.prompted_at == 1795338000.0


def test_the_result_of_a_tool_is_no_prompt() -> None:
    assert read(entry("user", [{"type": "tool_result"}])).prompted_at is None


def test_a_compaction_is_counted() -> None:
    line = b'{"type": "system", "subtype": "compact_boundary"}'
    context = read(line, answer(10)).context
    assert context is not None
    assert context.compactions == 1


def test_nonsense_is_passed_over() -> None:
    given = (b"", b"[]", b"{", b'{"type": 3}', b'{"type": "assistant", "message": []}', b"\xff")
    assert read(*given, b"[" * 100_000).context is None
