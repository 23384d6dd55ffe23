import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewkit.lookup.plain import paragraphs, plain

MML = 'xmlns:mml="http://www.w3.org/1998/Math/MathML"'


@pytest.mark.parametrize(
    ("marked", "text"),
    [
        ("Plain", "Plain"),
        ("  Two\n lines ", "Two lines"),
        ("The <i>E. coli</i> genome", "The E. coli genome"),
        ("CO<sub>2</sub> at 10<sup>-3</sup>", "CO₂ at 10⁻³"),
        ("x<sub>max</sub> of p<sup>T</sup> y<sub>i,j</sub>", "xₘₐₓ of p^T y_(i,j)"),
        ("<b><i>Both</i></b><br/>lines", "Both lines"),
        ("R&amp;D &amp;amp; more &lt;i&gt;now&lt;/i&gt;", "R&D & more now"),
        ("when a < b and b > c", "when a < b and b > c"),
        ("the <k> operator", "the <k> operator"),
        (f'<mml:math {MML}><mml:msub><mml:mi>H</mml:mi><mml:mn>2</mml:mn></mml:msub>'
         "<mml:mi>O</mml:mi></mml:math> ice", "H₂O ice"),
        (f'<mml:math {MML}><mml:mfrac><mml:mn>1</mml:mn><mml:mn>2</mml:mn></mml:mfrac>'
         "</mml:math>", "1/2"),
        ('<inline-formula><alternatives><tex-math>$$\\alpha$$</tex-math><mml:math>'
         "<mml:mi>α</mml:mi></mml:math></alternatives></inline-formula> decay", "α decay"),
        ("<tex-math>$$\\alpha$$</tex-math> decay", "$\\alpha$ decay"),
        ("<mml:math><mml:mi>broken</mml:math>", "broken"),
        ("<scp>DNA</scp> <jats:italic>in vivo</jats:italic>", "DNA in vivo"),
    ],
)  # fmt: skip
def test_titles(marked: str, text: str) -> None:
    assert plain(marked) == text


def test_abstracts_lose_their_heading_and_keep_their_paragraphs() -> None:
    jats = (
        "<jats:title>Abstract</jats:title><jats:sec><jats:title>Aim</jats:title>"
        "<jats:p>We <jats:italic>try</jats:italic>.</jats:p></jats:sec>\n"
        "<jats:p>It works.</jats:p>"
    )
    assert paragraphs(jats) == "Aim: We try.\n\nIt works."
    assert paragraphs("No markup at all.") == "No markup at all."


@given(st.text())
def test_any_text_is_taken(text: str) -> None:
    assert plain(text).strip() == plain(text)
    paragraphs(text)


BITS = """<i> </i> <sub> </sub> <mml:math> </mml:math> <mml:mi> x &lt; <jats:p> </jats:p>
<tex-math> </tex-math> <br/>""".split()


@given(st.lists(st.sampled_from(BITS)))
def test_markup_in_any_order_is_taken(parts: list[str]) -> None:
    plain("".join(parts))
    paragraphs("".join(parts))


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "bit", ["<", "<sub>", "<mml:math>", "<tex-math>", "<jats:title>", "&lt;", "<i "]
)
def test_hostile_markup_takes_no_time(bit: str) -> None:
    paragraphs(bit * 100_000)
