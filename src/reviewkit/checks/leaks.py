"""Private notes whose words stand in a manuscript or below one of its cells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz

from reviewkit.checks.look import Look, Rule
from reviewkit.claims.sentences import sentences
from reviewkit.records.findings import Finding

LEAK = Rule("RK401", "private", "error", "words of a private note in the manuscript")

_WORD = re.compile(r"\w+")
#: Fewer words may be anybody's.
_LEAST = 4
#: So many words in a row look a sentence up, so like it must then be, in percent.
_SHINGLE = 3
_LIKE = 82.0


@dataclass(frozen=True, slots=True)
class _Words:
    """A text as its words in lower case, each with its place."""

    words: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]

    @classmethod
    def of(cls, text: str) -> _Words:
        found = list(_WORD.finditer(text))
        return cls(tuple(m[0].casefold() for m in found), tuple(m.span() for m in found))

    def shingles(self) -> dict[tuple[str, ...], list[int]]:
        """Where each run of words begins."""
        places: dict[tuple[str, ...], list[int]] = {}
        for at in range(len(self.words) - _SHINGLE + 1):
            places.setdefault(self.words[at : at + _SHINGLE], []).append(at)
        return places


def leak(look: Look) -> Iterator[Finding]:
    """Sentences of who asks' private notes, as they are or slightly changed."""
    secrets = list(_secrets(look))
    if not secrets:
        return
    for part in look.manuscript.parts:
        for output, text in enumerate((part.text, *part.outputs)):
            words = _Words.of(text)
            places = words.shingles()
            for citekey, sentence in secrets:
                at = _found(sentence, words, places)
                if at is None:
                    continue
                start, end = words.spans[at[0]][0], words.spans[at[1] - 1][1]
                where = "stand below this cell" if output else "stand here"
                yield look.tell(
                    LEAK,
                    f"Words of your private note on {citekey} {where}: take them out, or"
                    " publish the note. Only you are told.",
                    part,
                    None if output else (start, end),
                    citekey=citekey,
                    quote=text[start:end],
                    private=True,
                )


def _secrets(look: Look) -> Iterator[tuple[str, _Words]]:
    """The sentences of private notes that nothing open says as well."""
    for note in look.facts.private:
        paper = look.facts.papers.get(note.citekey)
        open_texts = [paper.title, paper.abstract or ""] if paper is not None else []
        open_texts += [n.text for r in (paper.reviews if paper else ()) for n in r.notes]
        known = _Words.of("\n\n".join(open_texts))
        places = known.shingles()
        for start, end in sentences(note.text):
            sentence = _Words.of(note.text[start:end])
            if len(sentence.words) >= _LEAST and _found(sentence, known, places) is None:
                yield note.citekey, sentence


def _found(
    sentence: _Words, text: _Words, places: dict[tuple[str, ...], list[int]]
) -> tuple[int, int] | None:
    """Where in the text, by words, something very like the sentence stands."""
    length = len(sentence.words)
    wanted = " ".join(sentence.words)
    tried: set[int] = set()
    for offset in range(length - _SHINGLE + 1):
        for place in places.get(sentence.words[offset : offset + _SHINGLE], ()):
            start = max(0, place - offset)
            if start in tried:
                continue
            tried.add(start)
            end = min(len(text.words), start + length)
            # A short sentence must stand there whole: four words are soon alike.
            likeness = fuzz.ratio(wanted, " ".join(text.words[start:end]))
            if likeness >= (_LIKE if length > 2 * _SHINGLE else 99.0):
                return start, end
    return None
