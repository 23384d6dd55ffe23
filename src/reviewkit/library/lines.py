"""Texts of an entry as they stand in a line of a list."""

from __future__ import annotations


def one_line(text: str) -> str:
    """The text with every run of blanks as one."""
    return " ".join(text.split())


def short_authors(authors: tuple[str, ...]) -> str:
    """Family names: one, two, or the first "et al."."""
    families = [name.split(",")[0].split()[-1] for name in authors if name.split(",")[0].split()]
    if len(families) > 2:
        return f"{families[0]} et al."
    return " and ".join(families)
