from __future__ import annotations

import pytest

from reviewkit.bibtex import latex_to_text


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
