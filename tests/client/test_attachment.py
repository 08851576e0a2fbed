"""The server's reply to the guard."""

from __future__ import annotations

import json

import pytest

from aimux.client.attachment import parse_attachment
from aimux.errors import ProtocolError


def reply(**fields: object) -> bytes:
    return json.dumps({"ticket": "t", "columns": 130, "rows": 40} | fields).encode()


def test_a_reply_names_the_ticket_and_the_sidebar() -> None:
    attachment = parse_attachment(reply(sidebar_columns=30, sidebar_minimum=100, sidebar_width=30))
    assert attachment.ticket == "t"
    assert (attachment.sidebar_minimum, attachment.sidebar_width) == (100, 30)
    assert attachment.sidebar_shown


def test_a_wide_terminal_without_columns_for_the_sidebar_hides_it() -> None:
    assert not parse_attachment(reply(sidebar_columns=0)).sidebar_shown


def test_a_narrow_terminal_does_not_tell_whether_it_is_shown_when_wide() -> None:
    assert parse_attachment(reply(columns=80, sidebar_columns=0)).sidebar_shown


@pytest.mark.parametrize(
    "data", [b"", b"[]", b"{}", b"\xff", b'{"ticket":1}', b'{"ticket":"t","columns":[]}']
)
def test_anything_else_is_refused(data: bytes) -> None:
    with pytest.raises(ProtocolError):
        parse_attachment(data)
