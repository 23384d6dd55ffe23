"""The pasted trending digest: titles and abstracts in turn under a page's header.

The text of a trending-papers page as a browser copies it: no authors, no ids, counts and
dates here and there. What a block is follows from its length and its place: an abstract
is long and follows its title; what precedes the first title is the page's header.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from statistics import median

from reviewkit.formats.importer import Candidate, Understood
from reviewkit.formats.pagetext import is_furniture, is_sign, name_follows
from reviewkit.records import Problem

#: From this length on a block is surely an abstract, below the other surely none.
_SURELY_LONG = 350
_SURELY_SHORT = 100

#: arXiv takes no abstract over 1,920 characters; two texts that exceed it are two abstracts.
_LONGEST = 2_000

_SENTENCE_END = re.compile(r"[.!?…。][\"'\u201d\u2019)\]]*$|https?://\S+$|[)\]]$")
_TWO_SENTENCES = re.compile(r"[a-z0-9)%][.!?]\s[A-Z]")
# A list's item, a lead-in or a sentence is no title.
_TITLE = re.compile(r"[^-*+#>|`/=\s](?:.|\n)*[^.:;,{}\s]|\w")
_OTHER_FORMAT = re.compile(r"^(?:@\w+\s*[{(]|TY  - |PMID- |%0 |#{1,6} |```|[{\[]\s*$)", re.M)


@dataclass(slots=True)
class _Block:
    """Text between blank lines, or one of its lines where these are long."""

    line: int
    text: str

    @property
    def long(self) -> bool:
        return len(self.text) >= _SURELY_LONG or (
            len(self.text) >= _SURELY_SHORT and _TWO_SENTENCES.search(self.text) is not None
        )

    @property
    def maybe_long(self) -> bool:
        return len(self.text) >= _SURELY_SHORT


@dataclass(slots=True)
class _Reading:
    """What has been made of the blocks so far."""

    papers: list[tuple[_Block, list[_Block]]] = field(default_factory=list)
    stray: list[_Block] = field(default_factory=list)
    untitled: list[_Block] = field(default_factory=list)
    page: list[_Block] = field(default_factory=list)
    header: list[_Block] = field(default_factory=list)
    signs: int = 0
    header_end: int = 0


class DigestImporter:
    """Reads what is copied from a page of trending papers."""

    name = "a pasted trending digest (titles and abstracts)"

    def recognises(self, text: str) -> bool:
        """Whether the page's own lines are there, or nothing but titles and abstracts."""
        if _OTHER_FORMAT.search(text):
            return False
        reading = _read(text)
        if reading.signs >= 2 or (reading.signs and reading.papers):
            return True
        return _is_bare_digest(reading)

    def read(self, text: str) -> Understood:
        """Papers with title and abstract; half pairs are problems."""
        reading = _read(text)
        problems = [
            Problem(block.line, "a title without an abstract: the paper is not taken", _cut(block))
            for block in reading.stray
        ]
        problems += [
            Problem(block.line, "an abstract without a title: it is not taken", _cut(block))
            for block in reading.untitled
        ]
        for title, abstract in _doubtful(reading):
            reading.papers.remove((title, abstract))
            reason = (
                "either more of the abstract above or an abstract whose title is missing: "
                "neither is taken"
            )
            problems.append(Problem(abstract[1].line, f"{reason} ({_cut(title)})"))
        if not reading.papers and not problems:
            last = text.rstrip().count("\n") + 1
            problems.append(Problem(last, "the text ends here, without a title and abstract"))
        if reading.papers and not text.endswith("\n"):
            title, abstract = reading.papers[-1]
            if not _SENTENCE_END.search(abstract[-1].text):
                reading.papers.pop()
                reason = "the text ends within this abstract: the paper is not taken"
                problems.append(Problem(abstract[-1].line, f"{reason} ({_cut(title)})"))
        candidates = tuple(
            Candidate(
                line=title.line,
                type="misc",
                citekey=None,
                fields={
                    "title": " ".join(title.text.split("\n")),
                    "abstract": "\n\n".join(block.text for block in abstract),
                },
            )
            for title, abstract in reading.papers
        )
        page = sorted((*reading.page, *reading.header), key=lambda block: block.line)
        ignored = tuple(Problem(block.line, "belongs to the page", _cut(block)) for block in page)
        problems.sort(key=lambda problem: problem.line or 0)
        return Understood("digest", candidates, tuple(problems), ignored)


def _is_bare_digest(reading: _Reading) -> bool:
    """Whether nothing but papers is there: the digest was copied without its header."""
    unexplained = len(reading.stray) + len(reading.untitled)
    alike = all(
        _TITLE.fullmatch(title.text) and abstract[0].text[:1].isalnum()
        for title, abstract in reading.papers
    )
    few = unexplained <= 1 + len(reading.papers) // 20
    return len(reading.papers) >= 2 and alike and few and not reading.header


def _doubtful(reading: _Reading) -> list[tuple[_Block, list[_Block]]]:
    """Papers whose second paragraph may as well be an abstract that lost its title.

    One abstract in two paragraphs is together about as long as the others are.
    """
    single = [len(abstract[0].text) for _, abstract in reading.papers if len(abstract) == 1]
    if len(single) < 4 or 4 * len(single) < 3 * len(reading.papers):
        return []
    limit = 1.5 * median(single)
    return [
        (title, abstract)
        for title, abstract in reading.papers
        if len(abstract) > 1
        and abstract[1].long
        and sum(len(block.text) for block in abstract) > limit
    ]


def _cut(block: _Block) -> str:
    return block.text if len(block.text) <= 80 else block.text[:77] + "..."


def _read(text: str) -> _Reading:
    reading = _Reading()
    blocks = _without_page(list(_blocks(text)), reading)
    place = 0
    while place < len(blocks):
        block = blocks[place]
        following = blocks[place + 1] if place + 1 < len(blocks) else None
        if not block.long and following and _is_abstract(blocks, place + 1):
            reading.papers.append((block, [following]))
            place += 2
            continue
        _place_other(block, reading)
        place += 1
    return reading


def _is_abstract(blocks: list[_Block], place: int) -> bool:
    block = blocks[place]
    if block.long or not block.maybe_long:
        return block.long
    after = blocks[place + 1] if place + 1 < len(blocks) else None
    # Between two titles' lengths the next block decides: before a long one stands its title.
    return after is None or not after.long


def _place_other(block: _Block, reading: _Reading) -> None:
    """Block that begins no pair: a further paragraph, a half pair or the page's."""
    if not reading.papers:
        header = not block.long and not _like_a_title(block, reading)
        (reading.header if header else reading.untitled if block.long else reading.stray).append(
            block
        )
        return
    abstract = reading.papers[-1][1]
    length = sum(len(part.text) for part in abstract) + len(block.text)
    joined = not reading.stray or reading.stray[-1].line < abstract[-1].line
    more = block.long or _SENTENCE_END.search(block.text)
    if joined and length <= _LONGEST and more:
        abstract.append(block)
    else:
        (reading.untitled if block.long else reading.stray).append(block)


def _like_a_title(block: _Block, reading: _Reading) -> bool:
    """Whether a line after the header's known ones, with no abstract, was a paper's title."""
    words = block.text.split()
    capitals = sum(word[:1].isupper() for word in words)
    after_header = block.line > reading.header_end > 0
    return after_header and len(words) >= 4 and 2 * capitals >= len(words)


def _without_page(blocks: list[_Block], reading: _Reading) -> list[_Block]:
    """Blocks that may be of papers; the page's own lines go to `reading`."""
    repeated = Counter(block.text for block in blocks)
    kept: list[_Block] = []
    named = False
    for block in blocks:
        sign = is_sign(block.text)
        reading.signs += sign
        if sign or named or is_furniture(block.text) or repeated[block.text] >= 3:
            reading.page.append(block)
            if not any(each.long for each in kept):
                reading.header_end = block.line
        else:
            kept.append(block)
        named = name_follows(block.text)
    return kept


def _blocks(text: str) -> Iterator[_Block]:
    lines = text.split("\n")
    start = 0
    while start < len(lines):
        if not lines[start].strip():
            start += 1
            continue
        end = start
        while end < len(lines) and lines[end].strip():
            end += 1
        part = [line.strip() for line in lines[start:end]]
        if _is_wrapped(part):
            yield _Block(start + 1, "\n".join(part))
        else:
            for number, line in enumerate(part, start + 1):
                yield _Block(number, line)
        start = end


def _is_wrapped(lines: list[str]) -> bool:
    """Whether a paragraph was broken into lines of about one length, as in an e-mail."""
    if len(lines) < 2 or any(is_furniture(line) for line in lines):
        return False
    full = [len(line) for line in lines[:-1] if "://" not in line] or [0]
    return 50 <= max(full) <= 130 and 2 * min(full) >= max(full)
