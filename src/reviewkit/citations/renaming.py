"""A citekey's other name, put into the manuscripts that cite it and nowhere else."""

from __future__ import annotations

from collections.abc import Sequence

from reviewkit.citations.found import readings
from reviewkit.citations.manuscript import decoded, encoding_of, language_of, uses_in
from reviewkit.citations.notebook import text_cells
from reviewkit.citations.sources import source_places
from reviewkit.errors import FormatError, ValueRefusedError


def rename_uses(name: str, data: bytes, old: str, new: str) -> tuple[bytes, int]:
    """The manuscript's bytes with every citation of `old` naming `new` instead.

    Everything else, the way of citing included, stays byte for byte what it was. Code,
    comments and formulas are not read, so a key in them stays.

    Returns
    -------
    tuple
        The bytes, and how many uses were renamed (0: the bytes are those given).

    Raises
    ------
    FormatError
        As for `cited_keys`.
    ValueRefusedError
        The new key cannot be cited in this manuscript's syntax or encoding.
    """
    language = language_of(name)
    encoding = encoding_of(name, data)
    raw = data.decode(encoding)
    mark = "\ufeff" if raw.startswith("\ufeff") else ""
    raw = raw[len(mark) :]
    if old not in raw and language != "notebook":
        return data, 0
    spans: list[tuple[int, int, str]] = []
    if language == "notebook":
        places = source_places(raw)
        for cell in text_cells(name, decoded(name, data)):
            at = places[cell.number - 1]
            if len(at) != len(cell.text):
                raise FormatError(
                    f"{name} names the source of cell {cell.number} twice. Open it in JupyterLab "
                    "and save it again."
                )
            spans += _spans(name, cell.text, cell.language, cell.number == 1, at, old, new)
    else:
        text = raw.replace("\r\n", "\n").replace("\r", "\n")
        spans = _spans(name, text, language, True, line_ends(raw), old, new)
    if not spans:
        return data, 0
    parts: list[str] = []
    last = 0
    for start, end, written in sorted(spans):
        parts += (raw[last:start], written)
        last = end
    try:
        return (mark + "".join(parts) + raw[last:]).encode(encoding), len(spans)
    except UnicodeEncodeError:
        raise ValueRefusedError(
            f"{name} is not in UTF-8 and cannot hold the citekey {new!r}. Save it as UTF-8 first.",
            field="citekey",
            value=new,
        ) from None


def line_ends(raw: str) -> Sequence[int]:
    """Place in `raw` of each character that is left when line ends are one each."""
    if "\r\n" not in raw:
        return range(len(raw))
    return [at for at in range(len(raw)) if raw[at] != "\n" or raw[at - 1 : at] != "\r"]


def _spans(
    name: str, text: str, language: str, opens: bool, at: Sequence[int], old: str, new: str
) -> list[tuple[int, int, str]]:
    """Places in the raw text of the uses of the key, each with what is to stand there."""
    found = {
        use.at: use.kind == "bare" or text[max(0, use.at - 1) : use.at] == "@"
        for use in uses_in(text, language, opens_file=opens)
        if old in readings(use) and text.startswith(old, use.at)
    }
    if not found:
        return []
    plain = dict.fromkeys(found, new)
    # Pandoc ends a bare key where punctuation begins; in braces any key is whole.
    braced = {place: f"{{{new}}}" if bare else new for place, bare in found.items()}
    for written in (plain, braced):
        if _is_cited(text, language, opens, old, new, written):
            return [(at[p], at[p + len(old) - 1] + 1, w) for p, w in written.items()]
    raise ValueRefusedError(
        f"{name} cannot cite the key {new!r}: it has a sign that its syntax does not allow.",
        field="citekey",
        value=new,
    )


def _is_cited(
    text: str, language: str, opens: bool, old: str, new: str, written: dict[int, str]
) -> bool:
    """Whether the new key is cited at every place once these texts stand there."""
    parts: list[str] = []
    wanted: set[int] = set()
    last = length = 0
    for place in sorted(written):
        parts += (text[last:place], written[place])
        length += place - last
        wanted.add(length + written[place].index(new))
        length += len(written[place])
        last = place + len(old)
    parts.append(text[last:])
    there = {
        use.at
        for use in uses_in("".join(parts), language, opens_file=opens)
        if new in readings(use)
    }
    return wanted <= there
