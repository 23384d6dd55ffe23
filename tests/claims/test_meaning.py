"""What a quantity is of, and where it holds: the convention of `vocabulary`, case by case."""

from __future__ import annotations

import pytest

from reviewkit.claims import Claim, extract
from reviewkit.claims.vocabulary import topics


def last(text: str) -> Claim:
    return extract(text)[-1]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("It lowers energy use by 40%.", "energy"),
        ("It reaches 21 TOPS/W.", "energy"),
        ("It reads 55 images/s/W.", "energy"),
        ("It wins 48x in performance per watt.", "energy"),
        ("The macro occupies 0.6 mm2.", "size"),
        ("Cell area is cut by 40%.", "reduction"),
        ("The model is 40% smaller.", "size"),
        ("It has 25% fewer parameters.", "size"),
        ("It needs 40% less memory.", "reduction"),
        ("Memory use grows by 7%.", "size"),
        ("It removes 58% of the misses.", "reduction"),
        ("Blood pressure fell by 9 mmHg.", "reduction"),
        ("Employment fell by 4%.", "reduction"),
        ("The gap is 4 K lower than before.", "other"),
        ("It is clocked at 300 MHz.", "other"),
        ("The loop runs at 90 Hz.", "throughput"),
        ("A robot packs 540 boxes per hour.", "throughput"),
        ("We recorded 84 hours of speech.", "other"),
        ("They were seen within 24 hours.", "other"),
        ("It answers within 24 ms.", "latency"),
        ("A switch takes 28 cycles.", "latency"),
        ("Of all users, 57% were active.", "other"),
        ("Abstaining on 20% of the questions raises accuracy.", "other"),
        ("It is correct for 93% of the notes.", "accuracy"),
        ("At least 3% of the labels are wrong.", "accuracy"),
        ("The error is 2 cm, which is 34% better than before.", "accuracy"),
        ("The error rate drops from 24% to 14%, a relative reduction of 43%.", "accuracy"),
        ("Exit rates rose by 3 percentage points.", "other"),
        ("It beats Alpha by 3 percentage points.", "accuracy"),
        ("It raises instructions per cycle by 3%.", "speedup"),
        ("It raised the volume of trade by 46%.", "other"),
        ("We cut error-induced overhead by 30%.", "reduction"),
        ("The compression ratio is 11x.", "reduction"),
        ("It costs 38 EUR.", "cost"),
        ("A transform of 65,536 points.", "other"),
        ("Skipping it costs 2 points on ImageNet.", "accuracy"),
        ("It has 46% less latency and 25% fewer parameters.", "size"),
        ("It uses 19% of the memory.", "other"),
        ("Throughput recovers from 58% to 93% of native.", "throughput"),
        ("Latency falls by 47%, and load per request by 29%.", "reduction"),
        ("F1 on Alpha rises to 40%, and on Beta from 50% to 60%.", "accuracy"),
        ("It is 3x less than with Alpha in latency and 2x less than with Beta.", "latency"),
        ("The energy is 2 mJ, 17x less than on the GPU.", "energy"),
        ("We generate a clip of 5 s.", "other"),
        ("The first token arrives after 40 ms.", "latency"),
    ],
)
def test_a_quantity_has_the_kind_of_what_is_measured(text: str, kind: str) -> None:
    assert last(text).kind == kind


@pytest.mark.parametrize(
    ("text", "context"),
    [
        ("It takes 9 ms on an Intel Core i7-12700K.", "Intel Core i7-12700K"),
        ("It takes 9 ms on a Gadget 3.", "Gadget 3"),
        ("It takes 9 ms on a 64-core server.", "64-core server"),
        ("On 40 GPUs it takes 9 ms.", "40 GPUs"),
        ("In a test with 2,000 GPUs, it takes 9 ms.", "2,000 GPUs"),
        ("It scores 80 F1 on ImageNet and cuts latency by 30%.", ""),
        ("It cuts latency by 30% and improves F1 by 2% on ImageNet.", "ImageNet"),
        ("On ImageNet it needs 72 KB.", ""),
        ("On ImageNet and CIFAR-10 the F1 score is 70% and 80%.", "CIFAR-10"),
        ("It takes 9 ms on an A100, 6x faster than Alpha.", "A100"),
        ("It draws 6 FPS on an A100 at 9 W.", "A100"),
        ("It is 6x faster than Alpha on an A100.", "A100"),
        ("It is 6x faster than a CPU implementation.", ""),
        ("Experiments on ImageNet show that the error falls by 4%.", "ImageNet"),
        ("On ImageNet it keeps 4%, and on other data the error falls by 5%.", ""),
        ("It takes 9 ms on one CPU core of a Jetson Nano.", "Jetson Nano"),
        ("Emissions fall by 4% by 2050.", ""),
        ("It has 70% F1 on ImageNet and 60% on FooBench, beating Alpha by 2% and 3%.", "FooBench"),
        ("It is 3x faster than Alpha on an A100 and draws 9 W.", "A100"),
        ("On a Gadget 3 it is 4x faster than Alpha and 2x faster than Beta.", "Gadget 3"),
        ("Evaluated on ImageNet, it errs in 4% of the cases.", "ImageNet"),
        ("Trained on ImageNet, it errs in 4% of the cases.", ""),
        ("It needs 38 kB on a Gadget 3.", "Gadget 3"),
        ("A 7B model on an A100.", ""),
        ("It keeps 94%, against 90% for the MLPerf Tiny reference.", ""),
        ("The error falls by 4% on a Bayesian model.", ""),
    ],
)
def test_a_context_is_where_the_figure_holds(text: str, context: str) -> None:
    assert last(text).context == context


def test_a_number_in_a_name_is_no_claim() -> None:
    assert [
        claim.value for claim in extract("It has 70% F1 on FooEval 2 and 60% on BarEval.")
    ] == [
        70,
        60,
    ]
    assert [claim.unit for claim in extract("It costs EUR 14,000, 38 AUD or 5 euros.")] == [
        "EUR",
        "AUD",
        "EUR",
    ]


def test_the_longest_phrase_tells_and_a_modifier_does_not() -> None:
    assert [topic for *_, topic in topics("training costs and training time")] == [
        "cost",
        "latency",
    ]
    assert list(topics("power law, wind speed, quality of life")) == []
    assert list(topics("a memory-efficient, energy-aware method")) == []
    assert [topic for *_, topic in topics("energy-delay product")] == ["energy", "latency"]
    assert [topic for *_, topic in topics("GFLOPS or GFLOPs")] == ["throughput", "amount"]
