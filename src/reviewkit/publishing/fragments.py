"""Texts in Markdown, HTML and LaTeX read by pandoc, each for itself, many in one process."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Sequence

from reviewkit import pandoc
from reviewkit.errors import PandocError
from reviewkit.publishing.tree import Nodes

#: How each syntax is read. Markdown is pandoc's, as near to what JupyterLab shows as it goes:
#: lists and headings need no blank line before them, and letters begin no list.
READERS = {
    "markdown": (
        "markdown+lists_without_preceding_blankline+autolink_bare_uris+tex_math_double_backslash"
        "-yaml_metadata_block-auto_identifiers-blank_before_header-blank_before_blockquote"
        "-markdown_in_html_blocks-fancy_lists-example_lists-pandoc_title_block-mmd_title_block"
    ),
    "html": "html-auto_identifiers-native_spans",
    "latex": "latex-auto_identifiers",
}
_SUFFIX = {"markdown": "md", "html": "html", "latex": "tex"}

Fragment = tuple[str, str]


def read_fragments(
    fragments: Sequence[Fragment], stop: threading.Event | None = None
) -> list[Nodes | None]:
    """The blocks of each text; a text is (syntax, text). None: pandoc cannot read it.

    What is open at the end of one text ends there, and no text sees another one's links or
    footnotes: as in a notebook, whose cells are texts of their own.

    Raises
    ------
    MissingProgramError, StoppedError
        Pandoc is missing, or was stopped.
    """
    blocks: list[Nodes | None] = [[] for _ in fragments]
    for syntax in READERS:
        chosen = [n for n, (each, text) in enumerate(fragments) if each == syntax and text.strip()]
        if not chosen:
            continue
        texts = [fragments[n][1] for n in chosen]
        for n, read in zip(chosen, _read(syntax, texts, stop), strict=True):
            blocks[n] = read
    return blocks


def _read(syntax: str, texts: list[str], stop: threading.Event | None) -> list[Nodes | None]:
    """The blocks of texts of one syntax; those that cannot be read are found by halving."""
    try:
        return list(_read_together(syntax, texts, stop))
    except PandocError:
        if len(texts) == 1:
            return [None]
        half = len(texts) // 2
        return _read(syntax, texts[:half], stop) + _read(syntax, texts[half:], stop)


def _read_together(syntax: str, texts: list[str], stop: threading.Event | None) -> list[Nodes]:
    """The blocks of texts, cut where the marks between them stand."""
    # No text can hold its own digest, so that none can pretend to be a mark.
    mark = "m" + hashlib.sha256("\0".join(texts).encode("utf-8", "replace")).hexdigest()
    end = _SUFFIX[syntax]
    marks = {
        "markdown": f"\n\n[]{{#{mark}}}\n",
        "html": f'<p><a id="{mark}"></a></p>',
        "latex": f"\n\n\\href{{{mark}}}{{x}}\n",
    }
    files: dict[str, bytes] = {}
    names: list[str] = []
    for number, text in enumerate(texts, 1):
        # Line ends of other systems would be read as blanks.
        files[f"text-{number}.{end}"] = text.encode("utf-8", "replace") + b"\n"
        files[f"mark.{end}"] = marks[syntax].encode()
        names += [f"text-{number}.{end}", f"mark.{end}"]
    tree = pandoc.run("", READERS[syntax], "json", "--file-scope", *names, files=files, stop=stop)
    parts: list[Nodes] = [[]]
    for block in json.loads(tree)["blocks"]:
        if mark in json.dumps(block) and block["t"] in ("Para", "Plain"):
            parts.append([])
        else:
            parts[-1].append(block)
    if len(parts) != len(texts) + 1:
        raise PandocError(f"pandoc read {len(parts) - 1} of {len(texts)} texts in {syntax}.")
    return parts[:-1]
