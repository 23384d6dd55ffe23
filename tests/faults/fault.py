"""Bugs put in on purpose: each must make a test fail, else that test is missing."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """One bug.

    Attributes
    ----------
    name
        What is wrong with it in.
    file
        Module that is patched, below `src/reviewkit`.
    old, new
        Text that stands there once, and what stands there instead.
    caught_by
        What must fail, quickest first: tests for pytest, or `every SCRIPT` or
        `simulation FROM-TO` for the simulator.
    """

    name: str
    file: str
    old: str
    new: str
    caught_by: tuple[str, ...]


class StaleFaultError(Exception):
    """The text to patch does not stand in the module (any more), or not once."""


def patched(fault: Fault, text: str) -> str:
    """The module's text with the bug in it.

    Raises
    ------
    StaleFaultError
        The fault is to be written anew.
    """
    if text.count(fault.old) != 1:
        raise StaleFaultError(
            f"{fault.name}: {fault.old!r} stands {text.count(fault.old)} times in {fault.file}"
        )
    return text.replace(fault.old, fault.new)
