"""Lines that begin with a short tag, and the lines that go on with its value."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property


@dataclass
class Tag:
    """One tag with its lines; the name is empty for text that stands under no tag."""

    line: int
    name: str
    lines: list[str] = field(default_factory=list)

    @cached_property
    def text(self) -> str:
        """The value as running text; an empty line parts paragraphs."""
        if len(self.lines) == 1:
            return self.lines[0]
        paragraphs = "\n".join(self.lines).strip().split("\n\n")
        return "\n\n".join(" ".join(part.split("\n")) for part in paragraphs if part)


def tags(text: str, pattern: re.Pattern[str]) -> Iterator[Tag]:
    """The tags of a text in turn; `pattern` gives name and value of a line that has one."""
    current: Tag | None = None
    for number, line in enumerate(text.split("\n"), 1):
        found = pattern.match(line)
        if found is not None:
            if current is not None:
                yield current
            current = Tag(number, found[1], [found[2].strip()])
        elif current is not None:
            current.lines.append(line.strip())
        elif line.strip():
            current = Tag(number, "", [line.strip()])
    if current is not None:
        yield current
