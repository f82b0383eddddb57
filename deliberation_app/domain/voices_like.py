"""Which short texts are like each other: pairs of characters, weighed by how rare they are, compared by the cosine.

The old and well-kept way (TF-IDF over bigrams): no model, no dictionary, the same for every name and place, and it can
say why: the words that two texts have in common.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log, sqrt

from deliberation_app.domain.script import simplify

# A pair with one of the first, or of two of the second, says nothing about what a text is about.
_SILENT = frozenset("的了吗呢吧啊着们")
_EMPTY = frozenset("在有是不没能也都就和与及或把被给让要会可以这那个我你他她它很太再还又来去到对从请希望应该什么怎样")
# How alike two texts must be before anybody is bothered with them.
LEAST = 0.16
_WORDS = 3

Key = str


@dataclass(frozen=True)
class Like:
    """Another text, how alike it is (0 to 1), and the words in common, the weightiest first."""

    key: Key
    score: float
    words: tuple[str, ...]


def pairs(text: str) -> Counter[str]:
    """The pairs of neighbouring characters of a text that say something, in simplified characters."""
    plain = simplify(text).casefold()
    found = (plain[at : at + 2] for at in range(len(plain) - 1))
    return Counter(pair for pair in found if pair.isalnum() and not _SILENT.intersection(pair) and set(pair) - _EMPTY)


class Index:
    """Texts by their pairs; asking costs as much as there are texts that share one."""

    def __init__(self, texts: Iterable[tuple[Key, str]]) -> None:
        self._texts = dict(texts)
        counted = {key: pairs(text) for key, text in self._texts.items()}
        holding = Counter(pair for found in counted.values() for pair in found)
        self._weight = {pair: log(1 + len(counted) / count) for pair, count in holding.items()}
        self._where: dict[str, list[tuple[Key, float]]] = defaultdict(list)
        self._vectors: dict[Key, dict[str, float]] = {}
        for key, found in counted.items():
            vector = self._vector(found)
            self._vectors[key] = vector
            for pair, weight in vector.items():
                self._where[pair].append((key, weight))

    def _vector(self, found: Counter[str]) -> dict[str, float]:
        raw = {pair: count * self._weight[pair] for pair, count in found.items()}
        length = sqrt(sum(weight * weight for weight in raw.values()))
        return {pair: weight / length for pair, weight in raw.items()} if length else {}

    def like(self, key: Key, *, limit: int = 3, least: float = LEAST) -> list[Like]:
        """The texts most like this one, the nearest first; none where nothing is near enough."""
        scores: dict[Key, float] = defaultdict(float)
        vector = self._vectors.get(key, {})
        for pair, weight in vector.items():
            for other, theirs in self._where[pair]:
                if other != key:
                    scores[other] += weight * theirs
        near = sorted(
            ((score, other) for other, score in scores.items() if score >= least), key=lambda one: (-one[0], one[1])
        )
        return [Like(other, min(score, 1.0), self.words(key, other)) for score, other in near[:limit]]

    def words(self, first: Key, second: Key) -> tuple[str, ...]:
        """What two texts have in common: shared pairs that touch are one word (消防 + 防通 + 通道 = 消防通道)."""
        shared = self._vectors[first].keys() & self._vectors[second].keys()
        plain = simplify(self._texts[first]).casefold()
        found: dict[str, float] = {}
        at = 0
        while at < len(plain) - 1:
            end = at
            while end < len(plain) - 1 and plain[end : end + 2] in shared:
                end += 1
            if end > at:
                word = plain[at : end + 1]
                found[word] = sum(self._weight[word[n : n + 2]] for n in range(len(word) - 1))
            at = max(end, at + 1)
        return tuple(sorted(found, key=lambda word: (-found[word], word))[:_WORDS])


@lru_cache(maxsize=4)
def index_of(texts: Sequence[tuple[Key, str]]) -> Index:
    """The index of these texts; made anew only when one of them is another."""
    return Index(texts)
