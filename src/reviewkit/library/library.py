"""The library: the papers of a .bib document together with what people said of them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping

from reviewkit import abstracts, matching, scores
from reviewkit.bibtex import BibDocument, decode_value, display_names
from reviewkit.bibtex.dates import date_of
from reviewkit.bibtex.values import no_macros, tex_to_value
from reviewkit.library.bindings import Bindings
from reviewkit.library.conflicts import readable
from reviewkit.library.lines import one_line, short_authors
from reviewkit.library.links import is_web, links_of
from reviewkit.library.overlay import fields_of, is_edited, macros_of, remembered_entry
from reviewkit.library.parents import VENUES, add_inherited
from reviewkit.ops import opinions
from reviewkit.ops.fold import Fold
from reviewkit.ops.ids import paper_id
from reviewkit.ops.links import cell_links
from reviewkit.ops.tally import Tally
from reviewkit.records import Conflict, Paper, PaperRow, Review
from reviewkit.search.index import Searchable

#: What a line of a list is made of; the two references bring in what else they stand for.
_IN_ROW = ("title", "author", "year", "date", *VENUES, "crossref", "xdata")


class Library(Bindings):
    """Maps citekeys to papers; papers of the file first, in its order, then those to come."""

    def __init__(self, document: BibDocument, fold: Fold) -> None:
        super().__init__(document, fold)
        self.tally = Tally(fold)
        self._sorted: tuple[list[str], list[str]] = ([], [])
        self._order_name = ""

    def paper_of(self, citekey: str) -> str | None:
        """The id that this key gives, also of a paper that is gone or was merged."""
        known = self.id_of(citekey) or self._ids.get(citekey)
        if known is None and (key := self.aliases().get(citekey)) is not None:
            return self.id_of(key)
        return known

    def resolve(self, citekey: str) -> str | None:
        """The citekey of the paper that has this key, or once had it; None if none has."""
        if citekey in self:
            return citekey
        return self.aliases().get(citekey)

    def aliases(self) -> dict[str, str]:
        """Former and further keys, each with the citekey of its paper; no key in use is one."""
        return self._aliases.known(self._keys, self)

    def meanings(self) -> dict[str, str]:
        """Every key that means a paper, with its citekey: those in use and the aliases."""
        return {**self.aliases(), **{key: key for key in self.citekeys()}}

    def citekeys(self) -> list[str]:
        """All citekeys: the file's order, then papers that are not in the file yet."""
        if self._order is None:
            gone = {key for paper, key in self._keys.items() if self.is_deleted(paper)}
            inside = dict.fromkeys(self.document.citekeys)
            outside = (
                key for key, paper in self._ids.items()
                if key not in inside and self.has_text(paper)
            )  # fmt: skip
            self._order = [key for key in (*inside, *outside) if key not in gone]
        return self._order

    def sorted_citekeys(self) -> list[str]:
        """All citekeys in alphabetical order, without regard to case."""
        keys = self.citekeys()
        former, found = self._sorted
        if former is not keys:
            if former != keys:
                found = sorted(keys, key=lambda key: (key.casefold(), key))
                self._order_name = ""
            self._sorted = (keys, found)
        return found

    @property
    def order(self) -> str:
        """A word for `sorted_citekeys`: the same as long as no paper comes, goes or is renamed."""
        found = self.sorted_citekeys()
        if not self._order_name:
            text = "\n".join(found).encode("utf-8", "surrogatepass")
            self._order_name = hashlib.sha256(text).hexdigest()[:16]
        return self._order_name

    def __contains__(self, citekey: object) -> bool:
        return isinstance(citekey, str) and self.id_of(citekey) is not None

    def lacks(self, paper: str) -> bool:
        """Whether the log has the paper and the file, as it was read, does not."""
        return not self.is_deleted(paper) and self.entry_of(paper) is None

    def fields(self, citekey: str) -> dict[str, tuple[str, str]]:
        """The paper's own fields: name to TeX text (macros resolved) and Unicode text."""
        paper = self.id_of(citekey) or paper_id(citekey)
        entry = self.entry_of(paper) or self.document.entry(citekey)
        return fields_of(self._fold, paper, entry, self.document)

    def field(self, citekey: str, name: str) -> str:
        """The Unicode text of one of the paper's own fields; empty if it has none."""
        paper = self.id_of(citekey) or paper_id(citekey)
        entry = self.entry_of(paper) or self.document.entry(citekey)
        if entry is None or self._fold.history(paper, None, f"bib:{name}"):
            return self.fields(citekey).get(name, ("", ""))[1]
        return entry.fields[name].value if name in entry.fields else ""

    def reviews(self, citekey: str) -> tuple[Review, ...]:
        """Everybody's review of the paper; the citekey must be the library's."""
        return opinions.reviews(self._fold, self.id_of(citekey) or paper_id(citekey))

    def is_reworded(self, citekey: str) -> bool:
        """Whether its own fields are anything else than those of the file's entry of this key."""
        paper = self.id_of(citekey)
        if paper is None:
            return False
        entry = self.entry_of(paper)
        return entry is None or entry.citekey != citekey or is_edited(self._fold, paper)

    def line_of(self, paper: str) -> tuple[str, str] | None:
        """Citekey and title of a paper of the log, on one line; None if it is gone."""
        key = self.key_of(paper)
        if key is None or self.is_deleted(paper):
            return None
        return key, one_line(self.field(key, "title"))

    def _shown(
        self, citekey: str, paper: str, names: Iterable[str] | None = None
    ) -> dict[str, tuple[str, str]]:
        entry = self.entry_of(paper) or self.document.entry(citekey)
        fields = fields_of(self._fold, paper, entry, self.document, names)
        add_inherited(fields, self.document, entry)
        return fields

    def facts(self) -> Iterator[tuple[str, matching.Facts]]:
        """What tells the papers apart, for all of them, quickly."""
        names = ("title", "author", "year", "date", "doi", "eprint", "archiveprefix", "url")
        keys = self.document.keys_in_order()
        for key, row in zip(keys, self.document.table(names), strict=True):
            if key and key not in self._ids:
                given = {n: v for n, v in zip(names, row, strict=True) if v is not None}
                yield key, matching.facts_of(given)
        for key in self._ids:
            if key in self:
                yield key, self.facts_of(key)

    def facts_of(self, citekey: str) -> matching.Facts:
        """What tells this paper from others."""
        return matching.facts_of({n: value for n, (_, value) in self.fields(citekey).items()})

    def paper(self, citekey: str) -> Paper:
        """The paper with everybody's opinions; the citekey must be the library's."""
        paper = self.id_of(citekey) or paper_id(citekey)
        fields = self._shown(citekey, paper)
        text = {name: value for name, (_, value) in fields.items()}
        reviews = opinions.reviews(self._fold, paper)
        facts = matching.facts_of(text)
        date = date_of(text)
        tags = _tags(reviews)
        return Paper(
            citekey=citekey,
            id=paper,
            type=self.type_of(citekey),
            title=one_line(text.get("title", "")) or citekey,
            authors=display_names(fields["author"][0]) if "author" in fields else (),
            year=date.year if date else None,
            venue=next((one_line(text[name]) for name in VENUES if text.get(name)), None),
            doi=facts.doi,
            arxiv=facts.arxiv,
            urls=tuple(url for url in text.get("url", "").split() if is_web(url)),
            links=links_of(facts, text),
            abstract=text.get("abstract") or None,
            abstract_display=abstracts.display(text["abstract"]) if text.get("abstract") else None,
            keywords=self._keywords(paper, text, tags),
            tags=tags,
            score=scores.score(reviews),
            disagreement=scores.disagreement(reviews),
            reviews=reviews,
            conflicts=self.conflicts(paper, citekey),
            cells=cell_links(self._fold, paper),
        )

    def conflicts(self, paper: str, citekey: str) -> tuple[Conflict, ...]:
        """Fields of a paper with values whose authors had not seen each other's."""
        found = opinions.conflicts(self._fold, paper, citekey)
        macros = macros_of(self.document) if found else no_macros
        return tuple(readable(each, macros) for each in found)

    def row(self, citekey: str, me: str | None) -> PaperRow:
        """The paper as one line of a list, as `me` sees it."""
        paper = self.id_of(citekey) or paper_id(citekey)
        fields = self._shown(citekey, paper, _IN_ROW)
        reviews = opinions.reviews(self._fold, paper)
        mine = next((review for review in reviews if review.reviewer == me), None)
        date = date_of({n: fields[n][1] for n in ("date", "year") if n in fields})
        venue = next((one_line(fields[name][1]) for name in VENUES if name in fields), None)
        return PaperRow(
            citekey=citekey,
            title=one_line(fields["title"][1]) if "title" in fields else citekey,
            authors=short_authors(
                display_names(fields["author"][0]) if "author" in fields else ()
            ),
            year=date.year if date else None,
            venue=venue or None,
            tags=_tags(reviews),
            score=scores.score(reviews),
            disagreement=scores.disagreement(reviews),
            readers=len(reviews),
            status=mine.status if mine else None,
            rating=mine.rating if mine else None,
            conflicts=len(opinions.conflicts(self._fold, paper, citekey)),
        )

    def searchable(self) -> Iterator[Searchable]:
        """All papers for the search index, quickly where nobody has said anything."""
        names = ("title", "author", "year", "date", "crossref", "xdata")
        rows = self.document.table(names, tex=True)
        plain: dict[str, tuple[str | None, ...]] = {}
        for entry_key, row in zip(self.document.keys_in_order(), rows, strict=True):
            plain.setdefault(entry_key, row)
        for key in self.citekeys():
            if key in self._ids or key not in plain or any(plain[key][4:]):
                yield self.searched(key)
                continue
            title, author, year, date = plain[key][:4]
            when = date_of({"year": year or "", "date": date or ""})
            yield Searchable(
                key,
                one_line(tex_to_value("title", title or key)),
                display_names(author) if author else (),
                when.year if when else None,
            )

    def searched(self, citekey: str) -> Searchable:
        """What is searched of one paper; the citekey must be the library's."""
        paper = self.id_of(citekey) or paper_id(citekey)
        fields = self._shown(citekey, paper, _IN_ROW)
        reviews = opinions.reviews(self._fold, paper)
        date = date_of({n: fields[n][1] for n in ("date", "year") if n in fields})
        return Searchable(
            citekey,
            one_line(fields["title"][1] if "title" in fields else "") or citekey,
            display_names(fields["author"][0]) if "author" in fields else (),
            date.year if date else None,
            _tags(reviews),
            scores.score(reviews),
            scores.disagreement(reviews),
            reviews,
        )

    def type_of(self, citekey: str) -> str:
        """The paper's entry type, in lower case; "misc" if nothing says it."""
        paper = self.id_of(citekey) or paper_id(citekey)
        entry = self.entry_of(paper) or self.document.entry(citekey)
        entry = entry or remembered_entry(self._fold, paper)
        if entry is not None:
            return entry.type
        current = self._fold.current(paper, None, "type")
        return str(current[-1].value) if current else "misc"

    def _keywords(
        self, paper: str, text: Mapping[str, str], tags: tuple[str, ...]
    ) -> tuple[str, ...]:
        current = self._fold.current(paper, None, "bib:keywords")
        words = text.get("keywords", "")
        if current:
            words = decode_value("keywords", current[-1].value) if current[-1].value else ""
            tags = ()
        found = (" ".join(word.split()) for word in re.split("[,;]", words))
        return tuple(word for word in dict.fromkeys(found) if word and word not in tags)


def _tags(reviews: Iterable[Review]) -> tuple[str, ...]:
    """Everybody's tags, each once."""
    return tuple(sorted({tag for review in reviews for tag in review.tags}))
