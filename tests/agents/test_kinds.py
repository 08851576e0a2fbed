from pathlib import Path

import pytest

from aimux.agents.kinds import MAX_FILE, load_kinds, parse_kind, shipped_kinds
from aimux.errors import ParseError

NAMES = {"aider", "amp", "claude-code", "codex", "copilot", "crush", "cursor-agent"} | {
    "gemini-cli",
    "goose",
    "kimi",
    "opencode",
    "pi",
    "qwen",
}
GOOD = 'title = "X"\n[process]\nprograms = ["x"]\n'


def test_every_kind_that_is_promised_is_there() -> None:
    assert set(shipped_kinds()) == NAMES


def test_no_two_kinds_claim_the_same_thing() -> None:
    for claims in (
        [app for kind in shipped_kinds().values() for app in kind.reports_as],
        [name for kind in shipped_kinds().values() for name in kind.process.programs],
        [name for kind in shipped_kinds().values() for name in kind.process.scripts],
    ):
        assert len(claims) == len(set(claims))


def test_a_kind_is_read_whole() -> None:
    kind = parse_kind("x", GOOD + 'ignored_arguments = ["serve"]\n')
    assert (kind.name, kind.title, kind.reports_as) == ("x", "X", ())
    assert kind.process.programs == ("x",)
    assert kind.process.ignored_arguments == ("serve",)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("title = ", "x.toml"),
        ('[process]\nprograms = ["x"]\n', "title is missing"),
        ('title = "X"\n', r"\[process\] is missing"),
        ('title = "X"\n[process]\n', "names no program"),
        ('title = "X"\n[process]\nprograms = "x"\n', "programs is not a list"),
        ('title = "X"\n[process]\nprograms = [1]\n', "programs is not a list"),
        ('titel = "X"\n' + GOOD, "unknown key: titel"),
        (GOOD + "colour = 1\n", "unknown key: colour"),
    ],
)
def test_a_file_that_is_no_kind_is_refused_by_name(text: str, message: str) -> None:
    with pytest.raises(ParseError, match=message):
        parse_kind("x", text)


def test_a_person_s_file_replaces_a_shipped_one(tmp_path: Path) -> None:
    first, second = tmp_path / "1", tmp_path / "2"
    for directory, title in ((first, "Old"), (second, "New")):
        directory.mkdir()
        (directory / "x.toml").write_text(GOOD.replace('"X"', f'"{title}"'))
    (first / "y.toml").write_text(GOOD)
    kinds = load_kinds([first, second, tmp_path / "missing"])
    assert (set(kinds), kinds["x"].title) == ({"x", "y"}, "New")


@pytest.mark.parametrize("data", [b"\xff", b"#" * (MAX_FILE + 1)])
def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "x.toml").write_bytes(data)
    with pytest.raises(ParseError, match=r"x\.toml"):
        load_kinds([tmp_path])
