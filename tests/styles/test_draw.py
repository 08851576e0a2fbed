"""Drawn lines: the rules, and the status line of a real tmux beside ours."""

import fcntl
import os
import pty
import select
import struct
import subprocess
import termios
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pyte
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aimux.styles.draw import DrawnLine, StyleRange, draw
from aimux.styles.style import parse_style
from tests.programs import tmux_3_3a

ROWS = 6
CellLook = tuple[str, str, str, bool, bool, bool]


def line(text: str, columns: int = 20, **options: bool) -> DrawnLine:
    return draw(text, columns=columns, depth=256, **options)


def looks(screen: pyte.Screen, row: int) -> list[CellLook]:
    cells = (screen.buffer[row][column] for column in range(screen.columns))
    return [(c.data, c.fg, c.bg, c.bold, c.reverse, c.underscore) for c in cells]


def replayed(drawn: DrawnLine, columns: int) -> list[CellLook]:
    screen = pyte.Screen(columns, 1)
    pyte.Stream(screen).feed(drawn.text)
    return looks(screen, 0)


def shown(text: str, columns: int = 20) -> str:
    return "".join(look[0] for look in replayed(line(text, columns), columns))


def test_default_blanks_at_the_end_are_erased_not_written() -> None:
    assert line("abc").text == "abc\x1b[17X"
    assert line("").text == "\x1b[20X"


def test_a_line_ends_in_default_attributes() -> None:
    assert line("#[fg=red]ab#[bold]c#[default]d", 4).text == "\x1b[31mab\x1b[0;1;31mc\x1b[0md"
    assert line("#[reverse]ab", 2).text == "\x1b[7mab\x1b[0m"


def test_a_base_colours_the_whole_line() -> None:
    drawn = draw("a", columns=3, base=parse_style("bg=green"), depth=256)
    assert drawn.text == "\x1b[42ma  \x1b[0m"


def test_fixed_colours_withstand_the_styles_but_not_their_attributes() -> None:
    base = parse_style("bg=green")
    drawn = draw("#[fg=red,bold]a", columns=1, base=base, depth=256, fixed_colours=True)
    assert drawn.text == "\x1b[1;42ma\x1b[0m"


def test_control_characters_never_come_out() -> None:
    assert line("a\x1b[31m\x07\x00\x9b\u2028\udc9bb\r\n", 8).text == "a[31mb\x1b[2X"


def test_marks_join_the_character_before_them_and_their_number_is_limited() -> None:
    assert line("e\u0301x", 2).text == "e\u0301x"
    assert line("\u0301x", 1).text == "x"
    assert line("👩\u200d💻x", 3).text == "👩\u200d💻x"
    assert len(line("e" + "\u0301" * 500, 1).text) == 10


def test_half_a_wide_character_is_a_blank() -> None:
    assert line("日本", 3).text == "日\x1b[1X"
    assert line("#[align=right]日本", 3).text == " 本"


def test_a_line_without_columns_is_nothing() -> None:
    assert draw("abc", columns=0, depth=256) == DrawnLine("", ())


def test_ranges_reach_one_column_past_their_text_if_the_part_does() -> None:
    text = "#[range=left]ab#[norange]  #[range=window|3]cd#[range=user|x]ef#[norange]"
    assert line(text).ranges == (
        StyleRange("left", "", 0, 3),
        StyleRange("window", "3", 4, 7),
        StyleRange("user", "x", 6, 8),
    )


def test_ranges_move_and_shrink_with_their_part() -> None:
    text = "#[align=right]#[range=window|1]abcdef#[norange]."
    assert line(text, 20).ranges == (StyleRange("window", "1", 13, 20),)
    assert line(text, 4).ranges == (StyleRange("window", "1", 0, 4),)


def test_the_focus_of_a_long_list_stays_in_sight_between_markers() -> None:
    items = "".join(f"#[list={'focus' if n == 5 else 'on'}]item{n} " for n in range(10))
    text = (
        f"#[list=on align=left]#[list=left-marker]<#[list=right-marker]>#[list=on]{items}#[nolist]"
    )
    assert shown(text) == "<item4 item5 item6 >"


@given(st.text(alphabet="#[]{},=ab日\u0301\u200d\x1b fgred|window1liston", max_size=60))
def test_any_text_fills_exactly_the_columns(text: str) -> None:
    drawn = line(f"#[align=left]{text}#[list=on align=centre]{text}#[nolist]{text}", 11)
    screen = pyte.Screen(11, 1)
    pyte.Stream(screen).feed(drawn.text + "\x1b[0m")
    assert "\n" not in drawn.text
    assert all(0 <= r.start < r.end <= 11 for r in drawn.ranges)


LINES = (
    "#[list=on]#[nolist]after",
    "#[list=on align=left]#[nolist]after",
    "#[align=left]LEFT#[align=centre]CENTRE#[align=right]RIGHT",
    "#[fill=red]x#[align=right]y",
    "#[align=left]日本#[align=right]語語語",
    "#[fg=red]a#[push-default]b#[default]c#[fg=blue]d#[default]e#[pop-default]f#[default]g",
    "##x ###[bold]y ####[z]",
    "#[bold,nonsense]x",
    "abc#[fg=red",
    "#[align=absolute-centre]MID#[align=left]L#[align=right]R",
    "#[acs]qqxx#[default]z",
    "#[fg=terminal,bg=terminal]x#[default]y",
    "#[fg=colour1,bg=brightblue,underscore]x",
    "L" * 30 + "#[align=centre]" + "C" * 30 + "#[align=right]" + "R" * 30,
    "#[align=right]" + "abcdefghij" * 10,
    "日本語" * 20,
    # Never cut inside its first character: tmux then shifts the rest of the line.
    "#[reverse]rev#[noreverse]x#[align=centre]" + "日本" * 12,
    "#[ignore]a#[fg=red]b ##[x",
    *(
        f"L#[list=on align={align}]#[list=left-marker]<<#[list=right-marker]>>#[list=on]"
        + "".join(f"#[list={'focus' if n == 9 else 'on'}]item{n} " for n in range(count))
        + "#[nolist]AFTER#[align=right]RIGHT"
        for align in ("left", "centre", "right", "absolute-centre")
        for count in (3, 20)
    ),
)

Attach = Callable[[int], Callable[[str], list[CellLook]]]


@pytest.fixture(scope="module")
def attached(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Attach]:
    """Attaches a client of so many columns; it then shows any status line."""
    program = tmux_3_3a()
    socket: Path = tmp_path_factory.mktemp("draw") / "tmux"
    command = [program, "-u", "-S", str(socket), "-f", "/dev/null"]
    environment = {"PATH": os.defpath, "LANG": "C.UTF-8", "TERM": "xterm-256color"}

    def run(*words: str) -> None:
        subprocess.run([*command, *words], env=environment, check=True, timeout=30)

    run("new-session", "-d", "-s", "work", "cat", ";", "set", "-g", "status-interval", "0")
    clients = []

    def attach(columns: int) -> Callable[[str], list[CellLook]]:
        master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, columns, 0, 0))
        words = [*command, "attach-session", "-d", "-t", "work"]
        # tmux wants a controlling terminal of its own.
        client = subprocess.Popen(
            words, stdin=slave, stdout=slave, stderr=slave, env=environment, start_new_session=True
        )
        os.close(slave)
        clients.append((client, master))
        screen = pyte.Screen(columns, ROWS)
        stream = pyte.ByteStream(screen)

        def show(text: str) -> list[CellLook]:
            # A blank line first: where tmux cuts a wide character it leaves what was there before.
            for drawn in ("", f"{text}#[default]"):
                seen = f"drawn-{time.monotonic_ns()}"
                words = (
                    "set",
                    "-g",
                    "status-format[0]",
                    drawn,
                    ";",
                    "set",
                    "-g",
                    "set-titles",
                    "on",
                )
                run(*words, ";", "set", "-g", "set-titles-string", seen)
                wait_for_title(seen)
            return looks(screen, ROWS - 1)

        def wait_for_title(seen: str) -> None:
            deadline = time.monotonic() + 5
            while screen.title != seen:
                ready, _, _ = select.select([master], [], [], deadline - time.monotonic())
                assert ready, "tmux did not draw"
                stream.feed(os.read(master, 65536))

        return show

    yield attach
    run("kill-server")
    for client, master in clients:
        client.wait(timeout=30)
        os.close(master)


@pytest.mark.parametrize("columns", [80, 40, 13])
def test_a_line_looks_as_in_tmux(columns: int, attached: Attach) -> None:
    show = attached(columns)
    base = parse_style("bg=green,fg=black")
    for text in LINES:
        drawn = draw(f"{text}#[default]", columns=columns, base=base, depth=256)
        assert (text, replayed(drawn, columns)) == (text, show(text))
