"""The official CSL test-suite over our path: `CSL_SUITE=FOLDER python -m benchmarks.csl_suite`.

The fixtures (citation-style-language/test-suite on GitHub, CC BY-SA) are not shipped; they are
also in `test/csl` of the source of the Haskell library citeproc. What goes through is what a
notebook's citations do: our clusters and CSL-JSON, pandoc's citeproc, our own HTML.

For comparison, of 845 fixtures of another day, measured in November 2026 with one harness for all
(strict/lenient): citeproc-js 2.4.63: 837/839; pandoc 3.9: 651/748; citeproc-py 0.11.1: 484/523.
"""

from __future__ import annotations

import html
import json
import os
import re
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from reviewkit.citing import Cluster
from reviewkit.citing.rendering import Rendering, render
from reviewkit.errors import ReviewkitError

_SECTION = re.compile(r">>=+ ([A-Z0-9-]+) =+>>\n(.*?)\n?<<=+ \1 =+<<", re.DOTALL)
#: What a notebook never asks for.
_BEYOND = {"BIBENTRIES", "BIBSECTION", "INPUT2", "ABBREVIATIONS"}
_MARKS = {"i": "Emph", "b": "Strong", "sup": "Superscript", "sub": "Subscript"}


class OutOfReachError(Exception):
    """The fixture asks for what our path has no place for."""


def sections(text: str) -> dict[str, str]:
    """The parts of a fixture by their names."""
    return {name: content.strip() for name, content in _SECTION.findall(text)}


def inlines(text: str) -> list[Any]:
    """The marks that fixtures use in prefixes and suffixes, as pandoc has them."""
    found: list[Any] = []
    rest = text
    while rest:
        match = re.match(r"<(i|b|sup|sub)>(.*?)</\1>", rest, re.DOTALL)
        if match:
            found.append({"t": _MARKS[match[1]], "c": inlines(match[2])})
            rest = rest[match.end() :]
            continue
        word = re.match(r"\s+|[^\s<]+|<", rest)
        assert word is not None
        found.append({"t": "Space"} if word[0].isspace() else {"t": "Str", "c": word[0]})
        rest = rest[word.end() :]
    return found


def cluster(cites: list[dict[str, Any]], number: int) -> Cluster:
    """A citation as a person writes it in Markdown."""
    cited = []
    for cite in cites:
        if cite.get("author-only") or cite.get("position") is not None:
            raise OutOfReachError
        suffix = cite.get("suffix") or ""
        if cite.get("locator"):
            label = cite.get("label") or "page"
            suffix = f", {{{label} {cite['locator']}}}{suffix}"
        mode = "SuppressAuthor" if cite.get("suppress-author") else "NormalCitation"
        cited.append(
            {
                "citationId": str(cite["id"]),
                "citationPrefix": inlines(cite.get("prefix") or ""),
                "citationSuffix": inlines(suffix),
                "citationMode": {"t": mode},
                "citationNoteNum": number,
                "citationHash": 0,
            }
        )
    return Cluster((), "", json.dumps({"t": "Cite", "c": [cited, []]}))


def clusters(parts: dict[str, str], items: list[dict[str, Any]]) -> list[Cluster]:
    """The citations of a fixture; all its items where it names none."""
    if "CITATIONS" in parts:
        steps = json.loads(parts["CITATIONS"])
        names = [step[0].get("citationID") for step in steps]
        edited = len(set(names)) != len(names) or any(
            [one[0] for one in step[1]] != names[:number] or step[2]
            for number, step in enumerate(steps)
        )
        if edited:
            raise OutOfReachError
        return [cluster(step[0]["citationItems"], n) for n, step in enumerate(steps, 1)]
    several = json.loads(parts.get("CITATION-ITEMS") or "null")
    several = several or [[{"id": item["id"]} for item in items]]
    return [cluster(cites, number) for number, cites in enumerate(several, 1)]


def made(parts: dict[str, str]) -> str:
    """What our path makes of a fixture, in the form of its result."""
    if parts.keys() & _BEYOND:
        raise OutOfReachError
    items = json.loads(parts["INPUT"])
    for item in items:
        item["id"] = str(item["id"])
    mode = parts["MODE"]
    cited = clusters(parts, items)
    also = [item["id"] for item in items] if mode.startswith("bibliography") else ()
    found = render(cited, items, parts["CSL"].encode(), also=also, seconds=30)
    return _bibliography(found) if mode.startswith("bibliography") else _citations(parts, found)


def _citations(parts: dict[str, str], found: Rendering) -> str:
    texts = [one.note or one.html for one in found.shown]
    if "CITATIONS" in parts:
        last = len(texts) - 1
        return "\n".join(f"{'>>' if n == last else '..'}[{n}] {t}" for n, t in enumerate(texts))
    return "\n".join(texts)


def _bibliography(found: Rendering) -> str:
    entries = []
    for one in found.bibliography.references:
        text = one.html
        if one.label:
            text = (
                f'<div class="csl-left-margin">{html.escape(one.label)}</div>'
                f'<div class="csl-right-inline">{one.html}</div>'
            )
        entries.append(f'<div class="csl-entry">{text}</div>')
    return f'<div class="csl-bib-body">{"".join(entries)}</div>'


def strictly(text: str) -> str:
    """The text with one spelling of each mark: they differ in no word."""
    text = re.sub(r"<(/?)em>", r"<\1i>", text)
    text = re.sub(r"<(/?)strong>", r"<\1b>", text)
    text = re.sub(r"</?a\b[^>]*>", "", text)
    text = re.sub(r"font-variant:\s*small-caps;?", "font-variant:small-caps;", text)
    text = re.sub(r"\s*(</?div[^>]*>)\s*", r"\1", text)
    return html.unescape(text).strip()


def leniently(text: str) -> str:
    """The same without blanks, marks, the first letter's case and the final full stop."""
    text = re.sub(r"<[^>]*>", "", re.sub(r"^(?:\.\.|>>)\[\d+\]", "\0", strictly(text), flags=re.M))
    lines = [re.sub(r"\s+", "", part).rstrip(".") for part in text.split("\0")]
    return "\n".join(line[:1].lower() + line[1:] for line in lines if line)


def main() -> None:
    """Print the pass rates, and by the fixtures' families; FAILED=1 names what fails."""
    folder = os.environ.get("CSL_SUITE")
    if not folder or not Path(folder).is_dir():
        raise SystemExit("Name the folder of the fixtures: CSL_SUITE=FOLDER")
    count: Counter[str] = Counter()
    families: dict[str, Counter[str]] = {}
    for path in sorted(Path(folder).glob("*.txt")):
        parts = sections(path.read_text(encoding="utf-8"))
        if not {"MODE", "RESULT", "CSL", "INPUT"} <= parts.keys():
            continue
        family = families.setdefault(path.name.partition("_")[0], Counter())
        try:
            got = made(parts)
        except OutOfReachError:
            marks = ["all", "out of reach"]
        except (ReviewkitError, ValueError, KeyError, TypeError) as error:
            marks = ["all", "reached", "refused"]
            print(f"{path.stem}: {str(error)[:100]}", file=sys.stderr)
        else:
            marks = ["all", "reached"]
            marks += ["strict"] * (strictly(got) == strictly(parts["RESULT"]))
            same = leniently(got) == leniently(parts["RESULT"])
            marks += ["lenient"] * same
            if not same and os.environ.get("FAILED"):
                print(f"{path.stem}\n  got  {got}\n  want {parts['RESULT']}")
        count.update(marks)
        family.update(marks)
    for name, one in families.items():
        print(f"{name:<14} {one['strict']:>4} {one['lenient']:>4} of {one['reached']}")
    reached = count["reached"] or 1
    print(
        f"{count['all']} fixtures, {count['reached']} reached: {count['strict']} strict "
        f"({count['strict'] / reached:.1%}), {count['lenient']} lenient "
        f"({count['lenient'] / reached:.1%}); {count['refused']} refused; "
        f"{count['out of reach']} ask for what a notebook has no place for"
    )


if __name__ == "__main__":
    main()
