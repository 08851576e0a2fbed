import pytest

from aimux.agents.kinds import shipped_kinds
from aimux.agents.title_rules import parse_title_rules, read_sequence, read_title
from aimux.errors import ParseError


@pytest.mark.parametrize(
    ("kind", "title", "state"),
    [
        ("claude-code", "⠂ fix the tests", "working"),
        ("claude-code", "✳ fix the tests", "unknown"),
        ("codex", "⠙ name | proj", "working"),
        ("codex", "[ ! ] Action Required | name | proj", "waiting"),
        ("codex", "name | proj", "unknown"),
        ("gemini-cli", "✋  Action Required (proj)", "waiting"),
        ("gemini-cli", "✦  Working… (proj)", "working"),
        ("gemini-cli", "◇  Ready (proj)", "unknown"),
        ("opencode", "", "unknown"),
    ],
)
def test_a_title_tells_what_it_is_right_about_and_never_idle(
    kind: str, title: str, state: str
) -> None:
    claim = read_title(shipped_kinds()[kind].titles, title, 7.0)
    assert (claim.source, claim.state, claim.at) == ("terminal", state, 7.0)


@pytest.mark.parametrize(
    ("code", "payload", "state"),
    [
        (9, "4;1;40", "working"),
        (9, "4;3", "working"),
        (9, "4;2;9", "error"),
        (9, "4;0", "unknown"),
        (9, "4;1;" + "9" * 5000, "working"),
        (777, "notify;Gemini CLI needs your attention;Approval required | Shell", "waiting"),
        (21337, "indicator=#ff0000;status=working", "working"),
    ],
)
def test_control_strings_that_tell_of_a_state(code: int, payload: str, state: str) -> None:
    claim = read_sequence(code, payload, 1.0)
    assert claim is not None
    assert claim.state == state


@pytest.mark.parametrize(
    ("code", "payload"),
    [
        (9, "a notification"),
        (777, "notify;Gemini CLI;session complete"),
        (777, ""),
        (21337, "status=dancing"),
    ],
)
def test_control_strings_that_tell_of_none(code: int, payload: str) -> None:
    assert read_sequence(code, payload, 1.0) is None


def test_progress_has_its_percentage() -> None:
    claim = read_sequence(9, "4;1;40", 1.0)
    assert claim is not None
    assert claim.progress == 40


@pytest.mark.parametrize(
    "table",
    [{}, [{"match": "x"}], [{"match": "(", "state": "idle"}], [{"match": "x", "state": "y"}]],
)
def test_wrong_titles_in_a_file_are_refused(table: object) -> None:
    with pytest.raises(ParseError, match="title"):
        parse_title_rules("x", table)
