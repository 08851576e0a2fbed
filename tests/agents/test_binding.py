from aimux.agents.binding import Candidate, logs_of_turn


def test_the_log_whose_turn_began_with_the_panes_is_its_log() -> None:
    logs = [Candidate("a", 100.4), Candidate("b", 90.0), Candidate("c", None)]
    assert logs_of_turn(logs, 100.0) == ["a"]


def test_two_turns_at_once_are_not_told_apart() -> None:
    assert len(logs_of_turn([Candidate("a", 100.4), Candidate("b", 99.0)], 100.0)) == 2


def test_a_turn_that_is_in_no_log_fits_none() -> None:
    assert logs_of_turn([Candidate("a", 50.0)], 100.0) == []
