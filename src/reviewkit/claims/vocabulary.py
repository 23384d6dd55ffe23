"""The words that tell what a quantity is of: the one table behind a claim's kind.

What each kind is, as the labelled abstracts use it; a quantity has the kind of what is measured,
whatever the verb:

=========== ====================================================================================
accuracy    how right a result is: scores, errors, agreement with the truth, success
speedup     speed and performance: "faster", "speedup", "improves performance by"
throughput  work in a time: FPS, tokens/s, bandwidth, the rate of a loop (not a clock: other)
latency     the time that somebody waits for: latency, run time (not how long a study lasts)
energy      energy, power, and both per work: "energy efficiency", TOPS/W
cost        money, and what is called a cost: GPU hours, prices, fees
size        how big a thing is: bytes, parameters, bits, tokens, pixels, area; "4x smaller"
reduction   whatever has no kind above and is made less: memory, traffic, FLOPs, misses, deaths;
            a size too ("cuts the area by 20%"), save where it is called smaller
other       the rest: counts, settings, clocks, shares, constants of nature
=========== ====================================================================================
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal

from reviewkit.claims.claim import Kind

# `storage` is a size, and a reduction if it is made less; `amount` is a reduction or nothing;
# `nothing` are names that have a word of the others in them.
Topic = Kind | Literal["storage", "amount", "nothing"]

# Phrases between commas; one with a capital is told from others by it. A last word may have an s.
_TABLE: tuple[tuple[Topic, str], ...] = (
    (
        "energy",
        "energy, power, battery drain, battery consumption, joule, watt, wattage, "
        "electricity, TOPS W, TFLOPS W, per watt, per joule, peak demand",
    ),
    (
        "cost",
        "cost, costly, rent, fee, price, pricing, budget, dollar, expense, expenditure, bill, "
        "cheaper, spending, spend, spent, tariff, GPU hour, GPU hrs, GPU day, TPU hour, "
        "GPUhrs",
    ),
    (
        "accuracy",
        "accuracy, accurate, accurately, mAP, AP, AP50, AP75, AR, mAR, F1, f score, f1 score, "
        "f measure, BLEU, ROUGE, METEOR, CIDEr, COMET, chrF, precision, recall, AUC, AUROC, "
        "AUPRC, mIoU, IoU, PSNR, SSIM, LPIPS, FID, FVD, perplexity, Dice, dice, DSC, top 1, "
        "top1, top 5, top5, WER, CER, error, RMSE, MAE, MSE, MAPE, R2, R 2, sensitivity, "
        "specificity, success, successful, successfully, succeed, succeeded, predictive "
        "value, win rate, Elo, correlation, fidelity, misclassification, misclassify, "
        "misclassified, deviation, deviate, deviated, bias, uncertainty, resolve, resolved, "
        "solve, solved, agree, agreed, agreement, detect, detected, detection, detection "
        "rate, recognition rate, recognized, recognised, classify, classified, classifies, "
        "identify, identified, identifies, predicts, predicted, correct, correctly, wrong, "
        "incorrect, false positive, false negative, true positive, false alarm, score, "
        "quality, exact match, pass, pass rate, kappa, signal to noise ratio, hallucination, "
        "forecast error, accepts, rejects, answered, mAcc, acc, EM, NDCG, nDCG, MRR, "
        "Hausdorff distance, explained, calibration, RMSD, NMSE, MCC, EER, SNR, SDR, MOS, "
        "ROC, Jaccard, ICC, concordance, c index, residual, discrepancy, mismatch, drift, "
        "edit distance, log loss, bits per byte, variance explained, area under, area under "
        "the curve, win, won",
    ),
    (
        "latency",
        "latency, delay, time, response time, execution time, inference time, running time, "
        "training time, travel time, completion time, processing time, waiting time, search "
        "time, compile time, query time, computation time, run time, access time, runtime, "
        "real time factor, 99th percentile, 95th percentile, p99, p95, duration, makespan, "
        "TTFT, TPOT, JCT, lag, wait, time to first token, cycle time, turnaround, round trip, "
        "downtime, stall, stalled, sooner, shorten, shortened, shortening",
    ),
    (
        "throughput",
        "throughput, FLOPS, TFLOPS, GFLOPS, PFLOPS, TOPS, FLOPs s, TFLOPs s, FLOP s, "
        "bandwidth, frame rate, fps, FPS, QPS, per second, per minute, per hour, goodput, "
        "control rate, update rate, data rate, bit rate, line rate, sampling rate, "
        "transaction rate, IOPS",
    ),
    (
        "speedup",
        "speedup, speed up, speed, speeds, sped, speeding, fast, faster, fastest, accelerate, "
        "accelerated, accelerates, accelerating, acceleration, slow, slower, slowed, "
        "slowdown, performance, runtime performance, quicker, quickly, convergence, IPC, "
        "instruction per cycle, instructions per cycle",
    ),
    ("reduction", "compression ratio, compression rate, compression factor"),
    (
        "size",
        "smaller, larger, bigger, size, parameter, param, area, area overhead, area cost",
    ),
    (
        "storage",
        "memory, storage, footprint, VRAM, RAM, disk space, cache, compress, compressed, "
        "compresses, compressing, compression",
    ),
    (
        "amount",
        "overhead, FLOPs, MFLOPs, GFLOPs, TFLOPs, flops, MACs, traffic, communication, data, "
        "byte, volume, computation, operation, transfer",
    ),
    (
        "nothing",
        "resolving power, statistical power, predictive power, explanatory power, purchasing "
        "power, power law, power conversion, half precision, single precision, mixed "
        "precision, double precision, full precision, low precision, precision medicine, "
        "quality of service, air quality, water quality, of the time, over time, real time, "
        "at a time, same time, times, time series, time step, timestep, time point, time "
        "horizon, relaxation time, coherence time, decay time, time constant, part time, long "
        "time, first time, of times, time scale, at the cost of, at the price of, at the "
        "expense of, at zero cost, detection limit, limit of detection, sample size, effect "
        "size, step size, particle size, grain size, household size, population size, group "
        "size, firm size, surface area, protected area, urban area, rural area, total area, "
        "land area, study area, receptive field, sensitivity analysis, standard error, loss "
        "function, energy level, energy gap, per capita, carbon price, compressive, data set, "
        "data center, data centre, training data, test data, input data, raw data, data "
        "augmentation, memory bus, power budget, battery life, operation research, quality "
        "control, success story, pass filter, budget constraint, error bar, detection of, "
        "power plant, power grid, power station, wind power, solar power, nuclear power, wind "
        "speed, walking speed, clock speed, speed limit, speed of light, speed of sound, "
        "rotation speed, fast food, quality of life, working memory, episodic memory, climate "
        "sensitivity, price sensitivity, carbon storage, storage modulus, energy storage, "
        "benefit cost ratio, price elasticity, forest area, leaf area, floor area, burned "
        "area, burnt area, crop area, habitat area, contact area, cross sectional area, "
        "corrected",
    ),
)
_WORD = re.compile(r"[^\W_]+")
_LONGEST = 4
# "error-induced overhead" is no error.
_MODIFIER = re.compile(
    r"-(?:aware|induced|efficient|sensitive|bound|consuming|based|driven|hungry|constrained|heavy|"
    r"intensive|critical|optimal|free|oriented|limited|saving|related|effective|quality)\b"
)


def _entries() -> Iterator[tuple[str, Topic]]:
    for topic, phrases in _TABLE:
        for phrase in phrases.split(","):
            yield phrase.strip(), topic


_TOPICS: dict[str, Topic] = dict(_entries())
# The words that a phrase may begin with: most words of a text begin none.
_FIRST = frozenset(phrase.split()[0] for phrase in _TOPICS)


def topics(words: str) -> Iterator[tuple[int, int, Topic]]:
    """Where the words tell what a quantity is of, as (start, end, topic); the longest phrases."""
    found = list(_WORD.finditer(words))
    at = 0
    while at < len(found):
        length, topic = _longest(found, at) if _begins(found[at][0]) else (1, None)
        end = found[at + length - 1].end()
        if topic and topic != "nothing" and not _MODIFIER.match(words, end):
            yield found[at].start(), end, topic
        at += length


@lru_cache(maxsize=4096)
def _begins(word: str) -> bool:
    return not _FIRST.isdisjoint(_forms(word))


def _longest(found: list[re.Match[str]], at: int) -> tuple[int, Topic | None]:
    """The number of words of the longest phrase that begins here, and its topic."""
    for length in range(min(_LONGEST, len(found) - at), 0, -1):
        phrase = " ".join(match[0] for match in found[at : at + length])
        for form in _forms(phrase):
            if topic := _TOPICS.get(form):
                return length, topic
    return 1, None


def _forms(phrase: str) -> Iterator[str]:
    """A phrase as it stands, in small letters, and both of one only."""
    for cased in (phrase, phrase.lower()):
        yield cased
        if cased.endswith("ies"):
            yield cased[:-3] + "y"
        elif cased.endswith("s"):
            yield cased[:-1]
            yield cased[:-2]
