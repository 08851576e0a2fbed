from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from aimux.semantic.marks import (
    CommandEnd,
    CommandText,
    Directory,
    Mark,
    OutputStart,
    PromptEnd,
    PromptStart,
)
from aimux.semantic.segments import CommandLog, CommandRecord, Moment


def at(row: int, column: int = 0) -> Moment:
    return Moment(row=row, column=column, wall=1000.0 + row, monotonic=10.0 + row)


def feed(log: CommandLog, marks: Sequence[Mark], first_row: int = 0) -> list[CommandRecord]:
    news = [log.feed(mark, at(first_row + row)) for row, mark in enumerate(marks)]
    return [record for record in news if record is not None]


def command(text: str = "ls", status: int = 0, *, trusted: bool = True) -> list[Mark]:
    return [
        PromptStart(trusted),
        PromptEnd(trusted),
        CommandText(text, trusted),
        OutputStart(trusted),
        CommandEnd(status, trusted),
    ]


def test_a_command_is_news_when_it_starts_and_when_it_ends() -> None:
    started, ended = feed(CommandLog(), command("ls", 2), first_row=5)
    assert started.is_running
    assert (started.text, started.exit_status, started.last_row) == ("ls", None, None)
    assert (started.started, started.started_wall, started.first_row) == (18.0, 1008.0, 8)
    assert (ended.id, ended.exit_status, ended.seconds) == (started.id, 2, 1.0)
    assert ended.last_row == 8


def test_a_last_row_that_is_not_blank_is_output() -> None:
    log = CommandLog()
    log.feed(OutputStart(trusted=True), at(3))
    ended = log.feed(CommandEnd(0, trusted=True), at(4, column=2))
    assert ended is not None
    assert ended.last_row == 4


def test_no_output_is_an_empty_range() -> None:
    log = CommandLog()
    log.feed(OutputStart(trusted=True), at(3))
    ended = log.feed(CommandEnd(0, trusted=True), at(3))
    assert ended is not None
    assert (ended.first_row, ended.last_row) == (3, 2)


def test_a_prompt_ends_a_command_that_nobody_ended() -> None:
    log = CommandLog()
    _, ended = feed(log, [OutputStart(trusted=True), PromptStart(trusted=True)])
    assert (ended.exit_status, ended.is_running) == (None, False)
    assert log.is_at_prompt


def test_prompts_without_commands_leave_no_record() -> None:
    log = CommandLog()
    assert feed(log, [PromptStart(trusted=True), PromptEnd(trusted=True)] * 3) == []
    assert log.feed(CommandEnd(0, trusted=True), at(9)) is None
    assert log.last_commands(5) == []


def test_the_text_of_a_line_that_was_not_run_is_not_given_to_the_next() -> None:
    log = CommandLog()
    text, start = CommandText("rm", trusted=True), PromptStart(trusted=True)
    (started,) = feed(log, [start, text, start, OutputStart(trusted=True)])
    assert started.text is None


def test_the_directory_is_the_one_in_which_the_command_started() -> None:
    log = CommandLog()
    here, there = (Directory(path, "", trusted=True) for path in ("/a", "/b"))
    started, ended = feed(
        log, [here, OutputStart(trusted=True), there, CommandEnd(0, trusted=True)]
    )
    assert (started.path, ended.path, log.path) == ("/a", "/a", "/b")


def test_a_file_that_holds_marks_forges_nothing_in_a_shell_that_reports() -> None:
    log = CommandLog()
    feed(log, command("ls"))
    (running,) = feed(log, command("cat evil")[:-1], first_row=10)
    assert feed(log, command("forged", trusted=False), first_row=20) == []
    log.feed(Directory("/forged", "", trusted=False), at(30))
    assert (log.running, log.path) == (running, None)


def test_what_was_claimed_before_the_shell_spoke_is_forgotten() -> None:
    log = CommandLog()
    feed(log, [Directory("/forged", "", trusted=False), CommandText("forged", trusted=False)])
    (started,) = feed(log, [OutputStart(trusted=True)])
    assert (started.text, started.path, started.trusted) == (None, None, True)


def test_a_shell_without_the_nonce_is_recorded_as_not_trusted() -> None:
    log = CommandLog()
    assert [record.trusted for record in feed(log, command(trusted=False))] == [False, False]
    assert not log.is_integrated


def test_the_screen_is_asked_only_for_a_text_that_was_not_said() -> None:
    asked: list[tuple[int, int]] = []

    def read(start: Moment, end: Moment) -> str:
        asked.append((start.row, end.row))
        return "from the screen"

    log = CommandLog(read_text=read)
    marks = [PromptStart(trusted=True), PromptEnd(trusted=True), OutputStart(trusted=True)]
    assert feed(log, marks)[0].text == "from the screen"
    assert feed(log, command("said"))[-1].text == "said"
    assert asked == [(1, 2)]


def test_the_newest_come_first_and_the_oldest_are_forgotten() -> None:
    log = CommandLog(limit=3)
    for number in range(5):
        feed(log, command(str(number)))
    feed(log, command("running")[:-1])
    assert [record.text for record in log.last_commands(9)] == ["running", "4", "3", "2"]
    assert [record.text for record in log.last_commands(2)] == ["running", "4"]
    assert log.last_commands(0) == []


def test_a_clock_that_goes_back_gives_no_negative_time() -> None:
    log = CommandLog()
    log.feed(OutputStart(trusted=True), at(9))
    ended = log.feed(CommandEnd(0, trusted=True), at(2))
    assert ended is not None
    assert (ended.seconds, ended.last_row) == (0.0, 8)


any_mark = st.one_of(
    st.builds(PromptStart, st.booleans()),
    st.builds(PromptEnd, st.booleans()),
    st.builds(OutputStart, st.booleans()),
    st.builds(CommandText, st.text(), st.booleans()),
    st.builds(CommandEnd, st.none() | st.integers(0, 255), st.booleans()),
    st.builds(Directory, st.text(), st.text(), st.booleans()),
)


@given(st.lists(any_mark))
def test_any_marks_in_any_order_give_whole_records(marks: list[Mark]) -> None:
    log = CommandLog()
    news = feed(log, marks)
    assert len({record.id for record in news if record.is_running}) == sum(
        record.is_running for record in news
    )
    for record in log.last_commands(500):
        assert record.is_running == (record is log.running)
        assert record.is_running or (record.last_row or 0) >= record.first_row - 1
