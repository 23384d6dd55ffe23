"""Other ways of citing become pandoc's, and what has no form there stays and is told."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewkit.citations import markdown
from reviewkit.citations.conversion import Known, to_pandoc

FORMS = [
    # MyST
    ("{cite}`a`", "[@a]"),
    ("{cite:p}`a,b`", "[@a; @b]"),
    ("{cite:t}`a; b`", "@a; @b"),
    ("{cite:p}`{see}a{fig 1}, b`", "[see @a, fig 1; @b]"),
    ("{cite:ts}`a`", "@a"),
    ("{cite:yearpar}`a`", "[-@a]"),
    ("{footcite}`a`", "[@a]"),
    # natbib
    (r"\citep{a, b}", "[@a; @b]"),
    (r"\citep[see][p.~3]{a}", "[see @a, p. 3]"),
    (r"\citep[p. 3]{a,b}", "[@a; @b, p. 3]"),
    (r"\citep[see][]{a}", "[see @a]"),
    (r"\citet{a}", "@a"),
    (r"\Citet[ch.~2]{a}", "@a [ch. 2]"),
    (r"\citep*{a}", "[@a]"),
    (r"\citeyearpar{a}", "[-@a]"),
    # biblatex
    (r"\autocite[3]{a}", "[@a, p. 3]"),
    (r"\autocite[3--5]{a}", "[@a, pp. 3-5]"),
    (r"\parencite[see][3, 7]{a}", "[see @a, pp. 3, 7]"),
    (r"\parencite*{a}", "[-@a]"),
    (r"\textcite[12]{a}", "@a [p. 12]"),
    (r"\autocites[see][3]{a}[cf.][]{b}", "[see @a, p. 3; cf. @b]"),
    (r"\cite{a}", "[@a]"),
    (r"\cite[Thm.~1]{a}", "[@a, Thm. 1]"),
    (r"\cite[\emph{passim}]{a}", "[@a, *passim*]"),
    # HTML
    ('<cite data-cite="a">(Granger, 2013)</cite>', "[@a]"),
    ("<cite data-cite='a,b'>(G, 2013; H)</cite>", "[@a; @b]"),
    ('<cite data-cite="6915422/KNMB"></cite>', "[@6915422/KNMB]"),
    ('<cite id="x12"><a href="#zotero%7C1">(G)</a></cite>', "[@a; @b]"),
    ("<doi:10.1/x>", "[@a]"),
    ("[](doi:10.1/x)", "[@a]"),
    # keys that need braces
    ("{cite}`a.`", "[@{a.}]"),
]
KNOWN = Known({"10.1/x": "a"}.get, {"x12": ("a", "b"), "x13": (None,)})


@pytest.mark.parametrize(("before", "after"), FORMS)
def test_each_form(before: str, after: str) -> None:
    text = f"Word {before}, word."
    found = to_pandoc(text, known=KNOWN)
    assert found.applied(text) == f"Word {after}, word."
    assert found.left == ()
    # Once is enough.
    assert to_pandoc(found.applied(text), known=KNOWN).changes == ()


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (r"\citeauthor{a}", "no form for \\citeauthor"),
        (r"\citealp{a}", "no form for \\citealp"),
        (r"\nocite{a}", "no form for \\nocite"),
        ("{cite:year}`a`", "no form for {cite:year}"),
        (r"\citep[\S 3]{a}", "note"),
        (r"\citep[a;b][]{a}", "note"),
        (r"\citet[see][p. 3]{a}", "before an author"),
        (r"\cite{a}(x)", "beside"),
        (r"\citet{a} [x]", "beside"),
        (r"word\citet{a}", "beside"),
        ("<doi:10.9/y>", "no paper with this DOI"),
        ('<cite id="x13">x</cite>', "lacks"),
    ],
)
def test_what_is_left(text: str, why: str) -> None:
    found = to_pandoc(f"First.\n\n{text}", known=KNOWN)
    assert found.changes == ()
    assert [(one.line, why in one.reason) for one in found.left] == [(3, True)]


@pytest.mark.parametrize(
    "text",
    [
        "`\\cite{a}`", "```\n\\cite{a}\n```", "    \\cite{a}", "$\\cite{a}$", "<!-- \\cite{a} -->",
        "@a [@b] [-@c, p. 3]", "\\citestyle{x}", "<cite>Title</cite>", '<cite id="other">x</cite>',
        "{ref}`a`", "[x](https://doi.org/10.1/x)", "\\mycite",
    ],
)  # fmt: skip
def test_what_is_not_touched(text: str) -> None:
    found = to_pandoc(text, known=KNOWN)
    assert (found.changes, found.left) == ((), ())


def test_a_key_does_not_grow() -> None:
    for after in ("bc", ":x", ".5", "@"):
        text = f"\\citet{{a}}{after}"
        found = to_pandoc(text).applied(text)
        assert found == f"@{{a}}{after}"
    assert to_pandoc("\\citet{a}. X").applied("\\citet{a}. X") == "@a. X"
    assert to_pandoc("\\citet{a}'s").applied("\\citet{a}'s") == "@a's"


def test_front_matter_stays() -> None:
    text = "---\ntitle: \\cite{a}\n---\n\\cite{b}"
    assert to_pandoc(text, opens_file=True).applied(text) == "---\ntitle: \\cite{a}\n---\n[@b]"


PIECES = st.sampled_from(
    [before for before, _ in FORMS]
    + ["a", "[", "]", "(x)", "*", "`x`", "\n", "\n\n", " ", ".", "@c"]
)


@settings(max_examples=200)
@given(st.lists(PIECES, max_size=8).map("".join))
def test_the_same_keys_are_cited_after(text: str) -> None:
    found = to_pandoc(text, known=KNOWN)
    after = found.applied(text)
    keys = [use.key for use in markdown.uses(after, opens_file=False)]
    # The scan takes a role's name behind a list of LaTeX's groups for one more of them.
    before = [use.key for use in markdown.uses(text, opens_file=False) if use.key != "cite"]
    assert set(before) <= set(keys) | {key.strip("{}") for key in keys}
    last = 0
    for change in found.changes:
        assert text[change.start : change.end] == change.before and change.start >= last
        last = change.end
