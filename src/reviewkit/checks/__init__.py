"""Lint of manuscripts: what a survey says against what the library knows."""

from reviewkit.checks.check import CODES, RULES, check
from reviewkit.checks.facts import Facts, PrivateText
from reviewkit.checks.look import Rule
from reviewkit.checks.manuscript import Manuscript, read
from reviewkit.checks.settings import CheckSettings, settings_of

__all__ = [
    "CODES",
    "RULES",
    "CheckSettings",
    "Facts",
    "Manuscript",
    "PrivateText",
    "Rule",
    "check",
    "read",
    "settings_of",
]
