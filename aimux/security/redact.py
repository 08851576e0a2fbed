"""Secrets in command lines and output, by their looks, replaced before anything is stored.

A table of patterns: what has a form of its own (keys and tokens of services, private keys), and
what stands where secrets stand (`PASSWORD=`, `--token`, `Authorization:`, a URL's password). It
errs on the side of hiding; what has no such looks, as a password that was typed as a bare word,
nothing can know.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

HIDDEN = "[redacted]"
MAX_TEXT = 1 << 20
"""Characters that are looked through; nothing longer is stored."""

# Every repetition has a limit, so that no text takes more than time in proportion to its length.
_NAME = (
    r"(?:passw(?:or)?d|passwd|passphrase|secret|token|api[_-]?key|access[_-]?key"
    r"|private[_-]?key|credentials?)[\w.-]{0,40}"
)
_VALUE = r"""(?:"[^"\n]{0,1000}"|'[^'\n]{0,1000}'|[^\s"';&|]{1,1000})"""


@dataclass(frozen=True, slots=True)
class Pattern:
    """How one sort of secret looks.

    Attributes:
        name: What it is.
        expression: Its group `secret` is hidden; without that group, all of it is.
    """

    name: str
    expression: re.Pattern[str]


def _pattern(name: str, expression: str, flags: int = 0) -> Pattern:
    return Pattern(name, re.compile(expression, flags))


PATTERNS: tuple[Pattern, ...] = (
    _pattern(
        "private key",
        r"-----BEGIN[A-Z \\]{1,40}PRIVATE\\?\sKEY(?:\\?\sBLOCK)?-----"
        r"(?P<secret>[\s\S]*?)(?:-----END|\Z)",
    ),
    _pattern("age key", r"\bAGE-SECRET-KEY-1[A-Z0-9]{30,100}\b"),
    _pattern("AWS key", r"\b(?:AKIA|ASIA|AGPA|AIDA|AROA)[A-Z0-9]{16}\b"),
    _pattern("GitHub token", r"\bgh[pousr]_[A-Za-z0-9]{20,255}\b|\bgithub_pat_\w{22,255}\b"),
    _pattern("GitLab token", r"\bglpat-[\w-]{20,64}"),
    _pattern("Slack token", r"\bx(?:ox[abeoprs]|app)-[A-Za-z0-9-]{10,250}"),
    _pattern("webhook", r"\bhooks\.slack\.com/(?:services|workflows)/(?P<secret>[\w/-]{8,200})"),
    _pattern("OpenAI or Anthropic key", r"\bsk-[A-Za-z0-9_-]{20,250}"),
    _pattern("Stripe key", r"\b[rs]k_(?:live|test)_[A-Za-z0-9]{16,250}"),
    _pattern("xAI or Groq key", r"\bxai-[A-Za-z0-9]{20,250}|\bgsk_[A-Za-z0-9]{20,250}"),
    _pattern("Docker token", r"\bdckr_[a-z]{2,8}_[\w-]{20,100}"),
    _pattern("Vault token", r"\bhv[sbr]\.[\w-]{20,300}"),
    _pattern("Shopify token", r"\bshp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}\b"),
    _pattern("Linear key", r"\blin_(?:api|oauth)_[A-Za-z0-9]{20,100}"),
    _pattern("Atlassian token", r"\bAT(?:ATT3|CTT3|BB)[\w=-]{20,400}"),
    _pattern("Telegram token", r"\b\d{8,10}:AA[\w-]{33}(?![\w-])"),
    _pattern("Azure key", r"\b(?:Account|SharedAccess)Key=(?P<secret>[A-Za-z0-9+/=]{4,200})"),
    _pattern("signature", r"[?&](?:sig|X-Amz-Signature)=(?P<secret>[\w%+/=-]{4,500})"),
    _pattern("Google key", r"\bAIza[\w-]{35}"),
    _pattern("Google OAuth token", r"\bya29\.[\w-]{20,500}"),
    _pattern("npm token", r"\bnpm_[A-Za-z0-9]{36}\b"),
    _pattern("PyPI token", r"\bpypi-[\w-]{50,300}"),
    _pattern("Hugging Face token", r"\bhf_[A-Za-z0-9]{30,64}\b"),
    _pattern("DigitalOcean token", r"\bdo[opr]_v1_[a-f0-9]{64}\b"),
    _pattern("SendGrid key", r"\bSG\.[\w-]{16,64}\.[\w-]{16,64}"),
    _pattern("JSON web token", r"\beyJ[\w-]{10,2000}\.eyJ[\w-]{10,4000}\.[\w-]{10,1000}"),
    _pattern(
        "URL password", r"\b[a-z][a-z0-9+.-]{1,20}://[^\s/:@]{0,100}:(?P<secret>[^\s/]{1,200})@"
    ),
    _pattern("URL token", r"\bhttps?://(?P<secret>[A-Za-z0-9_-]{20,250})@"),
    _pattern("password variable", r"\b\w{1,40}_(?:PASS|PWD|PW)=(?P<secret>" + _VALUE + ")"),
    _pattern(
        "authorization header",
        r"\bauthorization['\"]?\s{0,4}[:=]\s{0,4}['\"]?(?:(?:bearer|basic|token|digest)\s{1,4})?"
        r"(?P<secret>[^\s'\"]{4,4000})",
        re.IGNORECASE,
    ),
    _pattern("bearer token", r"\bbearer\s{1,4}(?P<secret>[\w.~+/-]{16,4000}=*)", re.IGNORECASE),
    _pattern(
        "assignment",
        rf"{_NAME}['\"]?\s?(?:=|:=|:\s)\s?(?P<secret>{_VALUE})",
        re.IGNORECASE,
    ),
    _pattern(
        "option",
        rf"(?<!\S)--?[\w-]{{0,40}}{_NAME}[ =](?P<secret>{_VALUE})",
        re.IGNORECASE,
    ),
    _pattern(
        "curl user", r"\bcurl\b[^\n]{0,400}?\s(?:-u|--user)[ =]?(?P<secret>[^\s:]{1,100}:\S{1,200})"
    ),
    _pattern("mysql password", r"\bmysql\w{0,10}\b[^\n]{0,200}?\s-p(?P<secret>[^\s-]\S{0,200})"),
    _pattern(
        "docker login",
        r"\b(?:docker|podman|helm|oc)\b[^\n]{0,200}?\slogin\b[^\n]{0,200}?"
        r"\s-p[ =]?(?P<secret>[^\s-]\S{0,200})",
    ),
    _pattern("redis password", r"\bredis-cli\b[^\n]{0,200}?\s-a\s(?P<secret>\S{1,200})"),
    _pattern("openssl password", r"\bopenssl\b[^\n]{0,400}?\spass:(?P<secret>\S{1,200})"),
    _pattern("sshpass", r"\bsshpass\s+-p\s?(?P<secret>\S{1,200})"),
)
# No pattern fits a text without one of these; most lines have none.
_HINT = re.compile(
    r"PRIVATE|AKIA|ASIA|AGPA|AIDA|AROA|gh[pousr]_|github_pat|glpat|xox|sk-|[rs]k_|AIza|ya29"
    r"|npm_|pypi-|hf_|do[opr]_v1|SG\.|eyJ|://|authorization|bearer|passw|passphrase|secret|token|key"
    r"|credential|curl|mysql|sshpass|docker|podman|helm|\boc\b|redis-cli|openssl|hooks\.slack|xapp|xai-"
    r"|gsk_|dckr_|hv[sbr]\.|shp(?:at|ca|pa|ss)_|lin_|AT(?:ATT3|CTT3|BB)|:AA|sig=|signature"
    r"|_(?:PASS|PWD|PW)=",
    re.IGNORECASE,
)


def redact(text: str) -> str:
    """`text` with each secret that a pattern finds replaced by HIDDEN; cut at MAX_TEXT."""
    text = text[:MAX_TEXT]
    if not _HINT.search(text):
        return text
    for pattern in PATTERNS:
        text = pattern.expression.sub(_hidden, text)
    return text


def _hidden(match: re.Match[str]) -> str:
    if "secret" not in match.re.groupindex:
        return HIDDEN
    secret = match["secret"]
    if secret.strip("'\"").startswith(("$", HIDDEN)):  # a variable's name is no secret
        return match[0]
    start, stop = match.span("secret")
    whole = match.start()
    return f"{match[0][: start - whole]}{HIDDEN}{match[0][stop - whole :]}"
