"""Secrets are hidden by their looks, and what looks like none is left alone."""

from __future__ import annotations

import pytest

from aimux.security.redact import HIDDEN, redact

LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@pytest.mark.parametrize(
    ("before", "secret", "after"),
    [
        ("export AWS_ACCESS_KEY_ID=", "AKIA" + "Z" * 16, ""),
        ("git clone https://me:", "hunter2", "@example.org/x.git"),
        ("curl -H 'Authorization: Bearer ", LETTERS[:30], "' https://example.org"),
        ("curl -u ", "me:hunter2", " https://example.org"),
        ("GITHUB=", "ghp_" + LETTERS[:36], " make"),
        ("echo ", "sk-ant-api03-" + LETTERS[:40], ""),
        ("mysql -u root -p", "hunter2", " db"),
        ("sshpass -p ", "hunter2", " ssh host"),
        ("DB_PASSWORD=", "hunter2", " ./run"),
        ("deploy --api-token ", "abc123", " now"),
        ("deploy --password=", "'two words'", " now"),
        ("password: ", "hunter2", ""),
        ('{"client_secret": "', "abc", '"}'),
        ("-----BEGIN OPENSSH PRIVATE KEY-----", "\nb3BlbnNzaC1rZXk\nAAAA\n", "-----END x"),
        ("echo ", f"eyJ{LETTERS[:20]}.eyJ{LETTERS[:20]}.{LETTERS[:20]}", ""),
        ("npm config set ", "npm_" + LETTERS[:36], ""),
        ("SLACK=", "xapp-1-A012-123-abcdef0123456789", " ./bot"),
        ("curl https://hooks.slack.com/services/", "T000/B000/XXXXXXXXXXXX", " -d x"),
        (
            "-----BEGIN PGP PRIVATE KEY BLOCK-----",
            "\nlQdGBF\n",
            "-----END PGP PRIVATE KEY BLOCK-----",
        ),
        ("printf %s -----BEGIN\\ RSA\\ PRIVATE\\ KEY-----", " MIIEabc ", "-----END\\ RSA"),
        ("git clone https://", "0123456789abcdef0123456789abcdef", "@host/x.git"),
        ("psql postgres://user:", "p@ss", "@host/db"),
        ("docker login -u me -p ", "hunter2", " registry"),
        ("DB_PASS=", "hunter2", " ./serve"),
        ("MYSQL_PWD=", "hunter2", " mysqldump db"),
        ("redis-cli -a ", "hunter2", " ping"),
        ("openssl rsa -passin pass:", "hunter2", " -in k"),
        ("X=", "hvs." + "a" * 30, " vault"),
        ("X=", "dckr_pat_" + "a" * 27, " y"),
        ("X=", "gsk_" + "a" * 40, " y"),
        ("curl 'https://a.blob/x?sv=1&sig=", "abc%2Bdef", "'"),
    ],
)
def test_a_secret_is_hidden_and_what_stands_around_it_kept(
    before: str, secret: str, after: str
) -> None:
    hidden = redact(before + secret + after)
    assert secret not in hidden
    assert HIDDEN in hidden
    assert hidden.startswith(before.rstrip('"')) or before.rstrip('"') in hidden
    assert hidden.endswith(after.lstrip('"'))


@pytest.mark.parametrize(
    "text",
    [
        "pytest -k token tests/",
        "git commit -m 'Add password reset'",
        "ls secrets/",
        "make PASSWORD=$PASSWORD",
        "tests/test_token.py::test_keys PASSED",
        "error: invalid token at line 3",
        "cd tokenizer && cargo test",
        "ssh -p 22 host",
        "http://localhost:8080/path",
        "mkdir -p /tmp/a",
    ],
)
def test_what_is_no_secret_stays(text: str) -> None:
    assert redact(text) == text


def test_redacting_twice_changes_nothing_more() -> None:
    once = redact("PASSWORD=hunter2 curl -u a:b https://c:d@e")
    assert redact(once) == once


def test_it_takes_time_in_proportion_to_the_text() -> None:
    # Each of these made a pattern of an earlier kind look again from every character.
    for piece in ("token", "password-", "a.", "://", "-----BEGIN PRIVATE KEY-----", "curl -"):
        assert isinstance(redact(piece * (50_000 // len(piece))), str)
