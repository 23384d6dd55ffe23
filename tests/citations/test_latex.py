"""citations: keys cited in LaTeX and in its .aux files."""

import pytest

from reviewkit.citations import cited_keys

KNOWN = set("abcdefg")


def scan(text: str, name: str = "paper.tex") -> tuple[str, str]:
    found = cited_keys(name, text.encode(), KNOWN)
    return " ".join(found.keys), " ".join(found.unknown_keys)


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        (r"\cite{a}", "a"),
        (r"\cite{a, b,c}", "a b c"),
        ("\\cite{a,%\n  b,\n  c}", "a b c"),
        (r"\citep[see][p.~3]{a} \citet*{b} \Citealp{c}", "a b c"),
        (r"\parencite[{[x]}, 3]{a}\textcite{b}\footcite{c}\autocite*{d}\fullcite{e}", "a b c d e"),
        (r"\cites(see)(also)[1]{a}[2][3]{b}{c}", "a b c"),
        (r"\volcite{2}[3]{a} \pvolcite[see]{d}{b}", "a b"),
        (r"\citeauthor{a}\citeyearpar{b}\citefield{c}{title}\nocite{d}", "a b c d"),
        (r"\textcite[\cite{b}]{a}", "b a"),
        (r"\footnote{As in \cite {a}}", "a"),
        (r"\citetext{as \citealp{a}}", "a"),
        (r"\mycite{a} \onlinecite{b} \citeonline{c} \citeA{d} \cite<see>[3]{e}", "a b c d e"),
        (r"\textcquote[3]{a}{words} \bibentry{b}", "a b"),
        (r"50\% \cite{a}", "a"),
        (r"line\\%comment \cite{b}" + "\n" + r"\cite{a}", "a"),
        (r"\cite{a} % \cite{b}", "a"),
        (r"\verb|\cite{b}| \lstinline!\cite{b}! \cite{a}", "a"),
        ("\\begin{verbatim}\n\\cite{b}\n\\end{verbatim}\\cite{a}", "a"),
        (r"\begin{comment}\cite{b}\end{comment}\iffalse \cite{c}\fi\cite{a}", "a"),
        (r"\cite{a}\end{document}\cite{b}", "a"),
        (r"\url{x%y} \cite{a}", "a"),
        (r"\newcommand{\x}[1]{\cite{#1}} \setcitestyle{a} \citestyle{b}", ""),
        ("a@b @a [@a]", ""),
    ],
)
def test_commands(text: str, keys: str) -> None:
    assert scan(text) == (keys, "")


def test_unknown_keys_of_commands_that_surely_cite() -> None:
    assert scan(r"\cite{a,nobody} \somecite{thing} \citecolor{blue}") == ("a", "nobody")


def test_everything() -> None:
    assert cited_keys("p.tex", rb"\nocite{*}", KNOWN).everything
    assert not cited_keys("p.tex", rb"% \nocite{*}", KNOWN).everything


def test_aux_files_of_bibtex_and_biblatex() -> None:
    aux = "\\relax\n\\citation{a,b}\n\\abx@aux@cite{0}{c}\n\\abx@aux@cite{d}\n\\bibcite{e}{1}\n"
    aux += "\\bibdata{refs}\n\\abx@aux@cite{1}{x}\n"
    assert scan(aux, "PAPER.AUX") == ("a b c d", "x")
    assert cited_keys("p.aux", b"\\citation{*}", KNOWN).everything


def test_an_old_encoding_is_read() -> None:
    assert cited_keys("p.tex", "Müller \\cite{a}".encode("latin-1"), KNOWN).keys == ("a",)
    assert cited_keys("p.tex", "Müller \\cite{a}".encode("utf-16"), KNOWN).keys == ("a",)
