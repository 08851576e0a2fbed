"""How tokens are written: `122k/200k`, `61%`; what was assumed and not told is marked `~`."""

from __future__ import annotations

from aimux.protocol.facts import ContextFact
from aimux.protocol.plan_limits import compactions_text, limit_text

_THOUSAND, _MILLION = 1000, 1_000_000


def token_text(tokens: int) -> str:
    """`950`, `1.2k`, `122k`, `1M`, `1.5M`: three digits at most, rounded."""
    if tokens < _THOUSAND:
        return str(max(tokens, 0))
    if tokens < 999_500:
        return _scaled(tokens / _THOUSAND, "k")
    return _scaled(tokens / _MILLION, "M")


def _scaled(value: float, letter: str) -> str:
    text = f"{value:.1f}" if value < 9.95 else f"{value:.0f}"
    return text.removesuffix(".0") + letter


def percent_text(context: ContextFact) -> str:
    """`61%`, or `~61%` of an assumed window; empty where it is not known."""
    if context.percent is None:
        return ""
    return f"{'~' if context.assumed else ''}{context.percent}%"


def share_text(context: ContextFact) -> str:
    """`122k/200k`; the tokens alone where the window is not known."""
    if not context.window:
        return token_text(context.used)
    return f"{token_text(context.used)}/{token_text(context.window)}"


def plan_texts(context: ContextFact, now: float, *, least: float = 0) -> list[str]:
    """Its plan's limits that are used to at least so many percent, and its compactions."""
    limits = [
        limit_text(one.name, one.percent, one.resets_at, now)
        for one in context.limits
        if one.percent >= least
    ]
    return [text for text in (*limits, compactions_text(context.compactions)) if text]
