"""Units of numbers: which are the same, and which turn into each other exactly.

Only factors that hold by definition are used. "x" and "%" are units of their own: a factor of
1.2 is not a gain of 20 % for everybody.
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from fractions import Fraction

# Per dimension: a unit's names (the first is shown), and its size in the first unit.
_TABLES: tuple[tuple[tuple[str, str], ...], ...] = (
    (
        ("s|sec|secs|second|seconds", "1"), ("ms|msec|millisecond|milliseconds", "1/1000"),
        ("µs|us|usec|microsecond|microseconds", "1/1000000"),
        ("ns|nanosecond|nanoseconds", "1/1000000000"), ("min|mins|minute|minutes", "60"),
        ("hours|h|hour|hr|hrs", "3600"), ("days|day|d", "86400"), ("weeks|week", "604800"),
    ),
    (
        ("B|byte|bytes", "1"), ("kB|KB", "1000"), ("MB", "1000000"), ("GB", "1000000000"),
        ("TB", "1000000000000"), ("PB", "1000000000000000"), ("KiB", "1024"), ("MiB", "1048576"),
        ("GiB", "1073741824"), ("TiB", "1099511627776"),
    ),
    (("%|percent|per cent", "1"), ("ratio", "100")),
    (("percentage points|pp|p.p.|%p", "1"),),
    (("x|×|X|times|fold", "1"),),
    (
        ("parameters|params|parameter", "1"), ("K parameters|k parameters", "1000"),
        ("M parameters", "1000000"), ("B parameters", "1000000000"),
        ("T parameters", "1000000000000"),
    ),
    (
        ("FLOPs|FLOP", "1"), ("kFLOPs|KFLOPs", "1000"), ("MFLOPs", "1000000"),
        ("GFLOPs|BFLOPs", "1000000000"), ("TFLOPs", "1000000000000"),
        ("PFLOPs", "1000000000000000"),
    ),
    (("MACs", "1"), ("MMACs", "1000000"), ("GMACs", "1000000000"), ("TMACs", "1000000000000")),
    (
        ("FLOPS|FLOP/s", "1"), ("GFLOPS|GFLOP/s", "1000000000"),
        ("TFLOPS|TFLOP/s", "1000000000000"), ("PFLOPS|PFLOP/s", "1000000000000000"),
    ),
    (("OPS", "1"), ("GOPS", "1000000000"), ("TOPS", "1000000000000")),
    (("W|watt|watts", "1"), ("mW|milliwatts", "1/1000"), ("kW|kilowatts", "1000"),
     ("µW", "1/1000000"), ("MW", "1000000")),
    (
        ("J|joule|joules", "1"), ("mJ", "1/1000"), ("µJ|uJ", "1/1000000"), ("nJ", "1/1000000000"),
        ("pJ", "1/1000000000000"), ("kJ", "1000"), ("MJ", "1000000"), ("Wh", "3600"),
        ("kWh", "3600000"), ("MWh", "3600000000"),
    ),
    (("Hz", "1"), ("kHz", "1000"), ("MHz", "1000000"), ("GHz", "1000000000")),
    (("FPS|fps|frames/s|f/s", "1"),),
    (("bit/s|bps|b/s", "1"), ("kbps|kbit/s", "1000"), ("Mbps|Mbit/s|Mb/s", "1000000"),
     ("Gbps|Gbit/s|Gb/s", "1000000000")),
    (("B/s", "1"), ("kB/s", "1000"), ("MB/s", "1000000"), ("GB/s", "1000000000"),
     ("TB/s", "1000000000000")),
    (("m", "1"), ("km", "1000"), ("cm", "1/100"), ("mm", "1/1000"), ("µm", "1/1000000"),
     ("nm", "1/1000000000")),
    (("g", "1"), ("kg", "1000"), ("mg", "1/1000"), ("µg", "1/1000000")),
    (("bit|bits", "1"),),
    (("GPU hours|GPU-hours|GPU hour|GPUh", "1"), ("GPU days|GPU-days|GPU day", "24")),
    (("tokens/s|tokens per second", "1"),),
    (("USD|$|dollars|US$", "1"),),
)  # fmt: skip

_KNOWN: dict[str, tuple[str, int, Fraction]] = {
    name: (names.split("|")[0], dimension, Fraction(size))
    for dimension, table in enumerate(_TABLES)
    for names, size in table
    for name in names.split("|")
}
#: Units whose case says nothing: "FPS" and "fps", not "mW" and "MW".
_FOLDED = {name.casefold(): name for name in reversed(_KNOWN) if len(name) > 3}


def unit_name(unit: str) -> str:
    """The unit as it is shown: "milliseconds" is ms; one that is not known stays as it is."""
    known = _known(unit)
    return known[0] if known else unit.strip()


def is_known(unit: str) -> bool:
    """Whether the unit can be converted at all."""
    return _known(unit) is not None


def convertible(unit: str, into: str) -> bool:
    """Whether values of one unit can be given exactly in the other."""
    return _factor(unit, into) is not None


def converted(value: float, unit: str, into: str) -> float | None:
    """The value in another unit; None where there is no exact way."""
    factor = _factor(unit, into)
    if factor is None:
        return None
    if factor == 1:
        return value
    try:
        exact = Fraction(Decimal(repr(value))) * factor
    except (InvalidOperation, ValueError, OverflowError):
        return None
    return float(exact)


def _factor(unit: str, into: str) -> Fraction | None:
    if unit.strip() == into.strip():
        return Fraction(1)
    one, other = _known(unit), _known(into)
    if one is None or other is None or one[1] != other[1]:
        return None
    return one[2] / other[2]


def _known(unit: str) -> tuple[str, int, Fraction] | None:
    # Greek mu and the sign for micro look the same.
    name = " ".join(unit.split()).replace("\N{GREEK SMALL LETTER MU}", "\N{MICRO SIGN}")
    found = _KNOWN.get(name)
    if found is None and len(name) > 3:
        found = _KNOWN.get(_FOLDED.get(name.casefold(), ""))
    return found
