import pytest

from aimux.agents.state_claims import (
    LAG_SECONDS,
    OUTCOME_SECONDS,
    RANKS,
    Claim,
    Source,
    combine,
    is_news,
    is_told,
    outdates_rest,
)
from aimux.agents.state_names import AgentStateName


def said(source: Source, state: AgentStateName, at: float, **more: str) -> Claim:
    return Claim(source, state, at, **more)


def believed(*claims: Claim) -> tuple[str, str] | None:
    claim = combine(claims)
    return None if claim is None else (claim.source, claim.state)


def test_nobody_is_taken_for_idle_because_nothing_is_said() -> None:
    assert believed() is None
    assert believed(said("screen", "unknown", 1), said("terminal", "unknown", 2)) is None


def test_the_highest_rank_is_believed_however_old_it_is() -> None:
    claims = [said(source, "working", 100 - rank) for source, rank in RANKS.items()]
    while claims:
        best = min(claims, key=lambda claim: claim.rank)
        assert combine(reversed(claims)) == best
        claims.remove(best)


def test_a_higher_rank_that_takes_its_word_back_leaves_it_to_the_next() -> None:
    assert believed(said("osc 7501", "unknown", 9), said("registry", "idle", 1)) == (
        "registry",
        "idle",
    )


@pytest.mark.parametrize("source", ["registry", "hook"])
def test_a_wait_that_began_later_beats_work_that_a_higher_rank_told(source: Source) -> None:
    assert believed(said("osc 7501", "idle", 1), said(source, "waiting", 2)) == (source, "waiting")
    assert believed(said("osc 7501", "working", 1), said(source, "waiting", 2)) == (
        source,
        "waiting",
    )


def test_a_wait_is_over_when_a_higher_rank_speaks_later() -> None:
    later = said("osc 7501", "working", 3)
    assert believed(later, said("registry", "waiting", 2)) == ("osc 7501", "working")
    assert believed(said("registry", "idle", 3), said("hook", "waiting", 2)) == ("registry", "idle")


def test_a_wait_is_not_over_because_a_lower_rank_speaks_later() -> None:
    asks = said("osc 7501", "waiting", 2)
    assert believed(asks, said("registry", "working", 3)) == ("osc 7501", "waiting")


def test_a_screen_that_seems_to_wait_does_not_beat_what_an_agent_says() -> None:
    assert believed(said("osc 7501", "working", 1), said("screen", "waiting", 2)) == (
        "osc 7501",
        "working",
    )


@pytest.mark.parametrize("state", ["waiting", "working"])
def test_escape_of_which_hooks_are_silent_is_told_by_transcript_and_title(
    state: AgentStateName,
) -> None:
    hook = said("hook", state, 1)
    assert believed(hook, said("transcript", "idle", 2)) == ("transcript", "idle")
    ready = said("terminal", "unknown", 2)
    assert believed(hook, ready, said("screen", "idle", 3)) == ("screen", "idle")
    assert believed(hook, said("transcript", "done", 0)) == ("hook", state)


def test_what_a_title_repeats_of_a_hook_ends_nothing() -> None:
    hook = said("hook", "waiting", 1, detail="rm x")
    assert believed(hook, said("terminal", "waiting", 2)) == ("hook", "waiting")


@pytest.mark.parametrize("end", ["done", "error", "limited"])
def test_a_registry_knows_not_how_a_turn_ended_and_a_transcript_does(end: AgentStateName) -> None:
    assert believed(said("registry", "idle", 10), said("transcript", end, 9.5)) == (
        "transcript",
        end,
    )


def test_an_end_of_long_ago_is_not_that_of_the_newest_turn() -> None:
    idle, old = said("registry", "idle", 6 + OUTCOME_SECONDS), said("transcript", "error", 5)
    assert believed(idle, old) == ("registry", "idle")
    assert believed(said("registry", "working", 10), said("transcript", "done", 9.9)) == (
        "registry",
        "working",
    )


def test_an_error_that_is_a_limit_is_told_as_one() -> None:
    assert believed(said("osc 7501", "error", 5), said("transcript", "limited", 5)) == (
        "transcript",
        "limited",
    )


def test_an_agent_that_says_idle_and_done_apart_is_believed() -> None:
    assert believed(said("osc 7501", "idle", 5), said("transcript", "done", 5)) == (
        "osc 7501",
        "idle",
    )


@pytest.mark.parametrize(
    ("source", "state"), [("terminal", "working"), ("screen", "waiting"), ("screen", "working")]
)
def test_a_transcript_tells_of_what_has_ended_and_not_of_what_goes_on(
    source: Source, state: AgentStateName
) -> None:
    done = said("transcript", "done", 5)
    assert believed(done, said(source, state, 5 + 2 * LAG_SECONDS)) == (source, state)
    assert believed(done, said(source, state, 4)) == ("transcript", "done")
    assert believed(done, said("screen", "idle", 6)) == ("transcript", "done")


def test_a_screen_is_not_needed_where_the_agent_speaks() -> None:
    assert is_told([said("registry", "idle", 1)])
    assert not is_told([said("registry", "unknown", 1), said("terminal", "working", 1)])


def test_a_title_and_a_screen_that_lag_do_not_make_an_ended_turn_go_on() -> None:
    done = said("transcript", "done", 5)
    for source in ("terminal", "screen"):
        assert believed(done, said(source, "working", 5 + LAG_SECONDS / 2)) == (
            "transcript",
            "done",
        )  # type: ignore[arg-type]  # one of them
    assert believed(done, said("hook", "working", 5.1)) == ("hook", "working")


def test_a_hook_that_is_over_leaves_the_state_to_the_screen() -> None:
    working = said("hook", "working", 5)
    assert is_told([working])
    assert not is_told([working, said("terminal", "unknown", 6)])


def test_that_a_turn_has_ended_is_no_news_after_how_it_ended() -> None:
    for state in ("error", "idle", "limited"):
        assert not is_news(said("hook", "done", 6), said("hook", state, 5))
        assert is_news(said("hook", "working", 6), said("hook", state, 5))
    assert is_news(said("hook", "done", 6), said("hook", "working", 5))
    assert is_news(said("hook", "done", 6), None)
    assert is_news(said("osc 7501", "done", 6), said("osc 7501", "idle", 5))


def test_rest_that_was_seen_on_a_screen_is_over_once_somebody_tells_of_work() -> None:
    rest, work = said("screen", "idle", 5), said("screen", "working", 5)
    assert outdates_rest(said("terminal", "working", 6), rest)
    assert not outdates_rest(said("terminal", "working", 6), work)
    assert not outdates_rest(said("terminal", "unknown", 6), rest)
    assert not outdates_rest(said("terminal", "working", 6), None)


def test_a_new_turn_outdates_how_the_last_one_ended() -> None:
    ended = said("transcript", "idle", 5)
    assert outdates_rest(said("hook", "working", 6), ended)
    assert not outdates_rest(said("hook", "working", 4), ended)
    assert not outdates_rest(said("terminal", "working", 6), ended)
    assert not outdates_rest(said("hook", "done", 6), ended)


def test_a_hook_that_comes_late_does_not_undo_an_interrupt() -> None:
    interrupted = said("transcript", "idle", 5)
    assert believed(interrupted, said("hook", "done", 8)) == ("transcript", "idle")
    assert believed(interrupted, said("hook", "done", 6 + OUTCOME_SECONDS)) == ("hook", "done")
    assert believed(interrupted, said("osc 7501", "done", 5)) == ("osc 7501", "done")
    assert believed(interrupted, said("hook", "waiting", 4)) == ("transcript", "idle")


def test_an_event_that_was_overtaken_is_no_news() -> None:
    assert not is_news(said("hook", "waiting", 4), said("hook", "working", 5))
    assert is_news(said("hook", "waiting", 5), said("hook", "working", 5))


def test_a_reminder_does_not_take_the_exact_request_away() -> None:
    asks = said("hook", "waiting", 5, detail="touch x")
    assert not is_news(said("hook", "waiting", 11), asks)
    assert is_news(said("hook", "waiting", 11, detail="touch y"), asks)
