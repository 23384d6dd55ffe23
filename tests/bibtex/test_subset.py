from hypothesis import given
from hypothesis import strategies as st

from reviewkit.bibtex import BibDocument

NAME = st.sampled_from("xyz")
VALUE = st.lists(NAME | st.sampled_from(["{A}", "{B}", '"C"', "1"]), min_size=1, max_size=3)
BLOCK = st.tuples(st.sampled_from(["string", "entry", "preamble"]), NAME, VALUE)


def values(document: BibDocument) -> dict[str, str]:
    return {key: entry.fields["t"].value
            for key in document.citekeys if (entry := document.entry(key))}  # fmt: skip


def test_a_definition_that_changes_stands_before_what_it_holds_for() -> None:
    text = b"""@string{x = {A}} @string{y = x # {1}}
        @misc{k1, t = y} @string{x = {B}} @misc{k2, t = x # y} @misc{k3, t = x}
        @string{y = x # {2}} @misc{k4, t = y, crossref = {k1}}"""
    document = BibDocument.from_bytes(text)
    part = BibDocument.from_bytes(document.subset(["k2", "k4"]))
    assert values(part) == {"k2": "BA1", "k4": "B2", "k1": "A1"}


def test_definitions_of_each_other_end() -> None:
    text = b"@string{x = y} @string{y = x} @string{x = y # {1}} @misc{k, t = x # y}"
    document = BibDocument.from_bytes(text)
    assert len(document.subset(["k"])) < 1000
    many = b"".join(b"@string{a%d = b%d # a%d} @string{b%d = a%d # b%d} " % ((n, n - 1, n - 1) * 2)
                    for n in range(1, 300)) * 2 + b"@misc{k, t = a299}"  # fmt: skip
    assert len(BibDocument.from_bytes(many).subset(["k"])) < 1_000_000


@given(st.lists(BLOCK, max_size=12))
def test_every_value_means_what_it_did(blocks: list[tuple[str, str, list[str]]]) -> None:
    defined: set[str] = set()
    lines = []
    for number, (kind, name, parts) in enumerate(blocks):
        # Forward references are an error to BibTeX.
        value = " # ".join(p for p in parts if p not in "xyz" or p in defined) or "{-}"
        if kind == "string":
            lines.append(f"@string{{{name} = {value}}}")
            defined.add(name)
        elif kind == "entry":
            lines.append(f"@misc{{k{number}, t = {value}}}")
        else:
            lines.append(f"@preamble{{{value}}}")
    document = BibDocument.from_bytes("\n".join(lines).encode())
    part = BibDocument.from_bytes(document.subset(document.citekeys))
    assert values(part) == values(document)
