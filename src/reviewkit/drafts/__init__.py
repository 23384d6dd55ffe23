"""Manuscripts drafted from a reviewed library, and drafted again around a person's edits."""

from reviewkit.drafts.draft import GROUPINGS, Draft, build

__all__ = ["GROUPINGS", "Draft", "build"]
