"""A formula of a note, written so that every reader of Markdown sees just this formula."""

from __future__ import annotations

import re

#: Stands behind each formula until `settled` has seen what follows; no note holds it.
END = "\x00"
_WHOLE = re.compile(r"(?:\\.|[^\\$`\x00-\x1f])+")
_LABEL = re.compile(r"\\label\s*\{[^{}]*\}")
_COMMENT = re.compile(r"(?<!\\)%")
_RAISED = re.compile(r"[A-Za-z0-9+\-−.,= ]{1,40}")


def formula(raw: str, in_table: bool = False) -> str:
    """The formula between dollars, with `END` behind it; "" if it is not one that is whole.

    `raw` has its marks around it. Within a table it has no bars, which would end the cell.
    """
    display = raw.startswith(("$$", "\\["))
    wide = 1 if raw.startswith("$") and not display else 2
    tex = _LABEL.sub("", " ".join(raw[wide:-wide].split())).strip()
    tex = _COMMENT.sub(r"\\%", tex)
    # JupyterLab takes the second of two backslashes for the mark of a sign.
    tex = re.sub(r"\\\\(?=[{}$])", r"\\\\ ", tex)
    # Who does not know formulas would see a tag.
    tex = re.sub(r"<(?=[A-Za-z/!?])", "< ", tex)
    if in_table:
        tex = re.sub(r"\\\|", r"\\Vert ", tex).replace("|", r"\vert ").strip()
    if not _WHOLE.fullmatch(tex) or not _is_balanced(tex):
        return ""
    mark = "$$" if display and not in_table else "$"
    return f"{mark}{tex}{mark}{END}"


def raised(kind: str, text: str) -> str:
    """What stands above ("sup") or below the line, as a formula; "" if it is more than a word."""
    if not _RAISED.fullmatch(text) or not text.strip():
        return ""
    plain = text.strip()
    shown = plain if re.fullmatch(r"[A-Za-z]|[0-9+\-.]+", plain) else rf"\text{{{plain}}}"
    return f"${'^' if kind == 'sup' else '_'}{{{shown}}}${END}"


def settled(text: str) -> str:
    """The text with each formula apart from what follows it, as it would not end there else."""
    # What would be taken for the formula's label goes to the next line.
    text = re.sub(rf"(?<=\$\$){END} *(?=\\\{{|\()", "\\\n", text)
    text = re.sub(rf"{END}(\d)", lambda match: f"&#{ord(match[1])};", text)
    return re.sub(rf"{END}(?=\$)", " ", text).replace(END, "")


def _is_balanced(tex: str) -> bool:
    depth = 0
    for sign in re.sub(r"\\.", "", tex):
        depth += (sign == "{") - (sign == "}")
        if depth < 0:
            return False
    return depth == 0
