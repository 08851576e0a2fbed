from __future__ import annotations

import pytest

from aimux.link.command_line import CommandLine, UsageError


def test_options_end_at_the_first_other_word() -> None:
    line = CommandLine(["-2u", "-Lwork", "-f", "a", "-fb", "new", "-d", "-s", "x"])
    assert (line.counts["2"], line.counts["u"], line.counts["v"]) == (1, 1, 0)
    assert (line.last("L"), line.last("S"), line.values["f"]) == ("work", None, ["a", "b"])
    assert line.command == ("new", "-d", "-s", "x")


def test_two_dashes_end_the_options_and_one_is_a_word() -> None:
    assert CommandLine(["-v", "--", "-x"]).command == ("-x",)
    assert CommandLine(["-vv", "-"]).command == ("-",)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["-z"], "aimux: unknown option -- z"),
        (["-2z", "ls"], "aimux: unknown option -- z"),
        (["-L"], "aimux: option requires an argument -- L"),
        (["-c", "true", "ls"], ""),
        (["-D", "ls"], ""),
    ],
)
def test_wrong_options_are_refused_in_tmuxs_words(words: list[str], said: str) -> None:
    with pytest.raises(UsageError) as caught:
        CommandLine(words)
    assert str(caught.value) == said


def test_the_request_is_told_of_the_options() -> None:
    flags = CommandLine(["-CCCl2", "-T", "RGB,title"]).request_flags()
    assert (flags["control"], flags["login"], flags["features"]) == (2, True, "256,RGB,title")
