"""A bibliography in a style, to be read, shown in a notebook, or put into one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from html import escape

from reviewkit.citations import Citation


@dataclass(frozen=True, slots=True)
class Reference:
    """One entry: plain text, HTML, and Markdown with its label.

    `label` is the number or sign before it; empty in author-date styles.
    """

    citekey: str
    text: str
    html: str
    markdown: str
    label: str = ""


@dataclass(frozen=True)
class Bibliography:
    """The entries of all cited papers in the order of a style.

    `text`, `markdown` and `html` are all of it. `unknown` are citations whose key the library
    lacks; `message` says in words what there is. In a notebook it shows itself.
    """

    references: tuple[Reference, ...]
    style: str = ""
    unknown: tuple[Citation, ...] = ()
    message: str = ""
    hanging: bool = False

    @property
    def citekeys(self) -> tuple[str, ...]:
        """The keys of the entries, in the style's order."""
        return tuple(reference.citekey for reference in self.references)

    @property
    def text(self) -> str:
        """Plain text, one entry a line."""
        return "\n".join(f"{one.label} {one.text}".strip() for one in self.references)

    @property
    def markdown(self) -> str:
        """Markdown, one entry a paragraph."""
        return "\n\n".join(one.markdown for one in self.references)

    @property
    def html(self) -> str:
        """HTML in one `div`, which needs no style sheet."""
        return f'<div class="csl-bib-body">{"".join(map(self._entry, self.references))}</div>'

    def _entry(self, one: Reference) -> str:
        start = f'<div class="csl-entry" data-citekey="{escape(one.citekey)}"'
        if one.label:
            return (
                f'{start} style="display: flex; gap: 0.6em"><div>{escape(one.label)}</div>'
                f"<div>{one.html}</div></div>"
            )
        indent = ' style="padding-left: 2em; text-indent: -2em"' if self.hanging else ""
        return f"{start}{indent}>{one.html}</div>"

    def of(self, style: str, unknown: tuple[Citation, ...], message: str) -> Bibliography:
        """The same, with the name of its style and what was found on the way."""
        return replace(self, style=style, unknown=unknown, message=message)

    def __str__(self) -> str:
        return self.text

    def __len__(self) -> int:
        return len(self.references)

    def _repr_html_(self) -> str:
        told = f"<p>{escape(self.message)}</p>" if self.unknown else ""
        return f"{self.html}{told}"

    def _repr_markdown_(self) -> str:
        return self.markdown

    def _repr_pretty_(self, printer: object, _cycle: bool) -> None:
        getattr(printer, "text")(str(self))  # noqa: B009
