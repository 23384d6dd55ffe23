"""`python -m benchmarks.weights FOLDER...`: count the weights of the duplicate finder.

The folders are labelled sets (see `benchmarks.duplicates`). Each weighs the same; few counts are
smoothed. With several sets the weights of all others are tried on each one: that is what to
expect of a set that nobody has seen.
"""

from __future__ import annotations

import math
import sys
from collections import Counter, defaultdict
from itertools import combinations
from pathlib import Path
from unittest import mock

from benchmarks.duplicates import counts, read_labelled
from reviewkit.duplicates import evidence, find, groups, judging, weights
from reviewkit.duplicates.keys import keys_of
from reviewkit.duplicates.traits import traits_of

Level = tuple[str, str]
#: What the counted pairs of one paper and the others of a set weigh, and each level at least.
_SAME, _OTHER, _LEAST = 1000, 10000, 0.003
_CROWD = 60


def levels(folder: Path) -> tuple[Counter[Level], Counter[Level]]:
    """How often each level occurs among pairs of one paper and among others, in shares."""
    records, right = read_labelled(folder)
    paper = {name: number for number, group in enumerate(right) for name in group}
    traits = [traits_of(record) for record in records]
    blocks = defaultdict(list)
    for place, each in enumerate(traits):
        for key in keys_of(each):
            blocks[key].append(place)
    small = [block for block in blocks.values() if len(block) <= _CROWD]
    counted: tuple[Counter[Level], Counter[Level]] = (Counter(), Counter())
    for one, other in {pair for block in small for pair in combinations(block, 2)}:
        mine, theirs = traits[one], traits[other]
        title = evidence.title_level(mine.title, theirs.title)
        numbers = [paper.get(records[place].id, -place - 1) for place in (one, other)]
        same = numbers[0] == numbers[1]
        counted[0 if same else 1].update(evidence.evidence(mine, theirs, title).items())
    return counted


def weigh(sets: list[tuple[Counter[Level], Counter[Level]]]) -> dict[Level, float]:
    """Weights of all levels, counted over these sets."""
    fields = Counter(field for field, _ in weights.WEIGHTS)
    found = {}
    for field, level in weights.WEIGHTS:
        shares = []
        for kind, weight in enumerate((_SAME, _OTHER)):
            part = whole = 0.0
            for counted in sets:
                known = sum(n for (name, _), n in counted[kind].items() if name == field)
                if known:
                    part += weight * counted[kind][field, level] / known
                    whole += weight
            least = _LEAST * weight
            shares.append((part + least) / (whole + least * fields[field]))
        found[field, level] = math.log(shares[0] / shares[1])
    return found


def main(folders: list[Path]) -> None:
    """Print counted weights beside those in use, and how each set fares with the others'."""
    counted = [levels(folder) for folder in folders]
    for level, weight in weigh(counted).items():
        print(f"{' '.join(level):24} counted {weight:5.1f}   in use {weights.WEIGHTS[level]:5.1f}")
    for place, folder in enumerate(folders):
        others = weigh([each for number, each in enumerate(counted) if number != place])
        # Of identifiers and generic titles no set holds enough: these stay as they are.
        kept = {
            level: weight
            for level, weight in weights.WEIGHTS.items()
            if level[0] in ("doi", "arxiv", "pmid") or "generic" in level[1]
        }
        records, right = read_labelled(folder)
        with mock.patch.object(judging, "WEIGHTS", others | kept):
            found = groups(find(records))
        print(f"{folder.name}, weights of the others: right, wrong, missed", counts(found, right))


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]])
