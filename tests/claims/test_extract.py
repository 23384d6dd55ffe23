"""Quantities of sentences: which numbers are claims, and what each says."""

from __future__ import annotations

import pytest

from reviewkit.claims import Claim, extract


def values(text: str) -> list[tuple[float, str]]:
    return [(claim.value, claim.unit) for claim in extract(text)]


def only(text: str) -> Claim:
    claims = extract(text)
    assert len(claims) == 1, claims
    return claims[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The decoder is 3X faster.", [(3, "x")]),
        ("It runs 2.25times as quickly.", [(2.25, "x")]),
        (r"It keeps 16\% of the rows.", [(16, "%")]),
        ("We reach 12.5, 30.1 and 41 mAP.", [(12.5, "mAP"), (30.1, "mAP"), (41, "mAP")]),
        ("It answers in 2.78/3.83 ms.", [(2.78, "ms"), (3.83, "ms")]),
        ("It streams 60 frames per second.", [(60, "FPS")]),
        ("It writes 85 tokens per second.", [(85, "tokens/s")]),
        ("Search took 30 TPU-hours.", [(30, "TPU hours")]),
        ("The graph has 7 million nodes.", [(7e6, "nodes")]),
        ("A network of 1.4 billion parameters.", [(1.4e9, "parameters")]),
        ("We train a 20B language model.", [(20, "B parameters")]),
        ("Contexts of 100K to 2M tokens.", [(1e5, "tokens"), (2e6, "tokens")]),
        ("It fits in 0.76 MB.", [(0.76, "MB")]),
        ("An FID of 3.2 and a perplexity of 11.", [(3.2, "FID"), (11, "perplexity")]),
        ("It gains 0.8 dB.", [(0.8, "dB")]),
        ("Recall rises by 4 percentage points.", [(4, "percentage points")]),
        ("We trained on 2,048 GPUs.", [(2048, "GPUs")]),
        ("This is an order of magnitude faster.", [(10, "x")]),
        ("Weights of 4-bit width.", [(4, "bit")]),
        ("Costs fall by 18-25%.", [(18, "%"), (25, "%")]),
        ("It is 1.9x-2.7x faster.", [(1.9, "x"), (2.7, "x")]),
        ("It is 3.65 sim 39.1times faster.", [(3.65, "x"), (39.1, "x")]),
        ("Images of 8192 times 8192 pixels.", [(8192, "pixels")]),
        ("It is slower by a factor of 3.2.", [(3.2, "x")]),
        ("It streams at 30+ FPS.", [(30, "FPS")]),
        ("We label 10K+ samples.", [(10_000, "samples")]),
        (r"Both 3.2$\times$ and $2.5$ times more.", [(3.2, "x"), (2.5, "x")]),
        ("Perplexity drops from 12 to 10.", [(12, "perplexity"), (10, "perplexity")]),
        ("Labels cost $1.2 million.", [(1.2e6, "USD")]),
        ("An SSIM of 0.91 and 0.05 LPIPS.", [(0.91, "SSIM"), (0.05, "LPIPS")]),
        ("A trillion-plus parameter model.", [(1e12, "parameters")]),
        ("The current is 12 mA cm-2 at 3.5 mA/cm2.", [(12, "mA/cm2"), (3.5, "mA/cm2")]),
        ("Doses of 4 mg kg(-1) and 6 kcal/mol.", [(4, "mg/kg"), (6, "kcal/mol")]),
        ("A line near 812 cm(-1) or 12 450 cm(-1).", [(812, "cm^-1"), (12450, "cm^-1")]),
        ("Films of 1.4 mu m and 3 mm(2).", [(1.4, "µm"), (3, "mm2")]),
        ("It lives 6.5 x 10(4) s or 2 x 10^3 s.", [(65000, "s"), (2000, "s")]),
        ("We list 40 000 stars.", [(40_000, "stars")]),
        ("It weighs 310 g at 90 K.", [(310, "g"), (90, "K")]),
        ("It took 21.5 ± 1.7 weeks.", [(21.5, "weeks")]),
        ("The gap is 1.42 (0.03) eV.", [(1.42, "eV")]),
        ("We find 7.2 +/- 0.3 (stat.) +/- 0.1 (syst.) GeV.", [(7.2, "GeV")]),
        ("It mends 18 of 25 bugs.", [(18, "bugs"), (25, "bugs")]),
        ("It has 6 wide and 9 narrow bands.", [(6, "bands"), (9, "bands")]),
        ("It cites 2.6 papers a page.", [(2.6, "papers")]),
        ("It prints 90 labels per second.", [(90, "labels/s")]),
        ("It does 55 images/s/W.", [(55, "images/s/W")]),
        ("A seat costs €35 or £30.", [(35, "EUR"), (30, "GBP")]),
        ("Throughput doubles.", [(2, "x")]),
        ("It halves peak memory.", [(2, "x")]),
        ("A threefold improvement is seen.", [(3, "x")]),
        ("It is twice that of Alpha.", [(2, "x")]),
        ("Delay falls by an order of magnitude.", [(10, "x")]),
        ("It is three times that of Beta.", [(3, "x")]),
        ("Misses fall by 40{\\%}.", [(40, "%")]),
        ("We tune a 30B OPT on one machine.", [(30, "B parameters")]),
        ("The hit rate rises from 0.3 to 0.7.", [(0.3, "ratio"), (0.7, "ratio")]),
        ("It fell (risk ratio, 0.71; 95% CI, 0.6 to 0.8).", [(0.71, "ratio")]),
        ("It spans from 90 to about 120 K.", [(90, "K"), (120, "K")]),
        ("The 2-5 \u03bcm range, or 7 \u03bc m.", [(2, "µm"), (5, "µm"), (7, "µm")]),
        ("Winds of 40 km s -1 near 2012 cm-1.", [(40, "km/s"), (2012, "cm^-1")]),
        ("The 310- and 415-nm bands.", [(310, "nm"), (415, "nm")]),
        ("It is 21(4)% deep.", [(21, "%")]),
        ("It is a factor of three lower.", [(3, "x")]),
        ("It stays two orders of magnitude below that.", [(100, "x")]),
        ("Perplexity on Books falls from 9.1 to 8.4.", [(9.1, "perplexity"), (8.4, "perplexity")]),
        ("We find (4.2 ± 0.3) x 10^5 cells.", [(420_000, "cells")]),
        ("A force of 9 N over 30 m in 2.5 ps.", [(9, "N"), (30, "m"), (2.5, "ps")]),
        ("Pulses with E = 7 eV at k = 5.", [(7, "eV")]),
        ("The porosity is 0.42, the yield 7 mol/L.", [(0.42, "ratio"), (7, "mol/L")]),
        ("Both agree (r = 0.81).", [(0.81, "ratio")]),
        ("It differs by a factor of 2 to 3.", [(2, "x"), (3, "x")]),
        ("It took 40 days on average (median: 31).", [(40, "days"), (31, "days")]),
        ("It reaches 30.2 mIoU, a gain of 1.4.", [(30.2, "mIoU"), (1.4, "mIoU")]),
        ("It scores 61.5 on Alpha.", [(61.5, "points")]),
        ("A 3B judge agrees.", [(3, "B parameters")]),
        ("Yields fell sixfold.", [(6, "x")]),
        ("It wins in 9 of 10 runs at 3 uJ.", [(9, "runs"), (10, "runs"), (3, "µJ")]),
        ("A rate of 300 h-1 at 6 S cm^-1 with 2 mol%.", [(300, "h^-1"), (6, "S/cm"), (2, "mol%")]),
        ("Genomes of 4 Gb grew for 5 d.", [(4, "Gb"), (5, "days")]),
        ("It takes 1.6 × 10−3 s over 5 m2 g-1.", [(0.0016, "s"), (5, "m2/g")]),
        ("It is faster by a factor of 2.1 on Ab and 3.2 on Bc.", [(2.1, "x"), (3.2, "x")]),
        (
            "It has 70.1 mIoU on Ab (+1.5), on Bc 60.2.",
            [(70.1, "mIoU"), (1.5, "mIoU"), (60.2, "mIoU")],
        ),
        ("A 90M encoder reads 4 t/ha.", [(90, "M parameters"), (4, "t/ha")]),
        ("It has 4 fJ/bit at 2 TOPS/mm^2.", [(4, "fJ/bit"), (2, "TOPS/mm2")]),
        ("A context window of 64K.", [(64_000, "tokens")]),
        ("Of 30 bugs, 7 of them were new.", [(30, "bugs"), (7, "bugs")]),
        ("It costs 3 basis points or 5 cents.", [(3, "basis points"), (5, "cents")]),
    ],
)
def test_numbers_with_a_unit_are_claims(text: str, expected: list[tuple[float, str]]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "We compare with GPT-4 and ResNet-50 on a RTX 4090.",
        "Reconstruction in 3D from 4K video with YOLOv10.",
        "As Section 3 and Table 2 show, see arXiv:2401.01234.",
        "Table 2 lists the rest, Figure 4 plots them.",
        "It was shown in 2019 and again in 2024.",
        "Earlier work [12, 13] did so; see https://example.org/v2/10x.",
        "(1) We read. (2) We write. 3) We rest.",
        "The difference was clear (p < 0.05, 95% CI).",
        "A layer of 3x3 convolutions follows.",
        "Let k = 5 and T>0.",
        "We did 5-fold cross validation over the last 10 years.",
        "The odds ratio has a narrow interval (95% CI: 0.8-1.4).",
        "This challenge is twofold: memory and time.",
        "The WMT'14 benchmarks were used.",
        "A map T*2 images show.",
        "We take Diffusion 1.5 models.",
        "A move a --> 3s of d(5)4s.",
        "Knowledge triples are stored in double precision.",
        "The 5797 band and the 6196 and 6203 lines vanish.",
        "Estimates are wrong by orders of magnitude.",
        "A norm of x^2 and DeepThought 70B knows.",
    ],
)
def test_names_years_labels_and_statistics_are_none(text: str) -> None:
    assert extract(text) == []


@pytest.mark.parametrize(
    ("text", "kind", "direction"),
    [
        ("Our tables are 83 times smaller.", "size", "down"),
        ("It needs only 79% of the energy.", "energy", "level"),
        ("We cut power consumption by 22%.", "energy", "down"),
        ("It has 0.6% accuracy loss.", "accuracy", "down"),
        ("Accuracy improves by 2.1%.", "accuracy", "up"),
        ("We see a 37% reduction in decoding latency.", "latency", "down"),
        ("The cache shrinks by 4.9times.", "reduction", "down"),
        ("Training yields 1.7x higher throughput.", "throughput", "up"),
        ("It gives a 2x speedup.", "speedup", "up"),
        ("It reaches 77.4% top-1 accuracy.", "accuracy", "level"),
        ("It saw a 2.5x drop in training cost.", "cost", "down"),
        ("It halves memory traffic.", "reduction", "down"),
        ("Throughput doubles.", "throughput", "up"),
        ("We read 2.1 trillion tokens.", "size", "level"),
        ("It succeeds in 81% of the cases.", "accuracy", "level"),
        ("It loses just 0.4 points.", "accuracy", "down"),
        ("It has a runtime speedup (3x).", "speedup", "up"),
        ("We have error rates of 14.1%, which is better than before.", "accuracy", "level"),
        ("Pressure fell by 12 mmHg.", "reduction", "down"),
        ("Latency improves by 3x.", "latency", "down"),
        ("It saves 30% of the energy.", "energy", "down"),
        ("It reduces the error rate to 8%.", "accuracy", "level"),
        ("The packet loss is 2%.", "other", "level"),
        ("The lifetime is 4 ns.", "other", "level"),
        ("Enzyme levels rose 3-fold.", "other", "up"),
        ("We saw an error of 2 mV.", "accuracy", "level"),
        ("Seas rose 3 mm.", "other", "up"),
        ("It has a 30-fold selectivity.", "other", "up"),
        ("It has a 3x improvement.", "speedup", "up"),
        ("The rotational constant is 4 GHz.", "other", "level"),
    ],
)
def test_kind_and_direction_come_from_the_words_around(
    text: str, kind: str, direction: str
) -> None:
    claim = only(text)
    assert (claim.kind, claim.direction) == (kind, direction)


def test_respectively_gives_each_number_its_metric_and_baseline() -> None:
    one, two = extract("It lowers energy use and latency respectively by up to 49% and 89%.")
    assert (one.kind, two.kind) == ("energy", "latency")
    assert one.qualifier == two.qualifier == "up to"
    one, two = extract("It shows 4x and 9x speedup over Alpha and Beta, respectively.")
    assert (one.baseline, two.baseline) == ("Alpha", "Beta")


def test_a_list_without_words_of_its_own_means_what_the_one_before_means() -> None:
    claims = extract("It cuts power draw by 54% on phones and 40% on tablets.")
    assert [(claim.kind, claim.direction) for claim in claims] == [("energy", "down")] * 2


def test_what_goes_on_after_and_means_what_was_said_before() -> None:
    text = "It has over 70% less latency compared to Alpha, and over 85% compared to Beta."
    assert [(claim.kind, claim.direction) for claim in extract(text)] == [("latency", "down")] * 2


def test_a_bracket_is_about_the_metric_before_it() -> None:
    text = "It raises accuracy to 64.2% (3.1% absolute improvement)."
    assert [claim.kind for claim in extract(text)] == ["accuracy"] * 2


def test_what_a_figure_is_held_against_is_of_its_kind() -> None:
    text = "The accuracy is 91.3%, against 92.8% in software."
    assert [claim.kind for claim in extract(text)] == ["accuracy"] * 2


def test_each_metric_of_three_gets_its_number() -> None:
    claims = extract("It has 12%, 2x, and 3x reductions on latency, energy, and area and no loss.")
    assert [claim.kind for claim in claims[:2]] == ["latency", "energy"]


def test_a_number_tells_of_what_stands_before_it_where_the_sentence_goes_on_to_another() -> None:
    memory, latency = extract("It lowers memory 12-fold and latency by 40%.")
    assert (memory.kind, latency.kind) == ("reduction", "latency")


@pytest.mark.parametrize(
    ("text", "qualifier"),
    [
        ("It is up to 5x faster.", "up to"),
        ("It is over 5x faster.", "over"),
        ("It is ~5x faster.", "about"),
        ("It is sim 5x faster.", "about"),
        ("It takes less than 100 ms.", "under"),
        ("It is at least 5x faster.", "at least"),
        ("It is no more than 5x slower.", "up to"),
        ("The median delay is 5 ms.", "median"),
        ("The average cost of a ride is $5.", "on average"),
        ("On average, it is 5x faster.", "on average"),
        ("It ran over 10 km.", ""),
        ("It is nearly twice as fast.", "about, word"),
        ("It is 5x faster.", ""),
    ],
)
def test_how_a_number_is_meant(text: str, qualifier: str) -> None:
    assert only(text).qualifier == qualifier


def test_where_and_against_what() -> None:
    claim = only("On ImageNet, our net is 2x faster than BaseNet on an NVIDIA Jetson Nano.")
    assert claim.baseline == "BaseNet"
    assert claim.context == "ImageNet; NVIDIA Jetson Nano"
    assert claim.quote.startswith("On ImageNet")


def test_a_group_adds_its_own_data_sets() -> None:
    text = "We reach 71% accuracy for BirdSongs."
    assert only(text).context == ""
    assert extract(text, datasets=["BirdSongs"])[0].context == "BirdSongs"


def test_the_ends_of_a_range_say_so() -> None:
    low, high = extract("It is 2 to 10 times faster.")
    assert (low.qualifier, high.qualifier) == ("range low", "range high")


def test_a_verb_that_stands_once_holds_for_both_numbers() -> None:
    one, two = extract("It cuts memory by 40% and network traffic by 3x.")
    assert (one.direction, two.direction, two.kind) == ("down", "down", "reduction")


def test_as_many_data_sets_as_numbers_are_shared_out() -> None:
    claims = extract("It has 92.1%, 88.3%, and 79.5% on CIFAR-10, CIFAR-100, and ImageNet.")
    assert [claim.context for claim in claims] == ["CIFAR-10", "CIFAR-100", "ImageNet"]
    assert {claim.kind for claim in claims} == {"accuracy"}


def test_before_and_after_a_change_are_no_range() -> None:
    claims = extract("It cuts delays from 40 to 25 ms and spans a range from 3 to 7 GB.")
    assert [claim.qualifier for claim in claims] == ["", "", "range low", "range high"]


def test_the_figures_of_a_change_in_brackets_stand_for_themselves() -> None:
    change, before, after = extract("Average precision rises by 5.1 points (from 30.2 to 35.3).")
    assert (change.direction, before.direction, after.direction) == ("up", "level", "level")
    assert (before.unit, after.unit, before.qualifier) == ("points", "points", "")


def test_an_improvement_on_a_time_makes_it_shorter() -> None:
    time, change = extract("A checkpoint takes 4.8 s, a 12-fold improvement.")
    assert (time.kind, change.kind, change.direction) == ("latency", "latency", "down")


def test_a_verb_holds_beyond_the_numbers_of_names_and_places() -> None:
    claims = extract("Our 2B model outperforms the 7B model by 3% on AlphaSet and 4% on BetaSet.")
    assert [claim.direction for claim in claims] == ["level", "level", "up", "up"]
    assert {claim.baseline for claim in claims[2:]} == {"7B model"}
    claims = extract("It saves 2x in memory and 3x in energy.")
    assert [claim.direction for claim in claims] == ["down", "down"]


def test_what_is_set_off_tells_of_the_figure_before_it() -> None:
    one, two = extract("It draws 0.4 pJ, 17 times less than Alpha.")
    assert (one.direction, one.baseline) == ("level", "")
    assert (two.kind, two.direction, two.baseline) == ("energy", "down", "Alpha")


@pytest.mark.parametrize(
    ("text", "baseline"),
    [
        ("It is 4 points above Alpha.", "Alpha"),
        ("It has 3x the throughput of Alpha.", "Alpha"),
        ("It is 3x faster than a 16-core server and needs no disk.", "16-core server"),
        ("It is 30% lower than with Alpha.", "Alpha"),
        ("It is 3x faster than ever.", ""),
        ("The barrier is 30% lower than on Cu(111).", "Cu(111)"),
    ],
)
def test_what_it_is_held_against(text: str, baseline: str) -> None:
    assert only(text).baseline == baseline


@pytest.mark.parametrize(
    ("text", "context"),
    [
        ("On FooBench we reach 71% accuracy.", "FooBench"),
        ("It has 71% accuracy on the FooSet 2 data set.", "FooSet 2"),
        ("It has 71% accuracy on FooBench and BarSet.", "FooBench; BarSet"),
        ("It runs 3x faster on Linux.", ""),
    ],
)
def test_where_it_holds(text: str, context: str) -> None:
    assert only(text).context == context


def test_of_many_devices_a_result_says_how_many() -> None:
    result, count = extract("It runs 3x faster on 64 A100 GPUs.")
    assert (result.context, count.context) == ("64 A100 GPUs", "A100 GPUs")
