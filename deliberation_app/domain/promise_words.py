"""Words by which somebody binds himself to something without saying until when."""

from __future__ import annotations

# As people say it in a courtyard; a promise that is noted without its day is what residents remember longest.
_BINDING = (
    "尽快", "尽早", "马上去", "马上就", "回头", "回去研究", "回去问", "过几天", "这几天", "抽时间", "下周", "下个月",
    "月底前", "年底前", "保证", "承诺", "答应", "我来办", "我们来办", "负责解决", "负责落实", "限期", "盡快", "儘快",
    "負責解決", "負責落實", "保證", "承諾",
)  # fmt: skip


def sounds_promised(text: str) -> bool:
    """Whether an answer sounds like a promise, so that its day is asked for."""
    return any(word in text for word in _BINDING)
