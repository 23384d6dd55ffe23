"""Formulas with labels, however people write these, and how each format shows their numbers."""

from __future__ import annotations

import re

from reviewkit.publishing.tree import Node, Nodes, attr, changed, node

#: The class of a formula with a label, and of each further label in it.
EQUATION = "equation"
_ALSO = "also"
#: `$$...$$ {#eq-x}` of Quarto and pandoc-crossref.
_BRACED = re.compile(r"\{#([^\W_][\w.:-]*)\}([.,;]?)")
#: `$$...$$ (eq-x)` of MyST; `(1)` and `(A)` are numbers that people wrote.
_ROUND = re.compile(r"\(([A-Za-z][\w.:-]+)\)")
_LABEL = re.compile(r"\\label\s*\{([^\W_][\w.:-]*)\}[ \t]*\n?")
_NUMBERED = re.compile(
    r"\s*\\begin\{(?:equation|align|alignat|gather|multline|flalign|eqnarray)\}"
)
_BLANK = re.compile(r"\n[ \t]*(?=\n)")


def labelled(blocks: Nodes) -> Nodes:
    """The blocks with each formula that has a label as a span of its name."""
    made: Nodes = changed(blocks, lambda each: each, _row)
    return made


def is_equation(each: Node) -> bool:
    """Whether this is a formula with a label."""
    return each["t"] == "Span" and EQUATION in each["c"][0][1]


def names_of(equation: Node) -> list[str]:
    """The formula's labels, each of which has a number; empty ones belong to another formula."""
    attributes, content = equation["c"]
    return [attributes[0], *(each["c"][0][0] for each in content[:-1])]


def shown(equation: Node, numbers: list[str], form: str) -> Node | Nodes:
    """The formula with its numbers at the end of the line, as a format has them."""
    attributes, content = equation["c"]
    formula = content[-1]
    tex = _LABEL.sub("", formula["c"][1])
    math = node("Math", [formula["c"][0], tex])
    places = content[:-1]
    number = f"({', '.join(numbers)})"
    if form == "typst":
        # One label for what can be linked to, as Typst's own equations have it.
        begin = f"#[#set math.equation(numbering: _ => [{number}])\n"
        end = f" <{attributes[0]}>]" if attributes[0] else "]"
        return [*places, node("RawInline", [form, begin]), math, node("RawInline", [form, end])]
    if form == "docx":
        math = node("Math", [formula["c"][0], rf"{tex}\qquad {number}"])
        return node("Span", [attributes, [*places, math]])
    label = node("Span", [attr(classes=["number"]), [node("Str", number)]])
    return node("Span", [attributes, [*places, math, label]])


def as_latex(equation: Node) -> Node:
    """The formula in an environment that LaTeX numbers."""
    attributes, content = equation["c"]
    tex = _BLANK.sub("", content[-1]["c"][1]).strip("\n")
    if len(content) == 1:
        tex = _LABEL.sub("", tex)
        label = f"\\label{{{attributes[0]}}}" if attributes[0] else ""
        if begin := _NUMBERED.match(tex):
            tex = f"{begin[0].strip()}{label}{tex[begin.end() :]}"
        else:
            tex = f"\\begin{{equation}}{label}\n{tex}\n\\end{{equation}}"
    return node("RawInline", ["latex", tex])


def _row(row: Nodes) -> Nodes:
    made: Nodes = []
    at = 0
    while at < len(row):
        each = row[at]
        at += 1
        if each["t"] != "Math" or each["c"][0]["t"] != "DisplayMath":
            made.append(each)
            continue
        names = list(dict.fromkeys(_LABEL.findall(each["c"][1])))
        blank = at < len(row) and row[at]["t"] in ("Space", "SoftBreak")
        after = row[at + blank] if at + blank < len(row) else {"t": "", "c": ""}
        said = _BRACED.fullmatch(after["c"]) if after["t"] == "Str" else None
        if said is None and after["t"] == "Str" and len(row) == at + blank + 1 and not made:
            said = _ROUND.fullmatch(after["c"])
        if said:
            names = [said[1], *(name for name in names if name != said[1])][: max(1, len(names))]
            at += blank + 1
        made.append(_equation(names, each) if names else each)
        if said and said.re is _BRACED and said[2]:
            made.append(node("Str", said[2]))
    return made


def _equation(names: list[str], formula: Node) -> Node:
    further = [node("Span", [attr(name, [_ALSO]), []]) for name in names[1:]]
    return node("Span", [attr(names[0], [EQUATION]), [*further, formula]])
