"""Formats, held against what tmux 3.3a makes of the same template with the same values."""

import os
import subprocess
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from aimux.commands.format_tree import FormatContext
from aimux.commands.formats import expand
from tests.programs import tmux_3_3a

Oracle = Callable[[Sequence[str]], list[str]]

OPTIONS = {
    "@abc": "abc",
    "@abab": "abABab",
    "@path": "/usr/local/lib/x.so",
    "@slashes": "///",
    "@trailing": "foo/",
    "@wide": "日本語テキスト",
    "@emoji": "a👍b",
    "@mark": "e\u0301x",
    "@hashes": "a##b#c",
    "@hash": "###",
    "@style": "#[fg=red]red#[default] plain##x",
    "@open": "a#[fg=red",
    "@quotes": "a b'c\"$d",
    "@format": "#[bold#,fg=#{@colour}]x",
    "@colour": "blue",
    "@number": "42",
    "@negative": "-7",
    "@fraction": "3.5",
    "@one": "1",
    "@zero": "0",
    "@empty": "",
    "@time": "1445765102",
    "@strftime": "%Y-#S",
    "@odd": "xaxxb.*c",
    "@self": "a#{E:@self}",
}
VARIABLES = {"session_name": "work", "HOME": "/home/me"}
WINDOWS = ("first", "second", "third")
CURRENT = 1
NOW = 1_700_000_000.0

MODIFIERS = (
    *("", "b:", "d:", "q:", "q/e:", "q/h:", "q/x:", "n:", "w:", "E:", "T:", "E;T:", "T;E:", "l:"),
    *("=3:", "=-3:", "=/3/..:", "=/-3/<>:", "=1:", "=-1:", "=2:", "=x:", "=:", "=/2:", "=/2/:"),
    *("p9:", "p-9:", "p:", "p3;=1:", "n;=2:", "w;=-2:", "=#{@one}:", "p#{@number}:"),
    *("t:", "t/p:", "t/f/%Y#,%m:", "t/f/%Y#:%m:", "t/f/x#{session_name}%%:", "a:", "c:"),
    *("s/a/Z/:", "s/A/Z/i:", "s/a|b/<\\0>/:", "s/(a)(b)?/[\\2\\1]/:", "s/^a/Q/:"),
    *("s/$/Q/:", "s/[[:upper:]]+/_/:", "s/[^a-z]//:", "s/.*\\///:", "s/a{2}/-/i:", "s/*/x/:"),
    *("s/(/x/:", "s/\\./D/:", "s|a|b|:", "s,a,b,:", "s=a=b=:", "s/a:", "s/a/:", "s:", "s/a/b/;p6:"),
    *("s/(a|ab)(B|BAb)/<\\1>/i:", "s/4/#{@one}/:", "E;s/a/b/;=4;p6:", "z:", ";l:", "l;:"),
)
PER_VARIABLE = (
    *("#{{?{0},T,F}}", "#{{?#{{{0}}},T,F}}", "#{{==:#{{{0}}},abc}}", "#{{!=:#{{{0}}},}}"),
    *("#{{m:*a*,#{{{0}}}}}", "#{{m/i:*A?,#{{{0}}}}}", "#{{m/r:^a.*b,#{{{0}}}}}"),
    *("#{{m/ri:^A|o$,#{{{0}}}}}", "#{{e|+|:#{{{0}}},1}}", "#{{e|*|f|3:#{{{0}}},1.5}}"),
    *("#{{<:#{{{0}}},b}}", "#{{>=:#{{{0}}},abc}}", "#{{=3:#{{{0}}}}}", "#{{l:#{{{0}}}}}"),
    *("x#{{E:{0}}}y", "#{{W:#{{{0}}},<#W>}}", "#{{&&:#{{{0}}},1}}", "#{{||:#{{{0}}},0}}"),
)
SYNTAX = (
    *(
        "#",
        "##",
        "###",
        "####x",
        "#,",
        "#}",
        "#z",
        "#é",
        "a#{",
        "a#{b",
        "x#(",
        "#{}",
        "#{:}",
        "#{;}",
    ),
    *("}", "{}", "#S", "#W#I#F", "#{session_name", "#{session_name}}", "#{l:}", "#{#{@abc}}"),
    *("#[fg=red]x#[default]", "##[x]", "###[fg=red]#S", "#[fg=#{@colour}#,bold]", "%Y", "%%", "a%"),
    *("#{?}", "#{?a}z", "#{?a,b}z", "#{?session_name,,}", "#{?@nosuch,a,b,c}", "#{?1,a,b}"),
    *("#{?session_name,a#,b,c}", "#{?#{==:a,a},#[fg=red#,bold]x,y}", "#{?x#S,a,b}"),
    *("#{==:a}z", "#{==:a#,b,a#,b}", "#{==:#{?session_name,a,b},a}", "#{&&:1,}", "#{||:,}"),
    *("#{<:a,b}#{>:a,b}#{<=:a,a}#{>=:a,b}", "#{>=:é,z}", "#{==;l:a,b}", "#{l;==:a,b}"),
    *("#{m:a,b,c}", "#{m:[!a]*,bc}", "#{m:[^a]*,bc}", "#{m:[a-c]?,bz}", "#{m:[[:digit:]]*,1x}"),
    *("#{m:\\*,*}", "#{m:\\*,x}", "#{m:a[,a[}", "#{m:[]a],]}", "#{m:,}", "#{m:*,}", "#{m/r:,}"),
    *("#{m/r:a||b,z}", "#{m/r:\\bfoo\\b,a foo b}", "#{m/r:(a)\\1,aa}", "#{m/r:(a)\\1,ab}"),
    *("#{m/r:[[:no:]],a}", "#{m/r:a**,b}", "#{m/r:a|*b,a}", "#{m/r:),)}", "#{m/r:(,(}"),
    *(
        "#{e|-|:5,7}",
        "#{e|/|:7,2}",
        "#{e|/|f:7,2}",
        "#{e|/|f|4:7,3}",
        "#{e|m|:-7,3}",
        "#{e|%%|:7,3}",
    ),
    *(
        "#{e|/|:5,0}",
        "#{e|/|f:0,0}",
        "#{e|/|f:-1,0}",
        "#{e|m|:1,0}",
        "#{e|m|f:1,0}",
        "#{e|*|:9e9,9e9}",
    ),
    *(
        "#{e|==|:1,1.5}",
        "#{e|==|f:1,1.5}",
        "#{e|!=|:1,2}",
        "#{e|<|:1,2}",
        "#{e|>=|:1,2}",
        "#{e|=|:1,2}",
    ),
    *("#{e|+|f|0:1.5,1}", "#{e|+||3:1,2}", "#{e|+|f|x:1,2}", "#{e|+|f|-1:1,2}", "#{e|+|f|2|5:1,2}"),
    *(
        "#{e|+|:a,1}",
        "#{e|+|: 1,2}",
        "#{e|+|:1 ,2}",
        "#{e|+|:,}",
        "#{e|+|:0x1p3,1e1}",
        "#{e|+|f:inf,1}",
    ),
    *(
        "#{e|-|f:inf,inf}",
        "#{e|+|f:nan,1}",
        "#{e|+|:1_0,1}",
        "#{e:1,2}",
        "#{e|+|:1}",
        "#{e|+|:1,2,3}",
    ),
    *("#{S:[#S]}", "#{W:#W}", "#{W:#W ,<#W>}", "#{W:#{W:#W#,},#{W:(#W)}}", "#{W:}", "#{W}"),
    *("#{N:second}#{N/w:nope}#{N/s:work}#{N/s:nope}", "#{N/x:work}", "#{N:#{@abc}}"),
    *("#{a:65}#{a:31}#{a:126}#{a:127}", "#{a: 65}#{a:+65}#{a:65.}", "#{c:##ff0000}#{c:colour100}"),
    *("#{q:#{@quotes}}", "#{b:#{@path}}", "#{w:#{@wide}}", "#{=2:#{@wide}}", "#{E:#{@abc}}"),
    *("#{l;n:abcd}", "#{l;w:日本}", "#{l;p5:ab}|", "#{l;s/b/X/:abc}", "#{l;=2:abc}", "#{l;q:a b}"),
    *(
        "#{s/^/Q/:@abc}",
        "#{s/x*/-/:@odd}",
        "#{HOME}",
        "#{b:HOME}",
        "#{t:HOME}",
        "#{?HOME,a,b}",
        "#{@nosuch}x",
        "#{n;E:@self}",
        "#{E:@self}",
    ),
)


class Context:
    """A session of three windows, as the oracle's."""

    def __init__(self, window: int = CURRENT, *, now: float = NOW) -> None:
        self._window = window
        self._now = now

    def variable(self, name: str) -> str | None:
        mine = {
            "window_name": WINDOWS[self._window],
            "window_index": str(self._window),
            "window_flags": "*" if self._window == CURRENT else "",
        }
        return (OPTIONS | VARIABLES | mine).get(name)

    def sessions(self) -> Iterator[tuple[FormatContext, bool]]:
        yield self, True

    def windows(self) -> Iterator[tuple[FormatContext, bool]]:
        for index in range(len(WINDOWS)):
            yield Context(index, now=self._now), index == CURRENT

    def panes(self) -> Iterator[tuple[FormatContext, bool]]:
        yield self, True

    def job(self, command: str) -> str:
        return f"<{command}>"

    def search_pane(self, pattern: str, *, regex: bool, ignore_case: bool) -> int:
        return len(pattern) * 100 + regex * 10 + ignore_case

    def name_exists(self, kind: str, name: str) -> bool:
        return name in {"w": WINDOWS, "s": ("work",)}[kind]

    def now(self) -> float:
        return self._now


@pytest.fixture(scope="module")
def oracle(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Oracle]:
    """Expands templates in a real tmux, many in one call."""
    program = tmux_3_3a()
    socket: Path = tmp_path_factory.mktemp("formats") / "tmux"
    environment = {"PATH": os.defpath, "HOME": "/home/me", "LANG": "C.UTF-8", "TERM": "xterm"}
    environment |= {"TZ": os.environ["TZ"]} if "TZ" in os.environ else {}

    def run(*commands: Sequence[str]) -> str:
        words = [word for command in commands for word in (*command, ";")][:-1]
        done = subprocess.run(
            [program, "-u", "-S", str(socket), "-f", "/dev/null", *words],
            capture_output=True,
            check=False,
            env=environment,
            timeout=30,
        )
        return done.stdout.decode("utf-8", "surrogateescape")

    run(("new-session", "-d", "-s", "work", "-n", WINDOWS[0], "cat"))
    run(("set-option", "-g", "base-index", "0"), ("set-option", "-g", "renumber-windows", "on"))
    run(*[("new-window", "-d", "-n", name, "cat") for name in WINDOWS[1:]])
    # A semicolon at the end of a word would end the command.
    run(*[("set-option", "-g", name, value) for name, value in OPTIONS.items()])
    run(("select-window", "-t", f":{CURRENT}"), ("set-hook", "-gu", "x"))
    yield lambda templates: run(
        *[("display-message", "-p", f"{template}|") for template in templates]
    ).split("\n")[: len(templates)]
    run(("kill-server",))


def assert_same(templates: Sequence[str], oracle: Oracle) -> None:
    """A bar at the end keeps blanks and shows where tmux gave up."""
    answers = oracle([*templates, "%s"])
    context = Context(now=int(answers.pop().removesuffix("|")))
    wanted = dict(zip(templates, answers, strict=True))
    assert {text: expand(f"{text}|", context, time=True) for text in templates} == wanted


@pytest.mark.parametrize("modifiers", MODIFIERS)
def test_a_modifier_makes_of_every_value_what_tmux_makes(modifiers: str, oracle: Oracle) -> None:
    names = [*OPTIONS, *VARIABLES]
    assert_same([f"#{{{modifiers}{name}}}" for name in names], oracle)


@pytest.mark.parametrize("shape", PER_VARIABLE)
def test_a_shape_of_format_makes_of_every_value_what_tmux_makes(shape: str, oracle: Oracle) -> None:
    assert_same([shape.format(name) for name in OPTIONS], oracle)


def test_syntax_is_read_as_tmux_reads_it(oracle: Oracle) -> None:
    assert_same(SYNTAX, oracle)


def test_without_time_percent_signs_stay() -> None:
    assert expand("%Y #{@strftime} #{T:@strftime}", Context()) == "%Y %Y-#S 2023-work"


def test_a_jobs_output_may_hold_formats_but_starts_no_job() -> None:
    class Worker(Context):
        def job(self, command: str) -> str:
            return f"{command} #S #(inner) %Y"

    assert expand("[#(ls #{@abc} #(x))]", Worker(), time=True) == "[ls abc  work  %Y]"


@pytest.mark.parametrize(
    ("template", "line"), [("#{C:ab}", "200"), ("#{C/r:ab}", "210"), ("#{C/ri:#{@abc}}", "311")]
)
def test_a_search_tells_the_pane_how_to_search(template: str, line: str) -> None:
    assert expand(template, Context()) == line


def test_a_loop_without_anything_to_loop_over_ends_the_template() -> None:
    class Alone(Context):
        def windows(self) -> Iterator[tuple[FormatContext, bool]]:
            return iter(())

    assert expand("a#{W:b}c", Alone()) == "a"
