"""How much memory this process took at most."""

from __future__ import annotations

import resource
import sys
from pathlib import Path


def own_peak() -> float:
    """Peak memory of this process, in MB."""
    status = Path("/proc/self/status")
    if status.exists():
        # Linux counts into ru_maxrss what the process was forked from.
        [line] = [x for x in status.read_text().splitlines() if x.startswith("VmHWM:")]
        return int(line.split()[1]) / 1024
    size = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return size / (1 << 20 if sys.platform == "darwin" else 1 << 10)
