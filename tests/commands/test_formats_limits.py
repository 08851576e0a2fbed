"""Formats that would run away: each ends, and none raises."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aimux.commands.format_meter import SIZE_LIMIT
from aimux.commands.format_tree import FormatContext
from aimux.commands.formats import LOOP_LIMIT, expand

VALUES = {
    "self": "a#{E:self}",
    "twice": "#{E:twice}#{E:twice}",
    "windows": "#{W:#{E:windows}}",
    "long": "a" * SIZE_LIMIT,
    "job": "#(#{E:job})",
    "hashes": "#" * SIZE_LIMIT,
}


class Context:
    """Ten of everything, and every job prints itself three times."""

    def variable(self, name: str) -> str | None:
        return VALUES.get(name)

    def windows(self) -> Iterator[tuple[FormatContext, bool]]:
        return iter([(self, index == 3) for index in range(10)])

    sessions = windows
    panes = windows

    def job(self, command: str) -> str:
        return command * 3

    def search_pane(self, pattern: str, *, regex: bool, ignore_case: bool) -> int:
        return 0

    def name_exists(self, kind: str, name: str) -> bool:
        return False

    def now(self) -> float:
        return 1e9


def test_a_format_may_stand_in_itself_as_often_as_in_tmux() -> None:
    assert expand("#{E:self}", Context()) == "a" * (LOOP_LIMIT - 1)


@pytest.mark.parametrize(
    "template",
    [
        "#{E:twice}",
        "#{E:windows}",
        "#{E:job}",
        "#{E:hashes}" * 10,
        "#{p2000000000:x}" * 30,
        "#{w;p200000:x}" * 500,
        "#{s/(a|b|ab)*c/x/:long}" * 20,
        "#{m/r:(a+)+b,#{long}}" * 20,
        "#{m:*a*a*a*a*b,#{long}}" * 20,
        "#{s/a/aaaaaaaaaaaaaaaaaaaaaa/:long}" * 20,
        "#{" * 50_000,
        "#{?" * 50_000 + "}" * 50_000,
        "#{W:" * 120 + "x" + "}" * 120,
        "#(" * 50_000 + ")" * 50_000,
        "#{s/" + "(" * 500 + ":long}",
        "#{m/r:(a{200}){200},x}",
        "#{t/f/%100000Y:long}%100000000Y",
        "#{e|*|f|2000000000:1e308,1}" * 100,
    ],
    ids=lambda template: template[:30],
)
@pytest.mark.timeout(20)
def test_a_runaway_format_ends(template: str) -> None:
    assert len(expand(template, Context(), time=True)) <= SIZE_LIMIT


@given(
    st.lists(
        st.sampled_from(
            [
                *("#{", "}", "#", "##", ":", ";", ",", "=", "3", "/", "|", "s", "p", "w", "l", "E"),
                *("T", "t", "m", "e", "+", "?", "W:", "(", ")", "[", "self", "%Y", "é", "-"),
                *("\0", "\udcff"),
            ]
        ),
        max_size=40,
    )
)
@settings(max_examples=150)
def test_no_template_raises(pieces: list[str]) -> None:
    expand("".join(pieces), Context(), time=True)
