import pytest

from aimux.agents.sources.codex_rollout import CodexRollout, codex_percent
from tests.agents.sources.recorded import lines


def read(name: str) -> CodexRollout:
    rollout = CodexRollout()
    for line in lines(name):
        rollout.feed(line)
    return rollout


def test_the_numbers_of_a_recorded_thread() -> None:
    context = read("codex-rollout-1").context
    assert context is not None
    assert (context.used, context.window, context.percent) == (43_932, 258_400, 13)
    assert (context.growth, context.model, context.source) == (0, "gpt-5.2-codex", "rollout")
    assert [(one.name, one.percent) for one in context.limits] == [("5h", 37.5), ("week", 12.0)]


def test_a_thread_knows_where_and_by_whom_it_was_made() -> None:
    rollout = read("codex-rollout-1")
    assert rollout.thread == "01a20294-bdf0-7b62-b272-692a64f8d11e"
    assert rollout.works_in("/home/dev/proj")
    assert not rollout.works_in("/home/dev")


def test_a_usage_limit_is_a_limit() -> None:
    claim = read("codex-rollout-0").claim
    assert claim is not None
    assert (claim.state, claim.evidence) == ("limited", "usage_limit_exceeded")
    assert "hit your usage limit" in claim.detail


def test_how_the_turns_of_a_recorded_thread_ended() -> None:
    # A long answer; one that was interrupted or denied on the way; a usage limit.
    rollout, ends = CodexRollout(), list[str]()
    for line in lines("codex-rollout-0"):
        rollout.feed(line)
        end = rollout.claim.state if rollout.claim else ""
        if end and (not ends or ends[-1] != end):
            ends.append(end)
        elif not end and ends and ends[-1]:
            ends.append("")
    assert [end for end in ends if end][-1] == "limited"
    assert "done" in ends


@pytest.mark.parametrize(
    ("used", "window", "percent"),
    [(43_932, 258_400, 13), (0, 258_400, 0), (300_000, 258_400, 100), (5, 9_000, None)],
)
def test_a_percentage_is_counted_as_codex_counts(
    used: int, window: int, percent: int | None
) -> None:
    assert codex_percent(used, window) == percent


def test_nonsense_is_passed_over() -> None:
    rollout = CodexRollout()
    for line in (b"", b"{}", b'{"type":"event_msg"}', b'{"type":"session_meta","payload":7}'):
        rollout.feed(line)
    assert (rollout.context, rollout.claim) == (None, None)
