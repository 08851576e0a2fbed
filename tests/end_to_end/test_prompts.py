"""Shell prompts in copy mode, as the shell's marks (OSC 133) say where they are."""

from __future__ import annotations

from tests.end_to_end.side_by_side import Pair
from tests.end_to_end.world import PREFIX, World
from tests.waiting import wait_until

PROGRAM = r"""
for n in 1 2 3; do
    printf '\033]133;A\033\\$ \033]133;B\033\\run %s\n\033]133;C\033\\' $n
    seq 20
    printf '\033]133;D;0\033\\'
done
echo rea''dy; cat
"""


def test_copy_mode_goes_from_prompt_to_prompt(aimux: World) -> None:
    aimux.do("new", "-d", "-s", "work", "-x", "60", "-y", "10", PROGRAM)
    aimux.wait_for("ready", "work")
    aimux.do("copy-mode", "-t", "work")

    def line(command: str, *words: str) -> str:
        aimux.do("send-keys", "-t", "work", "-X", command, *words)
        return aimux.ask("#{copy_cursor_line}", "work")

    assert [line("previous-prompt") for _ in range(3)] == ["$ run 3", "$ run 2", "$ run 1"]
    assert line("next-prompt") == "$ run 2"
    aimux.do("send-keys", "-t", "work", "-X", "next-prompt", "-o")
    wait_until(lambda: aimux.ask("#{copy_cursor_line}", "work") == "1")


def test_what_a_key_does_is_said_in_the_status_line(aimux: World) -> None:
    pair = Pair(aimux)
    pair.do("set", "-g", "display-time", "0")
    pair.attached()
    pair.answer(PREFIX + b"/", "key", b"c")
    pair.same("C-b c Create a new window")
    assert pair.asked("#{pane_in_mode}") == ("0\n", "0\n")
    pair.tmux("kill-server")
