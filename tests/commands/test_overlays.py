"""display-menu, display-panes and display-popup: what they open, say and run."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from aimux.commands.command import Source
from aimux.commands.queue import Queue
from aimux.keys.mouse import MouseEvent
from aimux.model.client import Client
from aimux.model.menu import Menu
from aimux.model.overlay import Taken
from aimux.model.pane_numbers import PaneNumbers
from aimux.model.popup import Closing, Popup
from aimux.server.reading import language
from aimux.styles.draw import StyleRange
from aimux.styles.style import parse_style
from tests.server.world import World, make_world

MENU = "display-menu -x 0 -y 0 One 1 { display-message one } '' Two 2 'display-message two'"


@dataclass
class Asker:
    """One who asks for commands, and what they were told."""

    said: list[str] = field(default_factory=list)
    status: int | None = None

    def output(self, text: str) -> None:
        self.said.append(text)

    raw = error = output

    def fail(self, status: int) -> None:
        self.status = status


@dataclass
class Desk:
    """A world with one client, and a queue."""

    world: World = field(default_factory=make_world)
    asker: Asker = field(default_factory=Asker)
    idle: int = 0

    def __post_init__(self) -> None:
        state, effects = self.world.state, self.world.effects
        self.client: Client = self.world.client()
        self.language = language(state, effects)
        self.queue = Queue(state, effects, self.language, idle=self._idle)

    def _idle(self) -> None:
        self.idle += 1

    def run(self, text: str, **source: object) -> None:
        source = {"client": self.client, **source}
        self.queue.append(self.language.read_string(text), Source(self.asker, **source))
        self.queue.run()

    def press(self, *names: str) -> Taken:
        taken = Taken.STAYS
        for name in names:
            assert self.client.overlay is not None
            taken = self.client.overlay.key(name)
            if taken is not Taken.STAYS:
                self.client.close_overlay()
        return taken

    @property
    def asked(self) -> list[tuple[str, object]]:
        return [one for one in self.world.effects.asked if one[0] != "format_job"]

    @property
    def menu(self) -> Menu:
        assert isinstance(self.client.overlay, Menu)
        return self.client.overlay

    @property
    def popup(self) -> Popup:
        assert isinstance(self.client.overlay, Popup)
        return self.client.overlay


@pytest.fixture
def desk() -> Desk:
    return Desk()


# ---- menus ----


def test_a_menu_holds_the_queue_back_and_runs_what_is_chosen_for_its_client(desk: Desk) -> None:
    desk.run(f"{MENU} ; display-message -p after")
    assert [item.label.split("#")[0] for item in desk.menu.items] == ["One", "", "Two"]
    assert desk.asker.said == []
    desk.press("2")
    assert desk.asked == [("run_at", (desk.client.name, "display-message two"))]
    assert desk.asker.said == ["after"]
    assert desk.idle == 1


def test_a_menu_that_is_closed_runs_nothing(desk: Desk) -> None:
    desk.run(MENU)
    desk.press("Escape")
    assert desk.client.overlay is None
    assert (desk.asked, desk.idle) == ([], 1)


def test_items_without_a_name_and_lines_above_the_first_are_left_out(desk: Desk) -> None:
    desk.run("display-menu '' '#{nothing}' a { kill-pane } B b { kill-pane } '' '' C nokey '' ")
    assert [item.label.split("#")[0] for item in desk.menu.items] == ["B", "", "", "C"]
    assert [item.key for item in desk.menu.items] == ["b", "", "", ""]


@pytest.mark.parametrize("text", ["display-menu ''", "display-menu '#{nothing}' a b"])
def test_a_menu_without_items_is_none(desk: Desk, text: str) -> None:
    desk.run(text)
    assert (desk.client.overlay, desk.idle) == (None, 1)


def test_an_item_needs_a_key_and_a_command(desk: Desk) -> None:
    desk.run("display-menu One 1")
    assert desk.asker.said == ["not enough arguments"]


def test_a_menu_that_has_no_room_is_not_shown(desk: Desk) -> None:
    items = " ".join(f"Item{number} '' ''" for number in range(23))
    desk.run(f"display-menu {items}")
    assert (desk.client.overlay, desk.idle) == (None, 1)


def test_there_is_one_overlay_at_a_time(desk: Desk) -> None:
    desk.run(MENU)
    first = desk.client.overlay
    Desk.run(desk, "display-panes")
    assert desk.client.overlay is first


def test_a_script_needs_a_client(desk: Desk) -> None:
    desk.client.session = None
    for text in (MENU, "display-popup true", "display-panes"):
        desk.run(text, client=None)
    assert desk.asker.said == ["no current client"] * 3


def test_what_a_program_named_itself_does_not_change_a_menus_look(desk: Desk) -> None:
    desk.world.pane.title = "#[bg=red]x"
    desk.run("display-menu -T '#{pane_title}' 'A #{pane_title}' '' ''")
    assert desk.menu.title == "##[bg=red]x"
    assert desk.menu.items[0].label.startswith("A ##[bg=red]x")


# ---- where they stand ----


@pytest.mark.parametrize(
    ("where", "column", "row"),
    [
        ("-x 5 -y 9", 5, 6),
        ("-x 200 -y 200", 66, 21),
        ("-x -5 -y 0", 0, 0),
        ("", 32, 9),
        ("-x C -y C", 32, 9),
        ("-x R -y P", 66, 20),
        ("-x P -y S", 0, 20),
        ("-x W -y W", 7, 20),
        ("-x M -y M", 13, 3),
        ("-x '#{popup_width}' -y '#{popup_height}'", 14, 0),
        ("-x nonsense -y ''", 0, 0),
    ],
)
def test_positions(desk: Desk, where: str, column: int, row: int) -> None:
    desk.world.effects.ranges = (StyleRange("window", "0", 7, 12),)
    event = MouseEvent(3, 20, 3)
    desk.run(f"display-menu {where} Item42 a {{ kill-pane }}", mouse_event=event)
    assert (desk.menu.column, desk.menu.row, desk.menu.columns) == (column, row, 10)


# ---- numbers ----


def test_a_number_runs_the_template_and_lets_the_queue_go_on(desk: Desk) -> None:
    desk.run("display-panes 'display-message -p \"chose %%\"' ; display-message -p after")
    assert isinstance(desk.client.overlay, PaneNumbers)
    assert desk.press("0") is Taken.CLOSES
    assert desk.asker.said == ["chose %0", "after"]


def test_a_number_that_no_pane_has_only_closes(desk: Desk) -> None:
    desk.run("display-panes 'display-message -p \"chose %%\"'")
    desk.press("5")
    assert (desk.client.overlay, desk.asker.said, desk.idle) == (None, [], 1)


def test_the_numbers_count_from_pane_base_index(desk: Desk) -> None:
    desk.world.window.options.set("pane-base-index", "3")
    desk.run("display-panes { display-message -p '%%' }")
    desk.press("3")
    assert desk.asker.said == ["%0"]


def test_b_does_not_hold_the_queue_back(desk: Desk) -> None:
    desk.run("display-panes -b 'display-message -p \"chose %%\"' ; display-message -p after")
    assert desk.asker.said == ["after"]
    desk.press("0")
    assert desk.asker.said == ["after", "chose %0"]


@pytest.mark.parametrize(("flags", "seconds"), [("", 1.0), ("-d 2500", 2.5)])
def test_the_numbers_go_after_a_while(desk: Desk, flags: str, seconds: float) -> None:
    desk.run(f"display-panes {flags}")
    due, action = desk.world.effects.timers[-1]
    assert due == pytest.approx(seconds)
    action()
    assert (desk.client.overlay, desk.idle) == (None, 1)


def test_a_duration_of_0_is_for_ever_and_a_wrong_one_is_refused(desk: Desk) -> None:
    desk.run("display-panes -d x")
    assert desk.asker.said == ["delay invalid"]
    desk.run("display-panes -d 0")
    assert desk.world.effects.timers == []


# ---- popups ----


def test_k_lets_any_key_close_what_a_program_left(desk: Desk) -> None:
    desk.run("display-popup -k -EE 'exit 3'")
    desk.world.effects.popups[desk.popup.pane.id](3)
    desk.press("x")
    assert desk.client.overlay is None


def test_a_popup_runs_its_program_on_a_screen_of_its_own(desk: Desk) -> None:
    desk.run("display-popup -w 20 -h 50% -e A=b -d /usr -T '#{session_name}' 'top -d1'")
    popup = desk.popup
    (name, (identity, program)) = desk.asked[-1]
    assert (name, identity) == ("run_popup", popup.pane.id)
    assert (program.argv, program.shell, program.path) == (("top -d1",), "/bin/sh", "/usr")
    assert program.environment["A"] == "b"
    assert not {"AIMUX_PANE", "TMUX_PANE"} & program.environment.keys()
    assert (popup.pane.columns, popup.pane.rows, popup.title) == (18, 10, "work")
    assert popup.pane.id not in desk.world.state.panes
    assert desk.world.state.counters.pane == 1


@pytest.mark.parametrize(
    ("words", "argv", "direct"),
    [("", ("/bin/sh",), True), ("'a b'", ("a b",), False), ("a 'b c'", ("a", "b c"), True)],
)
def test_its_words_are_for_the_shell_or_a_program(
    desk: Desk, words: str, argv: tuple[str, ...], direct: bool
) -> None:
    desk.world.session.options.set("default-shell", "/bin/sh")
    desk.run(f"display-popup {words}")
    _, (_, program) = desk.asked[-1]
    assert (program.argv, program.direct) == (argv, direct)


def test_its_end_is_the_status_of_whoever_asked(desk: Desk) -> None:
    desk.run("display-popup -E 'exit 3'")
    popup = desk.popup
    desk.world.effects.popups[popup.pane.id](3)
    assert (desk.client.overlay, desk.asker.status, desk.idle) == (None, 3, 1)


def test_closing_it_hangs_its_program_up(desk: Desk) -> None:
    desk.run("display-popup cat")
    identity = desk.popup.pane.id
    desk.run("display-popup -C")
    desk.press("Escape")
    assert ("kill", identity) in desk.asked
    assert desk.asker.status == 129


def test_it_can_become_a_pane(desk: Desk) -> None:
    desk.run("display-popup cat")
    popup = desk.popup
    popup.mouse(MouseEvent(3, 0, 0))
    assert popup.key("v") is Taken.CLOSES
    desk.client.close_overlay()
    assert desk.world.window.panes == [desk.world.pane, popup.pane]
    assert desk.world.window.active is popup.pane
    assert desk.world.state.panes[popup.pane.id] is popup.pane
    assert popup.pane.id == 1
    assert "kill" not in [name for name, _ in desk.asked]


@pytest.mark.parametrize(
    ("flags", "error"),
    [
        ("-w 0", "width too small"),
        ("-w 81", "width too large"),
        ("-h 101%", "height too large"),
        ("-h x", "height invalid"),
        ("-b wavy", "popup-border-lines unknown value: wavy"),
    ],
)
def test_wrong_sizes_and_lines_are_refused(desk: Desk, flags: str, error: str) -> None:
    desk.run(f"display-popup {flags} cat")
    assert (desk.asker.said, desk.client.overlay) == ([error], None)


@pytest.mark.parametrize(("flags", "shown"), [("-w 2", False), ("-w 3", True), ("-B -w 1", True)])
def test_one_without_room_for_its_inside_is_not_shown(desk: Desk, flags: str, shown: bool) -> None:
    desk.run(f"display-popup {flags} cat")
    assert (desk.client.overlay is not None) is shown


def test_a_menu_has_the_look_of_its_options_and_flags(desk: Desk) -> None:
    options = desk.world.window.options
    options.set("menu-style", "fg=red")
    options.set("menu-border-lines", "double")
    desk.run(f"{MENU.replace('display-menu', 'display-menu -S bg=blue -C 1')}")
    menu = desk.client.overlay
    assert isinstance(menu, Menu)
    assert (menu.look.style, menu.look.border) == (parse_style("fg=red"), parse_style("bg=blue"))
    assert (menu.look.lines, menu.look.chosen) == ("double", None)
    assert menu.choice == 0  # a line cannot be chosen


@pytest.mark.parametrize(("flag", "choice"), [("-C 2", 2), ("-C -", None), ("-C 9", 0)])
def test_a_menu_may_begin_elsewhere(desk: Desk, flag: str, choice: int | None) -> None:
    desk.run(MENU.replace("display-menu", f"display-menu {flag} -H fg=green -b none"))
    menu = desk.client.overlay
    assert isinstance(menu, Menu)
    assert (menu.choice, menu.look.chosen) == (choice, parse_style("bg=yellow,fg=green"))


@pytest.mark.parametrize(
    ("flag", "error"),
    [
        ("-C x", "starting choice invalid"),
        ("-b dotted", "menu-border-lines unknown value: dotted"),
    ],
)
def test_a_menu_that_cannot_be_is_refused(desk: Desk, flag: str, error: str) -> None:
    desk.run(MENU.replace("display-menu", f"display-menu {flag}"))
    assert (desk.asker.said, desk.client.overlay) == ([error], None)


def test_display_popup_changes_a_popup_that_is_open(desk: Desk) -> None:
    desk.run("set-option -s tmux-version 3.7c ; display-popup -E cat")
    popup = desk.client.overlay
    assert isinstance(popup, Popup)
    # The popup holds the queue back that opened it.
    desk.queue = Queue(desk.world.state, desk.world.effects, desk.language, idle=lambda: None)
    desk.run("display-popup -T new -b double -s bg=red")
    assert desk.client.overlay is popup
    assert (popup.title, popup.lines, popup.closing) == ("new", "double", Closing.AT_EXIT)
    desk.run("display-popup -N")
    assert popup.closing is Closing.BY_KEY
    desk.run("display-popup -B")
    assert popup.pane.columns == popup.box.columns


@pytest.mark.parametrize(
    ("where", "row", "column"),
    [("-x W", 3, 4), ("-x M", 23, 13), ("-x M", 3, 33), ("-x C", 3, 22)],
)
def test_right_of_a_sidebar_columns_count_from_the_window(
    desk: Desk, where: str, row: int, column: int
) -> None:
    desk.world.effects.ranges = (StyleRange("window", "0", 24, 29),)
    desk.client.sidebar_columns = 20
    assert desk.client.session is not None
    desk.client.session.options.set("sidebar", "left")
    desk.run(f"display-menu {where} Item42 a {{ kill-pane }}", mouse_event=MouseEvent(3, 40, row))
    assert desk.menu.column == column


def test_a_menu_of_a_pane_below_tabs_counts_their_row(desk: Desk) -> None:
    desk.run("split-window -d")
    assert desk.client.session is not None
    desk.run("display-menu -y P -x P Item42 a { kill-pane }")
    above = desk.menu.row
    desk.client.close_overlay()
    desk.client.session.options.set("narrow-columns", "200")
    desk.run("display-menu -y P -x P Item42 a { kill-pane }")
    assert desk.menu.row == above + 1
