from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aimux.commands.parser import ParsedBlock, parse_text
from aimux.errors import ParseError
from migrate_tmux.placeholders import MarkingContext
from migrate_tmux.statements import StatementKind, read_statements
from tests.migrate_tmux.homes import CONFIGS


def texts(text: str) -> list[tuple[int, str]]:
    return [(one.line, one.text) for one in read_statements(text, source="f")]


@pytest.mark.parametrize(
    ("text", "statements"),
    [
        ("a b # c\n\n  c\n", [(1, "a b"), (3, "c")]),
        ("a \\\n  b\nc", [(1, "a \\\n  b"), (3, "c")]),
        ("a \\;\\\n  b \\;\\\n\nc", [(1, "a \\;\\\n  b \\;"), (4, "c")]),
        ("bind x {\n # y\n a\n}\nb\n", [(1, "bind x {\n # y\n a\n}"), (5, "b")]),
        ("a 'x\ny'\nb", [(1, "a 'x\ny'"), (3, "b")]),
        ("# only\n", []),
        ("a '\\' \\\\\nb", [(1, "a '\\' \\\\"), (2, "b")]),
    ],
)
def test_a_statement_is_what_was_written_without_comments_behind_it(
    text: str, statements: list[tuple[int, str]]
) -> None:
    assert texts(text) == statements


def test_conditions_are_told_apart() -> None:
    text = "%if a\nb\n%elif c\nd\n%else\ne\n%endif\n%if a b %endif\nX=1\n"
    kinds = [one.kind for one in read_statements(text, source="f")]
    assert kinds == [
        *(StatementKind.IF, StatementKind.COMMANDS, StatementKind.BRANCH, StatementKind.COMMANDS),
        *(StatementKind.BRANCH, StatementKind.COMMANDS, StatementKind.ENDIF),
        *(StatementKind.CONDITIONAL, StatementKind.COMMANDS),
    ]
    assert read_statements("X=1\n", source="f")[0].names == {"X"}


@pytest.mark.parametrize("path", sorted(CONFIGS.glob("*.conf")), ids=lambda path: path.stem)
def test_statements_of_real_files_mean_what_the_file_means(path: Path) -> None:
    text = path.read_text()
    assert meaning("\n\n".join(one for _, one in texts(text))) == meaning(text)


@given(st.text(alphabet="ab \t\n\\;{}'\"#%$~=", max_size=40))
@settings(max_examples=300, deadline=None)
def test_whatever_can_be_parsed_has_statements_that_mean_the_same(text: str) -> None:
    try:
        whole = meaning(text)
    except ParseError:
        return
    assert meaning("\n\n".join(one for _, one in texts(text))) == whole


def meaning(text: str) -> list[object]:
    """The commands of a text, without where they stand."""
    parsed = parse_text(text, source=None, context=MarkingContext(), one_group=True)
    return [_of_block(parsed), [(one.name, one.value) for one in parsed.assignments]]


def _of_block(block: ParsedBlock) -> list[object]:
    return [
        [one.name, *(_of_block(w) if isinstance(w, ParsedBlock) else w for w in one.arguments)]
        for one in block
    ]
