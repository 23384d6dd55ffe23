"""Debris is mended, English and addresses are left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewkit.abstracts import code_links, display

MENDED = [
    ("achieves 2.25times better", "achieves 2.25× better"),
    ("up to 3times for images", "up to 3× for images"),
    ("a 64times64 array", "a 64×64 array"),
    ("a 3times3times256 tensor", "a 3×3×256 tensor"),
    ("8192 times 8192 pixels", "8192 × 8192 pixels"),
    ("1920 times 1080", "1920 × 1080"),
    ("exhibits 1.8times and 7.1 times speedups", "exhibits 1.8× and 7.1× speedups"),
    ("41-137times, 631-1074times speedup", "41-137×, 631-1074× speedup"),
    ("by 1.18times-1.22times on", "by 1.18×-1.22× on"),
    ("and sim 80% impact", "and ~80% impact"),
    ("(sim2%)", "(~2%)"),
    ("(sim2.6B parameters)", "(~2.6B parameters)"),
    ("sim500-billion parameter", "~500-billion parameter"),
    ("3.65 sim 39.14times faster", "3.65~39.14× faster"),
    ("using 4sim 8 GPUs", "using 4~8 GPUs"),
    (r"98\% of", "98% of"),
    (r"R\&D", "R&D"),
    (r"[R\"uckert et al.]", "[Rückert et al.]"),
    (r"Fr{\'e}chet and Erd\H{o}s", r"Fréchet and Erd\H{o}s"),
    ("utilize~proxy tasks", "utilize proxy tasks"),
    ("see Fig.~3", "see Fig. 3"),
    ("I(cdot;cdot)", "I(·;·)"),
    ("with ell_1-loss and (delta_1)", "with ℓ₁-loss and (δ₁)"),
    ("Here Tgeq 0", "Here T≥ 0"),
    ("10^4 GPU hours, > 10^{19}", "10⁴ GPU hours, > 10¹⁹"),
    ("an R^2 score of CO_2", "an R² score of CO₂"),
    ("95.2 pm 0.3", "95.2 ± 0.3"),
    ("is textit{much} faster", "is much faster"),
]

LEFT_ALONE = [
    "83 times smaller",
    "by 2 to 10 times compared to",
    "100 times faster than the prior methods",
    "repeated 5 times 10 minutes apart",
    "10 times 5-fold cross-validation",
    "cold start times and query times",
    "a 3 timesteps horizon, 3timesteps",
    "sim2real and sim-to-real transfer in sim 10 tasks",
    "IsaacSim 4 and similar simulators",
    "<projektor> and *two-stage*",
    "about (~50%) and 5.5 ~ 221.3X",
    "delayed epsilon-Shrinking (DepsilonpS)",
    "O(nfrac{L{mu}}log(1{epsilon}))",
    "maths $3\\times 4 \\sim 5\\%$ and $$x_1^2$$ stays",
    "https://example.org/~me/3times?q=sim20%20x_1",
    "`2times`",
    "the variable model_2 and file x_1.txt",
    "parameters-20.9x smaller",
    "at 3 pm 20 people came",
    "the leqi and siegeq words",
]


@pytest.mark.parametrize(("text", "expected"), MENDED)
def test_debris_is_mended(text: str, expected: str) -> None:
    assert display(text) == expected


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_what_may_be_english_or_marked_as_maths_stays(text: str) -> None:
    assert display(text) == text


pieces = st.sampled_from(
    [a for a, _ in MENDED]
    + LEFT_ALONE
    + [
        "times",
        "sim",
        " ",
        "2",
        "3.5",
        "{",
        "}",
        "text",
        "textbf{",
        "\\",
        "~",
        "_1",
        "^",
        "$",
        "%",
    ]
)


@given(st.lists(pieces, max_size=12).map("".join) | st.text(max_size=200))
def test_mending_again_changes_nothing(text: str) -> None:
    once = display(text)
    assert display(once) == once


def urls(text: str) -> list[str]:
    return [link.url for link in code_links(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("at https://github.com/a/b.", ["https://github.com/a/b"]),
        ("at https://github.com/Wan/Wan2.1.", ["https://github.com/Wan/Wan2.1"]),
        ("at https://github.com/a/b .", ["https://github.com/a/b"]),
        ("[https://github.com/a/b].", ["https://github.com/a/b"]),
        ("(see https://github.com/a/b),and", ["https://github.com/a/b"]),
        ("https://github.com/a/b/tree/master/x_y", ["https://github.com/a/b/tree/master/x_y"]),
        ("https://github.com/a/awesome/.", ["https://github.com/a/awesome/"]),
        ("https://x.org/a,https://x.org/b", ["https://x.org/a", "https://x.org/b"]),
        ("https://en.example.org/A_(b).", ["https://en.example.org/A_(b)"]),
        (r"\url{https://github.com/a/b\_c}", ["https://github.com/a/b_c"]),
        ("on github.com/a/b.", ["https://github.com/a/b"]),
        ("https://x.org/a and https://x.org/a", ["https://x.org/a"]),
        ("available at github.", []),
        ("javascript:alert(1) data:text/html,x ftp://x.org/a", []),
        ("https://github.com@evil.example/a", []),
        ("me@github.com/a and not.github.com/a", []),
        ("http://localhost/a http://", []),
        ('https://x.org/"onload="x', ["https://x.org/"]),
    ],
)
def test_addresses_without_the_sentence_around_them(text: str, expected: list[str]) -> None:
    assert urls(text) == expected


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("https://github.com/a/b", "code"),
        ("https://gitlab.inria.fr/a/b", "code"),
        ("https://bitbucket.org/a/b", "code"),
        ("https://huggingface.co/a/b", "code"),
        ("https://huggingface.co/papers/2401.00001", "page"),
        ("https://a.github.io/b", "page"),
        ("https://arxiv.org/abs/2401.00001", "arxiv"),
        ("https://doi.org/10.1000/x", "doi"),
        ("https://github.com.evil.example/a", "page"),
    ],
)
def test_kind_follows_the_real_host(url: str, kind: str) -> None:
    (link,) = code_links(url)
    assert (link.kind, link.label) == (kind, url.removeprefix("https://"))


@given(
    st.lists(
        st.sampled_from(
            [
                "https://",
                "http://",
                "github.com/",
                "x.org",
                "a",
                "(",
                ")",
                "]",
                ".",
                ",",
                " ",
                "@",
                "\\",
                "é",
                ";",
            ]
        ),
        max_size=20,
    ).map("".join)
    | st.text(max_size=100)
)
def test_links_are_always_safe_and_trimmed(text: str) -> None:
    for link in code_links(text):
        assert link.url.startswith(("http://", "https://"))
        assert link.url[-1] not in ".,;:!?"
        assert not set(link.url) & set(" <>\"'`{}[]\\")
