"""A member is put into any JSON text, and nothing else of it changes."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aimux.errors import LinkError
from aimux.mcp.json_members import read, value_at, with_member, without_member

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=12,
)
PATH = ("mcpServers", "aimux")
ENTRY = {"command": "aimux", "args": ["mcp"]}


@given(st.dictionaries(st.text(), JSON), st.sampled_from([None, 1, 2, "\t"]), st.booleans())
def test_what_was_put_in_is_all_that_is_new(
    known: dict[str, object], indent: int | str | None, is_ascii: bool
) -> None:
    known.pop("mcpServers", None)
    text = json.dumps(known, indent=indent, ensure_ascii=is_ascii)
    after = with_member(text, PATH, ENTRY)
    assert json.loads(after) == {**known, "mcpServers": {"aimux": ENTRY}}
    rest = without_member(without_member(after, PATH), PATH[:1])
    assert json.loads(rest) == known


def test_it_is_written_as_the_rest_is() -> None:
    before = '{\n\t"a": 1, // one\n\t"mcpServers": {\n\t\t"x": {}\n\t},\n}\n'
    after = with_member(before, PATH, 1)
    assert after == before.replace('"x": {}', '"x": {},\n\t\t"aimux": 1')
    assert with_member("{}", ("a",), 1) == '{\n  "a": 1\n}'
    assert with_member('{"b":2}', ("a",), 1) == '{"b":2, "a": 1}'
    assert with_member("{\r\n  /* c */\r\n}", ("a",), 1) == '{\r\n  "a": 1\r\n  /* c */\r\n}'


def test_comments_and_last_commas_are_read() -> None:
    assert read('// a\n{"b": [1, 2,], /* } */ "c": "// no",}') == {"b": [1, 2], "c": "// no"}
    assert value_at('{"a": {"b": 1}}', ("a", "b")) == 1
    assert value_at('{"a": 5}', ("a", "b")) is None


@pytest.mark.parametrize(
    "text", ["[]", "5", "{", "}", '{"a"}', '{"mcpServers": []}', "{'a': 1}", "[" * 100_000, "{}{}"]
)
def test_what_is_no_object_is_refused(text: str) -> None:
    with pytest.raises(LinkError):
        with_member(text, PATH, ENTRY)


def test_what_is_there_is_not_written_over() -> None:
    with pytest.raises(LinkError, match=r"mcpServers.aimux is there already"):
        with_member('{"mcpServers": {"aimux": 1}}', PATH, ENTRY)
