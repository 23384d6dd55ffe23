"""Histories of people who review here while other programs save the same .bib file."""

import os
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from reviewkit.bibtex import BibDocument, Entry
from reviewkit.project import Project
from tests.files.hands import bib, rows, save, start
from tests.files.programs import KEEPING, Item, Zotero, biber_tool

PLAIN = """\
@article{smith2021,
  author = {Smith, Ann},
  title = {On Small Things in General},
  year = {2021},
  keywords = {small, things}
}

@article{zhang2020,
  author = {Zhang, Li},
  title = {A Study of Many Other Things},
  year = {2020}
}
"""
KEYS = ("smith2021", "zhang2020")

reviews = st.builds(
    dict,
    reviewer=st.sampled_from(["ana", "bob"]),
    rating=st.sampled_from([None, 1, 2.5, 5]),
    status=st.sampled_from([None, "read", "done"]),
    add_tags=st.lists(st.sampled_from(["core", "edge case", "small"]), max_size=2),
    note=st.sampled_from(["Good.", "Two\n\nparagraphs", "100\\% {braces} & *md*", "é – ü"]),
)
keys = st.sampled_from(KEYS)
foreign = st.dictionaries(
    st.sampled_from(["title", "volume", "url", "year"]),
    st.sampled_from(["{1999}", "{2001}", "{A New Title}"]),
    max_size=2,
)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("review"), keys, reviews),
        st.tuples(st.sampled_from(KEEPING), keys, foreign),
    ),
    min_size=2,
    max_size=6,
)

# A history takes a second: shrinking one that fails is for whoever looks into it.
_settings = settings(
    max_examples=int(os.environ.get("REVIEWKIT_PROGRAM_HISTORIES", "20")),
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def opinions(project: Project) -> dict[str, object]:
    return {
        paper.citekey: [
            (r.reviewer, r.rating, r.status, r.tags, sorted(n.text for n in r.notes))
            for r in paper.reviews
        ]
        for paper in project.papers()
    }


def in_csv(project: Project) -> set[tuple[str, str]]:
    return (
        {(r["key"], r["reviewer"]) for r in rows(project)} if project.csv_path.exists() else set()
    )


def nothing_is_left_to_do(project: Project) -> None:
    files = (project.bib_path, project.csv_path, project.generated_path)
    before = [f.read_bytes() if f.exists() else None for f in files]
    log = len(project.log())
    result = project.sync()
    assert (result.taken_in, result.held) == (0, 0), result
    assert [f.read_bytes() if f.exists() else None for f in files] == before
    assert len(project.log()) == log


@_settings
@given(steps)
def test_programs_that_keep_fields(private_home: Path, history: list[tuple[object, ...]]) -> None:
    with tempfile.TemporaryDirectory() as folder, start(Path(folder) / "p", PLAIN) as project:
        told: dict[tuple[str, str], str] = {}
        for program, key, what in history:
            if program == "review":
                project.review(key, **what)
                project.sync()
                continue
            said = opinions(project)
            shown = {
                (k, n): f.raw
                for k in KEYS
                for n, f in entry(project, k).fields.items()
                if not n.startswith(("reviewkit", "comment-")) and n not in ("ranking", "keywords")
            }
            changed = {n: raw for n, raw in what.items() if shown.get((key, n)) != raw}
            save(project.bib_path, program(bib(project), {key: what}))
            # The change is taken in once; a date of the program's own is a change as well.
            dated = bool(what) and "date-modified" in entry_text(project, key)
            taken = project.sync().taken_in
            new = dated and (key, "date-modified") not in told
            assert taken == len(changed) + new, (program.__name__, what)
            told.update({(key, n): raw for n, raw in changed.items()})
            if new:
                told[key, "date-modified"] = ""
            nothing_is_left_to_do(project)
            assert opinions(project) == said
            for name, raw in what.items():
                assert entry(project, key).fields[name].raw == raw
        assert project.info().mode == "shared"
        assert not project.conflicts() and not project.info().held
        assert in_csv(project) == {
            (key, review[0]) for key, found in opinions(project).items() for review in found
        }


def entry(project: Project, key: str) -> Entry:
    found = BibDocument.from_bytes(project.bib_path.read_bytes()).entry(key)
    assert found is not None
    return found


def entry_text(project: Project, key: str) -> str:
    return entry(project, key).raw.decode()


items = st.lists(
    st.sampled_from(
        [
            Item("Learning Compressed Representations", "Matsubara, Yo", "2022", doi="10.1/a"),
            Item("On Small Things in General", "Smith, Ann", "2021", tags=["small"]),
            Item("A Study of Many Other Things", "Zhang, Li", "2020", notes=["One."]),
        ]
    ),
    min_size=3,
    max_size=3,
    unique_by=lambda item: item.title,
)
changes = st.lists(
    st.one_of(
        st.tuples(st.just("review"), st.integers(0, 2), reviews),
        st.tuples(st.just("year"), st.integers(0, 2), st.sampled_from(["1999", "2005"])),
        st.tuples(st.just("key"), st.integers(0, 2), st.sampled_from(["one", "two", "three"])),
        st.tuples(st.just("tags"), st.integers(0, 2), st.sampled_from([["a"], ["b", "a"]])),
        st.tuples(st.just("notes"), st.integers(0, 2), st.sampled_from([["x"], ["x", "y"]])),
        st.tuples(st.just("export"), st.just(0), st.none()),
    ),
    min_size=3,
    max_size=10,
)


@_settings
@given(items, changes, st.booleans())
def test_zotero_writes_the_file_anew(
    private_home: Path, library: list[Item], history: list[tuple[str, int, object]], better: bool
) -> None:
    program = Zotero([Item(**vars(item)) for item in library], better)
    with tempfile.TemporaryDirectory() as folder:
        with start(Path(folder) / "p", program.export()) as project:
            exported = {id(item): program.key(item) for item in program.items}
            dated: set[int] = set()
            for kind, number, what in [*history, ("export", 0, None)]:
                item = program.items[number]
                if kind == "review":
                    project.review(exported[id(item)], **what)  # type: ignore[arg-type]
                    project.sync()
                elif kind == "key":
                    taken = [program.key(other) for other in program.items]
                    if what not in taken and id(item) not in dated:
                        item.key = str(what)
                elif kind != "export":
                    if kind == "year":
                        # With the key as well nothing but the title would say who it is.
                        item.key = exported[id(item)]
                        dated.add(id(item))
                    setattr(item, kind, what)
                else:
                    said = opinions(project)
                    save(project.bib_path, program.export())
                    now = {id(item): program.key(item) for item in program.items}
                    renamed = {exported[i]: now[i] for i in now}
                    project.sync()
                    nothing_is_left_to_do(project)
                    exported, dated = now, set()
                    assert opinions(project) == {renamed[k]: v for k, v in said.items()}
                    assert len(project) == 3 and not project.info().held
            for item in program.items:
                paper = project[program.key(item)]
                assert str(paper.year) == item.year and set(paper.keywords) == set(item.tags)
            said = opinions(project)
            generated = project.info().mode == "generated"
            # Also an edit of the program's own that was taken in leaves a mark to be lost.
            assert generated or not any(said.values())
            assert (bib(project) == program.export()) or not generated
        # Another process, which has seen nothing of it, reads the same.
        with Project(Path(folder) / "p", reviewer="bob", watch=False) as project:
            assert opinions(project) == said
            nothing_is_left_to_do(project)


def test_biber_drops_our_fields_and_they_come_back(private_home: Path, tmp_path: Path) -> None:
    with start(tmp_path / "p", PLAIN) as project:
        project.review("smith2021", rating=4, tags=["core"], note="Good.")
        project.review("zhang2020", status="done", reviewer="bob")
        project.sync()
        said = opinions(project)
        save(project.bib_path, biber_tool(bib(project), {"smith2021": {"year": "{2031}"}}))
        assert project.sync().taken_in == 1
        nothing_is_left_to_do(project)
        assert opinions(project) == said
        assert "ana=4" in bib(project) and "bob=done" in bib(project)
        assert project["smith2021"].year == 2031
