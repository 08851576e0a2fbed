from aimux.agents.context import (
    Context,
    PlanLimit,
    assume_window,
    percent_of,
    told_by_both,
)

LOG = Context(used=43_812, model="claude-opus-5-5", source="transcript")
TAP = Context(
    used=43_812,
    window=1_000_000,
    percent=4,
    cost=0.5,
    limits=(PlanLimit("five_hour", 12.0, 1.0),),
    source="status line",
)


def test_a_percentage_is_rounded_to_the_nearest_and_never_above_all() -> None:
    assert [percent_of(used, 1000) for used in (0, 4, 5, 995, 1000, 5000)] == [
        0,
        0,
        1,
        100,
        100,
        100,
    ]
    assert percent_of(5, 0) is None


def test_a_window_of_a_table_is_marked_and_never_replaces_one_that_was_told() -> None:
    assumed = assume_window(LOG, 200_000)
    assert (assumed.window, assumed.percent, assumed.assumed) == (200_000, 22, True)
    assert assume_window(TAP, 200_000) == TAP
    assert assume_window(LOG, 0) == LOG


def test_the_status_line_adds_what_a_transcript_does_not_know() -> None:
    both = told_by_both(assume_window(LOG, 200_000), TAP)
    assert (both.used, both.window, both.percent, both.assumed) == (43_812, 1_000_000, 4, False)
    assert (both.cost, both.limits, both.source) == (0.5, TAP.limits, "transcript, status line")


def test_newer_numbers_of_a_transcript_count_against_the_window_that_was_told() -> None:
    newer = Context(used=500_000, source="transcript")
    assert told_by_both(newer, TAP).percent == 50
    assert told_by_both(newer, None) == newer
