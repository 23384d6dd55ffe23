"""Running pandoc: one process a call, in a folder of its own, without a network."""

from reviewkit.pandoc.process import run
from reviewkit.pandoc.program import Program, installed

__all__ = ["Program", "installed", "run"]
