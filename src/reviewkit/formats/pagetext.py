"""Lines of a copied trending page that belong to the page and to no paper."""

from __future__ import annotations

import re

_MONTH = (
    r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec|january|february|march|april|"
    r"august|september|october|november|december)\.?"
)
_DATE = (
    rf"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,? )?"
    rf"(?:{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?(?:,? \d{{4}})?|\d{{1,2}}\.? {_MONTH}(?:,? \d{{4}})?"
    r"|\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{2,4})"
)
_COUNT = r"[\d,.]+ ?[kKmM]?"

# What names the page itself; two of these make a text a digest.
_SIGN = re.compile(
    r"get trending papers in your email inbox.*|(?:hugging ?face )?(?:daily|trending) papers"
    r"|by ?(?:@?_?akhaliq|ak) and the research community|subscribe(?: to .{0,40})?",
    re.IGNORECASE,
)
_FURNITURE = re.compile(
    rf"{_SIGN.pattern}|new|hugging ?face|models|datasets|spaces|docs|enterprise|pricing|community"
    r"|log ?in|sign ?up|papers|search|daily|weekly|monthly|today|previous|next|trending|latest"
    rf"|(?:(?:published|submitted|posted|updated)(?: on)? )?{_DATE}"
    rf"|(?:upvotes?|likes?|comments?|stars?|github|▲|△|⬆|👍|❤️?|💬|⭐)(?:[: ]+{_COUNT})?"
    rf"|{_COUNT} ?(?:upvotes?|likes?|comments?|stars?|authors?|points?|▲|👍|⭐)|\+?{_COUNT}"
    rf"|[·•] ?{_COUNT} authors?|[-\u2013\u2014·•|*+]+"
    r"|submitted by(?: .{1,40})?|posted by(?: .{1,40})?"
    r"|(?:view )?(?:arxiv(?: page)?|pdf|abstract|project page|paper page|code)"
    r"|(?:ar)?xiv:? ?\d{4}\.\d{4,5}(?:v\d+)?|read (?:more|paper)|show more|load more"
    r"|(?:company|terms|privacy|about|jobs|careers|website|tos|© hugging ?face)",
    re.IGNORECASE,
)
_NAME_FOLLOWS = re.compile(r"(?:submitted|posted) by:?", re.IGNORECASE)


def is_sign(line: str) -> bool:
    """Whether this line names a trending page, as no paper's title does."""
    return _SIGN.fullmatch(line) is not None


def is_furniture(line: str) -> bool:
    """Whether this line is a header, a date, a count, a button or who submitted a paper."""
    return _FURNITURE.fullmatch(line) is not None


def name_follows(line: str) -> bool:
    """Whether the next line is the name of who submitted a paper."""
    return _NAME_FOLLOWS.fullmatch(line) is not None
