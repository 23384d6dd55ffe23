from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewkit.bibtex import BibDocument, decode_value, latex_to_text, to_latex


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        ("{GPT}-2 and {CLIP}", "GPT-2 and CLIP"),
        ("The {\\LaTeX} Companion", "The LaTeX Companion"),
        ("{\\\"O}sterreich, {\\'E}cole, {\\^i}le, \\~nandu", "Österreich, École, île, ñandu"),
        (
            "{\\'\\i}, \\'{\\i}, \\v{c}, \\c c, {\\o}, {\\ss}, {\\AE}, \\aa",
            "í, í, č, ç, ø, ß, Æ, å",
        ),
        ("95\\% of R\\&D \\#1 \\$5 a\\_b", "95% of R&D #1 $5 a_b"),
        ("pages 1--2 --- done", "pages 1–2 — done"),
        ("``quoted''", "“quoted”"),
        ("$\\alpha$-divergence", "α-divergence"),
        ("$O(n^{2})$", "O(n²)"),
        ("CO$_2$ and 10$^{-6}$", "CO₂ and 10⁻⁶"),
        ("$\\frac{a}{b}$", "$\\frac{a}{b}$"),
        ("H\\textsubscript{2}O", "H₂O"),
        ("\\emph{in vitro} {\\it and} \\textbf{more}", "in vitro and more"),
        ("\\href{http://x}{shown}", "shown"),
        ("\\unknown{kept}", "kept"),
        ("C:\\temp", "C:\\temp"),
        ("Dr.~No", "Dr. No"),
        ("costs $5", "costs $5"),
        ("a } b { c", "a  b  c"),
        ("{" * 500 + "x", "x"),
    ],
)
def test_meaning_of_tex(tex: str, text: str) -> None:
    assert latex_to_text(tex) == text


def test_plain_text_is_the_same_object() -> None:
    text = "A plain title: with 50% of_everything"
    assert latex_to_text(text) is text


@pytest.mark.parametrize(
    ("text", "tex"),
    [
        ("Erdős, Pál", "Erd{\\H{o}}s, P{\\'a}l"),
        ("Žižek", "{\\v{Z}}i{\\v{z}}ek"),
        ("García Ibáñez", "Garc{\\'\\i}a Ib{\\'a}{\\~n}ez"),
        ("Łódź, Øre, Straße", "{\\L}{\\'o}d{\\'z}, {\\O}re, Stra{\\ss}e"),
        ("Việt Nam", "Vi{\\^{\\d{e}}}t Nam"),
        ("pages 3–5 — “so”", "pages 3--5 --- ``so''"),
        ("–-", "{\\textendash}-"),
        ("α ≤ β", "\\ensuremath{\\alpha} \\ensuremath{\\le} \\ensuremath{\\beta}"),
        ("50% of €5 & §3", "50\\% of {\\texteuro}5 \\& {\\S}3"),
        ("H₂O at 10⁻⁹", "H\\textsubscript{2}O at 10\\textsuperscript{-}\\textsuperscript{9}"),
        ("李 明", "李 明"),
        ("plain", "plain"),
    ],
)
def test_text_in_ascii_latex(text: str, tex: str) -> None:
    assert to_latex(text) == tex
    assert latex_to_text(tex) == text


LATIN = [chr(code) for code in (*range(0x20, 0x7F), *range(0xA1, 0x180), *range(0x1E00, 0x1F00))]
SYMBOLS = [*"–—“”‘’„‚«»…§¶†‡©®™£€°µ¡¿½¼¾×÷±·•≤≥≠≈∞∂∈→⇒αβγδΩ²³₂⁻ȘșȚțƠơ", "\n", "李", "\u0301"]


@given(st.lists(st.sampled_from(LATIN + SYMBOLS), max_size=8).map("".join))
def test_ascii_latex_reads_as_the_text(text: str) -> None:
    assert latex_to_text(to_latex(text)) == unicodedata.normalize("NFC", text)


def test_letters_with_marks_are_all_spelled_in_ascii() -> None:
    """All of Latin-1, Latin Extended-A and Vietnamese that LaTeX has a usual command for."""
    left = [sign for sign in LATIN if unicodedata.category(sign)[0] == "L"]
    left = [sign for sign in left if not to_latex(sign).isascii()]
    assert "".join(left) == ("ĦĸĿŀŉŦŧſḀḁḒḓḘḙḚḛḪḫḬḭḼḽṊṋṰṱṲṳṴṵṶṷẚẛẜẝẟỺỻỼỽỾỿ")


def test_letters_that_a_file_cannot_hold_are_spelled_for_latex() -> None:
    document = BibDocument.from_bytes("@a{k, t={Müller}}\n".encode("cp1252"))
    document.set_field(document.entries[0], "author", "Erdős")
    assert b"{Erd{\\H{o}}s}" in document.to_bytes()


@pytest.mark.parametrize("text", ["`so'", "a `b' c", "`", "x` 'y"])
def test_quotes_that_somebody_typed_stay(text: str) -> None:
    assert latex_to_text(to_latex(text)) == text
    assert decode_value("abstract", "{use `code` and `x'}") == "use `code` and `x'"
