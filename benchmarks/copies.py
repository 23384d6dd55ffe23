"""Invented papers as several databases write them, and others that only look like one another.

Same seed, same records. Every record says in its id which paper it is: "paper-copy".
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

from reviewkit.duplicates import Record

Fields = dict[str, str]

_GIVEN = (
    "Ana Bo Carla Dmitri Élodie Farah Goran Hyun Inés João Kerstin Lars Mei Noor Oskar"
).split()
_FAMILY = (
    "Nakamura García Müller Okafor Silva Lindqvist Rossi Haddad Kowalska O'Brien Petrov Duarte "
    "Van-Dijk Schröder Yılmaz Novák Mensah Laurent Iversen Bianchi"
).split()
_SYLLABLES = "al ba cor da en fi gra ho in lu me no or pe qui ro se ti ur ve wi xa yo ze".split()
_ENDINGS = "mab nib pril statin oxane idine azole amide".split()
_GROUPS = (
    "adults|children|older people|women|men|outpatients|infants|workers|athletes|young adults"
    "|pregnant women|patients in intensive care|veterans|nursing-home residents"
).split("|")
_CONDITIONS = (
    "chronic bronchial inflammation|recurrent falls|early breast tumours|mineral dust exposure"
    "|low birth weight|resistant hypertension|long-term dialysis|iron deficiency|migraine attacks"
    "|septic shock|hip fractures|seasonal depression|type 2 diabetes|hepatitis C|atrial flutter"
    "|sleep apnoea|knee osteoarthritis|acute pancreatitis|leg ulcers|vertigo|psoriasis|anaemia"
).split("|")
_DESIGNS = (
    "a randomised controlled trial|a multicentre cohort study|a systematic review"
    "|a double-blind crossover study|an economic analysis|results from a national registry"
).split("|")
_AIMS = "Efficacy Safety Costs Tolerability Outcomes Dosing Acceptance Timing".split()
_JOURNALS = {
    "Annals of Invented Medicine": "Ann Invent Med",
    "Journal of Imaginary Surgery": "J Imag Surg",
    "The International Review of Supposed Oncology": "Int Rev Suppos Oncol",
    "Archives of Fictional Paediatrics": "Arch Fict Paediatr",
    "Clinical Hypotheses & Practice": "Clin Hypotheses Pract",
}


def _drug(chance: random.Random) -> str:
    return "".join(chance.choices(_SYLLABLES, k=chance.randint(2, 3))) + chance.choice(_ENDINGS)


def paper(chance: random.Random, number: int) -> Fields:
    """A paper with everything that can be known of it."""
    names = chance.sample(_FAMILY, chance.randint(1, 7))
    first = chance.randint(2, 900)
    return {
        "entrytype": "article",
        "title": f"{chance.choice(_AIMS)} of {_drug(chance)} and {_drug(chance)} in "
        f"{chance.choice(_GROUPS)} with {chance.choice(_CONDITIONS)}: {chance.choice(_DESIGNS)}",
        "author": " and ".join(
            f"{name}, {chance.choice(_GIVEN)} {chance.choice('ABCDEFG')}." for name in names
        ),
        "journal": chance.choice(list(_JOURNALS)),
        "year": str(chance.randint(1985, 2024)),
        "volume": str(chance.randint(1, 90)),
        "number": str(chance.randint(1, 12)),
        "pages": f"{first}-{first + chance.randint(3, 14)}",
        "doi": f"10.5555/inv.{number}",
    }


def _initials(fields: Fields, chance: random.Random) -> None:
    names = (name.partition(", ") for name in fields["author"].split(" and "))
    dot = chance.choice((".", ""))
    fields["author"] = " and ".join(
        f"{last}, {dot.join(word[0] for word in first.split())}{dot}" if first else last
        for last, _, first in names
    )


def _vancouver(fields: Fields, _: random.Random) -> None:
    names = (name.partition(", ") for name in fields["author"].split(" and "))
    fields["author"] = " and ".join(
        f"{last} {''.join(word[0] for word in first.split())}".strip() for last, _, first in names
    )


def _et_al(fields: Fields, _: random.Random) -> None:
    names = fields["author"].split(" and ")
    fields["author"] = " and ".join([*names[:3], "others"] if len(names) > 3 else names)


def _short_pages(fields: Fields, _: random.Random) -> None:
    first, _, last = fields["pages"].partition("-")
    same = 0
    while len(first) == len(last) and first[same] == last[same]:
        same += 1
    fields["pages"] = f"{first}-{last[same:]}"


def _typing_error(fields: Fields, chance: random.Random) -> None:
    title = fields["title"]
    place = chance.randrange(3, len(title) - 4)
    fields["title"] = title[:place] + title[place + 1] + title[place] + title[place + 2 :]


def _written(name: str, change: Callable[[str], str]) -> Callable[[Fields, random.Random], None]:
    def apply(fields: Fields, _: random.Random) -> None:
        fields[name] = change(fields[name])

    return apply


def _without(*names: str) -> Callable[[Fields, random.Random], None]:
    def apply(fields: Fields, _: random.Random) -> None:
        for name in names:
            fields.pop(name, None)

    return apply


#: What databases, exports and people make of a record.
CHANGES = (
    _initials,
    _vancouver,
    _et_al,
    _short_pages,
    _typing_error,
    _without("doi"),
    _without("number"),
    _without("doi", "pages"),
    _without("doi", "volume", "number"),
    _written("title", str.upper),
    _written("title", lambda title: f"{title}."),
    _written("title", lambda title: f"{title} [see comments]"),
    _written("title", lambda title: title.partition(":")[0]),
    _written("title", lambda title: title.replace("randomised", "randomized")),
    _written("title", lambda title: title.replace(" and ", " &amp; ")),
    _written("journal", lambda journal: _JOURNALS.get(journal, journal)),
    _written("journal", lambda journal: f"{journal} (Nowhere, N.Y.)"),
    _written("doi", lambda doi: f"https://doi.org/{doi.upper()}"),
    _written("pages", lambda pages: pages.partition("-")[0]),
    _written("pages", lambda pages: pages.replace("-", "--")),
)


def copy(fields: Fields, chance: random.Random) -> Fields:
    """The same paper as another database has it: some changes, one after the other."""
    made = dict(fields)
    for change in chance.sample(CHANGES, chance.randint(1, 4)):
        # What one change took away the next cannot write otherwise.
        if {"doi", "pages"} <= made.keys() or change not in CHANGES[3:4] + CHANGES[-3:]:
            change(made, chance)
    return made


def _moved(fields: Fields, chance: random.Random, **changes: str) -> Fields:
    """A text printed elsewhere than these fields say."""
    first = int(fields["pages"].partition("-")[0]) + chance.randint(20, 60)
    made = fields | {"pages": f"{first}-{first + 3}"} | changes
    if "doi" in changes or chance.random() < 0.5:
        made["doi"] = f"{fields['doi']}.{chance.randint(2, 9)}"
    else:
        made.pop("doi")
    return made


def lookalike(fields: Fields, chance: random.Random) -> Fields:
    """Another text that a careless eye takes for this paper."""
    title, year = fields["title"], int(fields["year"])
    nearby = str(int(fields["volume"]) + 1)
    kinds: tuple[Fields, ...] = (
        {"title": f"Erratum to: {title}"},
        {"title": f"{title} - Reply", "author": "Reply, Ingrid"},
        {"title": f"{title}: study protocol", "year": str(year - 2), "volume": nearby},
        {"title": f"{title}. Part 2"},
        {"title": title.partition(" ")[2].capitalize() + " in practice"},
        {"journal": "Proceedings of the Imaginary Congress", "year": str(year - 1), "volume": "3"},
        {"author": "Otherwise, Someone and Else, Somebody", "year": str(year + 3), "volume": "77"},
        {"year": str(year + 4), "volume": nearby},
        {"title": "Editorial"},
    )
    return _moved(fields, chance, **chance.choice(kinds))


def records(size: int, seed: int = 1) -> Iterator[Record]:
    """So many records: of four papers one has one or two copies, one has a lookalike."""
    chance = random.Random(seed)
    made = number = 0
    while made < size:
        fields = paper(chance, number)
        texts = [(str(number), fields)]
        kind = chance.random()
        if kind < 0.25:
            texts += [(str(number), copy(fields, chance)) for _ in range(chance.randint(1, 2))]
        elif kind < 0.5:
            texts.append((f"{number}x", lookalike(fields, chance)))
        for place, (name, text) in enumerate(texts[: size - made]):
            yield Record(f"{name}-{place}", text)
        made += len(texts)
        number += 1


def paper_of(name: str) -> str:
    """Which paper the record of this id is."""
    return name.partition("-")[0]
