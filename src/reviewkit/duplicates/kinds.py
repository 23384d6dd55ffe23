"""Kinds of titles: those of notes on another text, and those that many texts bear."""

from __future__ import annotations

import re

_AFTER = r"(?: (?:to|on|for|of|by|from|re|note|regarding)\b|$)"
_NOTES = {
    "erratum": r"errat(?:um|a)|corrigend(?:um|a)|correction|corrections|addendum",
    "retraction": r"retraction|retracted|withdrawn|withdrawal|expression of concern",
    "reply": r"(?:the )?(?:authors?|in|editors?|a)?(?: s)? ?(?:reply|response|replies)|rejoinder"
    r"|response to (?:the )?(?:\w+ )?comments?",
    "comment": r"comments?|(?:invited |a )?commentary|discussion|invited discussion",
}
_BEGINS = {note: re.compile(rf"(?:{begin}){_AFTER}") for note, begin in _NOTES.items()}
_ENDS = {
    note: re.compile(rf"[:.?!(\[\u2013\u2014-]\s*(?:{end})[)\]]?\.?$", re.IGNORECASE)
    for note, end in _NOTES.items()
}
_HEADS = {
    note: re.compile(rf"(?:{head})\s*[:.\u2013\u2014-]", re.IGNORECASE)
    for note, head in _NOTES.items()
}
_PROTOCOL = re.compile(r"\bprotocol\b")

_ISSUE = r"(?:issue|section|track|minitrack|volume|symposium|overview)(?: \w+){0,3}"
_GENERIC = re.compile(
    "|".join(
        (
            r"(?:[\w ]+ )?editors? s (?:comments?|notes?|page|choice|letter|introduction)",
            r"(?:guest )?editors?(?: s)?(?: (?:\w+ ){0,3}\w+)?",
            r"(?:guest )?editorials?(?: \w+| (?:\w+ ){0,4}" + _ISSUE + ")?",
            r"from the (?:guest )?editors?(?: \w+){0,2}",
            r"(?:an )?introduction(?: (?:to|and) (?:the|this|our)? ?(?:\w+ ){0,2}" + _ISSUE + ")?",
            r"(?:general |opening |closing )?(?:preface|foreword|afterword|prologue|epilogue)",
            r"(?:general |opening |closing )?remarks|in (?:memoriam|brief|this issue|reply)",
            r"(?:book|media|software|literature|film) reviews?(?: \w+)?",
            r"letters?(?: to the editors?)?|(?:the )?authors?(?: s)? (?:reply|replies|response)",
            r"(?:\w+ )?(?:abstracts?|news|obituary|announcements?|calendar|correspondence)",
            r"(?:table of |\w+ )?contents|(?:\w+ )?index|(?:front|back) matter",
            r"(?:list of )?(?:reviewers|contributors)|acknowledge?ments?(?: \w+)*",
            r"(?:\w+ )?(?:s )?message(?: from (?:\w+ ?){1,4})?",
            r"(?:welcome|keynote|panel|tutorial|workshop|conference)(?: \w+){0,2}",
            r"conclusions?|summary|background|appendix|overview|discussion|comments?|commentary",
            r"reply|response|errat(?:um|a)|corrigend(?:um|a)|corrections?|untitled",
            r"no title(?: available)?",
        )
    )
)


def notes_in(text: str, spaced: str) -> frozenset[str]:
    """What the title says that its text is on another: "erratum", "reply" and the like.

    `spaced` are the words of `text`. "protocol" is that of a study whose results may have
    the same title.
    """
    notes = {
        note
        for note in _NOTES
        if _BEGINS[note].match(spaced) or _HEADS[note].match(text) or _ENDS[note].search(text)
    }
    if _PROTOCOL.search(spaced):
        notes.add("protocol")
    return frozenset(notes)


def is_generic(spaced: str) -> bool:
    """Whether a title of these words names a kind of text, so that others bear it too."""
    return _GENERIC.fullmatch(spaced) is not None
