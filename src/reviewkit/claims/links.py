"""Links to code and data in a text."""

from __future__ import annotations

import re
from dataclasses import dataclass

_URL = re.compile(r"https?://[^\s<>\"'{}|\\^`]{1,2000}")
_CODE = re.compile(
    r"https?://(?:www\.)?(?:github\.com|gitlab\.[\w.-]{2,60}|bitbucket\.org|codeberg\.org|"
    r"huggingface\.co|zenodo\.org|osf\.io|sourceforge\.net|code\.google\.com|gitee\.com)/"
)


@dataclass(frozen=True, slots=True)
class Link:
    """An address in a text; `code` says that its host keeps code or data."""

    start: int
    end: int
    url: str
    code: bool


def links(text: str) -> list[Link]:
    """Get the web addresses of a text in their order.

    Punctuation that ends a sentence, and a bracket that was opened before the address, are not
    part of it: "Wan2.1." loses one full stop.
    """
    found = []
    for match in _URL.finditer(text):
        url = _trimmed(match[0])
        code = _CODE.match(url) is not None
        found.append(Link(match.start(), match.start() + len(url), url, code))
    return found


def _trimmed(url: str) -> str:
    while url and (
        url[-1] in ".,;:!?*"
        or (url[-1] == ")" and url.count("(") < url.count(")"))
        or (url[-1] == "]" and url.count("[") < url.count("]"))
    ):
        url = url[:-1]
    return url
