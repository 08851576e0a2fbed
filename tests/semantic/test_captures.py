"""Every recording is understood as a person understands it, however its bytes are cut."""

import pytest

from aimux.semantic.condense import condensed
from aimux.semantic.reading import estimated_tokens
from aimux.semantic.recognise import Recogniser
from aimux.semantic.result import Result
from aimux.semantic.tool_table import tool_table
from tests.semantic.recorded import Recording, recordings

RECORDINGS = recordings()
EACH = pytest.mark.parametrize("recording", RECORDINGS, ids=lambda each: each.name)


def understood(recording: Recording, lines: list[str], command: str | None) -> Result:
    recogniser = Recogniser(command)
    for line in lines:
        recogniser.feed(line)
    return recogniser.result(recording.label["exit_code"])


def assert_as_labelled(recording: Recording, result: Result) -> None:
    label = recording.label
    said = (result.tool, result.kind, result.status)
    assert said == (label["tool"], label["kind"], label["status"])
    for name, value in label["facts"].items():
        got = result.facts.get(name)
        if isinstance(value, list):
            assert isinstance(got, tuple)
            assert set(value) <= set(got)
        else:
            assert got == value


@EACH
def test_a_recording_is_understood(recording: Recording) -> None:
    lines = recording.lines()
    assert_as_labelled(recording, understood(recording, lines, recording.label["cmd"]))


@pytest.mark.parametrize("recording", RECORDINGS[::7], ids=lambda each: each.name)
def test_pieces_cut_anywhere_change_nothing(recording: Recording) -> None:
    lines = recording.cut_lines(seed=len(recording.name))
    assert lines == recording.lines()


@EACH
def test_no_tool_claims_anothers_output(recording: Recording) -> None:
    """Without the command's words: the tool that is named is right, or none is."""
    result = understood(recording, recording.lines(), None)
    label = recording.label
    allowed = {label["tool"], "", *AS_GOOD.get(label["tool"], ())}
    assert result.tool in allowed
    if label["exit_code"]:
        assert result.status in ("fail", label["status"])
    elif label["status"] in ("ok", "info"):
        assert result.status in ("ok", "info", "warn")


# Printed by both, or by a tool that the named one runs.
AS_GOOD = {
    "clang": ("gcc", "ld"),
    "flake8": ("pylint", "ruff"),
    "make": ("gcc", "ld", "go", "shell"),
    "cmake": ("gcc", "make", "ninja"),
    "ninja": ("gcc", "cmake"),
    "go": ("rust",),
    "rustc": ("cargo",),
    "cargo": ("rustc", "rust"),
    "prove": ("tap",),
    "uv": ("pip",),
    "ctest": ("make",),
}


@EACH
def test_compressed_reading_keeps_what_a_person_names(recording: Recording) -> None:
    lines = recording.lines()
    result = understood(recording, lines, recording.label["cmd"])
    full, short = "\n".join(lines), "\n".join(condensed(lines, result, since=7))
    names = [v for v in recording.label["facts"].values() if isinstance(v, list)]
    for name in (str(name) for each in names for name in each):
        assert name not in full or name in short


COMMANDS = sorted(
    f"{program} {' '.join(words)}"
    for program, rows in tool_table().by_program.items()
    for words, _ in rows
)
MIXED = [line for each in RECORDINGS[::3] for line in each.lines()[:4]]


@pytest.mark.parametrize("exit_status", [0, 1, None])
def test_any_tools_words_over_anybodys_output_keep_to_the_exit_status(
    exit_status: int | None,
) -> None:
    allowed = {0: {"ok", "warn", "info"}, 1: {"fail", "info", "warn"}, None: {"unknown", "fail"}}
    for command in COMMANDS[::3]:
        recogniser = Recogniser(command)
        for line in MIXED:
            recogniser.feed(line)
        assert recogniser.result(exit_status).status in allowed[exit_status]


def test_compressed_reading_saves_three_fifths_of_the_tokens() -> None:
    raw = short = 0
    for recording in RECORDINGS:
        lines = recording.lines()
        result = understood(recording, lines, recording.label["cmd"])
        raw += estimated_tokens(recording.data().decode(errors="replace"))
        short += estimated_tokens("\n".join(condensed(lines, result, since=7)))
    assert short <= 0.4 * raw
