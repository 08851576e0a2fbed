"""The format variables of clients (tmux(1), FORMATS)."""

from __future__ import annotations

import os

from aimux.commands.client_flags import flag_names
from aimux.commands.format_scope import Reader, Scope, flag, joined, of_client, seconds
from aimux.commands.host import user_name
from aimux.model.client import DEFAULT_TABLE, Client

UNKNOWN_SIZE = 0  # pixels of a cell: no terminal is asked for them


def terminal_features(client: Client, _scope: Scope) -> str:
    """What the client makes use of on its terminal, by tmux's names, in tmux's order."""
    if client.abilities is None:
        return ""
    return ",".join(sorted(client.abilities.features, key=str.casefold))


def client_flags(client: Client, _scope: Scope) -> str:
    """What `list-clients` shows in brackets."""
    return joined(flag_names(client))


def key_table_name(client: Client) -> str:
    """The table that a client's next key is looked up in, by default that of `key-table`."""
    if client.key_table != DEFAULT_TABLE or client.session is None:
        return client.key_table
    return client.session.options.text("key-table")


CLIENT_VARIABLES: dict[str, Reader] = {
    "client_activity": of_client(lambda client, _: seconds(client.activity)),
    "client_cell_height": of_client(lambda client, _: UNKNOWN_SIZE if client.terminal else ""),
    "client_cell_width": of_client(lambda client, _: UNKNOWN_SIZE if client.terminal else ""),
    "client_control_mode": of_client(lambda client, _: flag(client.control)),
    "client_created": of_client(lambda client, _: seconds(client.created)),
    "client_discarded": of_client(lambda _client, _: 0),  # frames are skipped, bytes never
    "client_flags": of_client(client_flags),
    "client_height": of_client(lambda client, _: "" if client.control else client.rows),
    "client_key_table": of_client(lambda client, _: key_table_name(client)),
    "client_last_session": of_client(
        lambda client, _: client.last_session.name if client.last_session else ""
    ),
    "client_name": of_client(lambda client, _: client.name),
    "client_pid": of_client(lambda client, _: client.pid),
    "client_prefix": of_client(lambda client, _: flag(client.key_table == "prefix")),
    "client_readonly": of_client(lambda client, _: flag(client.read_only)),
    "client_session": of_client(lambda client, _: client.session.name if client.session else ""),
    "client_termfeatures": of_client(terminal_features),
    "client_termname": of_client(lambda client, _: client.term),
    "client_termtype": of_client(lambda client, _: client.told.name),
    "client_tty": of_client(lambda client, _: client.name if client.terminal else ""),
    "client_uid": of_client(lambda _client, _: os.getuid()),
    "client_user": of_client(lambda _client, _: user_name()),
    "client_utf8": of_client(lambda client, _: flag(client.utf8)),
    "client_width": of_client(lambda client, _: client.columns),
}
