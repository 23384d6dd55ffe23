"""A made library: the same entries at every run, in the proportions of real ones."""

from __future__ import annotations

import random
from pathlib import Path

_WORDS = (
    "adaptive attention bandwidth batch cache compression context data decoding deep depth "
    "device distillation edge efficient embedding energy expert federated gradient graph "
    "hardware inference kernel language latency layer learning memory mixture model network "
    "neural optimal parallel pipeline precision pruning quantization query routing sampling "
    "scheduling search sparse speculative split student tensor token training transformer vision"
).split()
_SYLLABLES = "an bo chen da el fi gar hu in jo ka li mu no or pa qui ro sa ta ur vo wei xu yo zi"
_ACCENTED = (r"{\'e}", r"{\"o}", r"{\v{c}}", r"{\o}", "é", "ü")
_FIRST = ("Ana", "Ben", "Chi", "Dana", "Eli", "Fatma", "G.", "Hugo", "Ines", "J. K.", "Lei", "Mo")
_VENUES = ("Conference on Learning Systems", "Journal of Computing", "Workshop on Edge Devices")


def _person(random_: random.Random) -> str:
    family = "".join(random_.choices(_SYLLABLES.split(), k=random_.randint(2, 4))).capitalize()
    if random_.random() < 0.15:
        family += random_.choice(_ACCENTED)
    first = random_.choice(_FIRST)
    return f"{family}, {first}" if random_.random() < 0.5 else f"{first} {family}"


def _entry(number: int, random_: random.Random) -> str:
    words = random_.choices(_WORDS, k=random_.randint(5, 12))
    title = " ".join(words).capitalize()
    if number % 3 == 0:
        title = f"{{{words[0].upper()}}}: {title}"
    people = " and ".join(_person(random_) for _ in range(random_.randint(1, 7)))
    year = random_.randint(1990, 2026)
    fields = {
        "author": people,
        "title": title,
        "booktitle": random_.choice(_VENUES),
        "year": str(year),
        "pages": f"{number % 900 + 1}--{number % 900 + 12}",
        "doi": f"10.5555/{year}.{number}",
        "url": f"https://example.org/paper/{number}",
        "keywords": ", ".join(random_.sample(_WORDS, 3)),
    }
    if number % 2:
        fields["abstract"] = " ".join(random_.choices(_WORDS, k=30)).capitalize() + "."
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
    return f"@inproceedings{{{words[0]}{year}x{number},\n{lines}}}\n"


def library(entries: int, seed: int = 7) -> str:
    """BibTeX of so many entries."""
    random_ = random.Random(seed)
    return "\n".join(_entry(number, random_) for number in range(entries))


def write(folder: Path, entries: int) -> Path:
    """A project's folder with a made `references.bib`; the path of that file."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "references.bib"
    path.write_text(library(entries), encoding="utf-8")
    return path
