"""Documents as LaTeX that compiles, with the cited BibTeX and the pictures beside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from reviewkit import pandoc
from reviewkit.errors import TypesettingError
from reviewkit.publishing import equations
from reviewkit.publishing.captions import number_in
from reviewkit.publishing.heads import is_references
from reviewkit.publishing.job import Job, Published
from reviewkit.publishing.letters import definition, is_known
from reviewkit.publishing.pictures import kind_of
from reviewkit.publishing.piece import Told
from reviewkit.publishing.tree import Node, Nodes, changed, node
from reviewkit.publishing.typesetting import typeset
from reviewkit.publishing.writing import breakable, marked, shipped, tree_of

_INCLUDED = ("png", "jpg", "pdf")


def write_latex(job: Job) -> Published:
    """LaTeX for pdflatex, or lualatex for all scripts, and biber (bibtex with natbib)."""
    told: list[Told] = []
    images = _images(job, told)
    blocks: Nodes = changed(changed(marked(job.document, "latex"), _equation), _referred)
    blocks = changed(changed(blocks, lambda each: _pictured(each, images)), _centred)
    blocks = changed(blocks, breakable)
    options = ["--biblatex"]
    if job.citations == "natbib":
        blocks = changed(blocks, _apart)
        options = ["--natbib"]
    bib = f"{job.name}.bib"
    options += ["--standalone", "--syntax-highlighting=none", "--template", "template.tex"]
    if job.document.keys:
        options += [
            "--metadata",
            f"bibliography={bib if job.citations == 'biblatex' else job.name}",
        ]
        # The place of the references is where LaTeX prints them.
        blocks = changed(blocks, lambda each: _printed(each, job))
    else:
        blocks = changed(blocks, lambda each: [] if is_references(each) else each)
    if job.toc or job.document.toc:
        options.append("--toc")
    if job.document.numbered:
        options.append("--number-sections")
    more: dict[str, Any] = {"csquotes": node("MetaBool", True)}
    letters, unknown = _letters(job)
    if letters:
        more["unicode"] = node("MetaList", letters)
    if unknown:
        shown = " ".join(sorted(unknown)[:10])
        cell = next((n for n, part in job.document.parts if unknown & _signs(part)), None)
        told.append(Told(cell, f"has no letters in pdflatex for {shown}; use lualatex"))
        more["others"] = node("MetaBool", True)
    files = {"template.tex": job.template or shipped("article.tex")}
    tree = tree_of(job.document, blocks, **more)
    data = pandoc.run(tree, "json", "latex", *options, files=files, stop=job.stop)
    main = f"{job.name}.tex"
    made = {main: data, **images.made}
    if job.document.keys:
        made[bib] = job.citing.bib
    return Published(main, made, tuple(told))


class _Images:
    """The pictures as LaTeX can include them, and by which name."""

    def __init__(self) -> None:
        self.made: dict[str, bytes] = {}
        self.names: dict[str, str] = {}


def _images(job: Job, told: list[Told]) -> _Images:
    images = _Images()
    for name, data in job.document.images.items():
        kind = kind_of(data)
        if kind in _INCLUDED:
            images.names[name] = job.place(name)
            images.made[job.place(name)] = data
        elif kind == "svg":
            page = f'#set page(width: auto, height: auto, margin: 0pt)\n#image("{name}")'
            pdf = name.removesuffix(".svg") + ".pdf"
            files = {"page.typ": page.encode(), name: data}
            try:
                images.made[job.place(pdf)] = typeset("page.typ", files, job.stop)
                images.names[name] = job.place(pdf)
            except TypesettingError as error:
                told.append(Told(job.document.cell_of(name), f"has a picture: {error.message}"))
        else:
            told.append(
                Told(
                    job.document.cell_of(name),
                    f"has a picture in {kind}, which LaTeX does not show: {name}",
                )
            )
    return images


def _pictured(each: Node, images: _Images) -> Node | Nodes:
    if each["t"] != "Image":
        return each
    attributes, alt, (name, title) = each["c"]
    if name not in images.names:
        return list(alt) or [node("Str", "[picture]")]
    return node("Image", [attributes, alt, [images.names[name], title]])


def _centred(each: Node) -> Node | Nodes:
    """A figure without a caption where it stands: LaTeX would give it a number all the same."""
    if each["t"] != "Figure" or each["c"][1][1]:
        return each
    begin, end = (node("RawBlock", ["latex", f"\\{word}{{center}}"]) for word in ("begin", "end"))
    return [begin, *each["c"][2], end]


def _referred(each: Node) -> Node | Nodes:
    """A reference by number as LaTeX counts it."""
    classes = each["c"][0][1] if each["t"] == "Link" else []
    if "cross-reference" not in classes:
        return each
    label = each["c"][2][0].removeprefix("#")
    text = str(each["c"][1][0]["c"])
    if "bracketed" in classes:
        return _tex(f"(\\ref{{{label}}})")
    if "number" in classes:
        return _tex(f"\\ref{{{label}}}")
    if number_in(text):
        return [node("Str", text.partition("\u00a0")[0]), _tex(f"~\\ref{{{label}}}")]
    return each


def _equation(each: Node) -> Node:
    return equations.as_latex(each) if equations.is_equation(each) else each


def _printed(each: Node, job: Job) -> Node | Nodes:
    if not is_references(each):
        return each
    heading = {
        "biblatex": "\\printbibliography[heading=none]",
        # natbib's own heading would be a second one.
        "natbib": f"\\begingroup\\renewcommand{{\\section}}[2]{{}}\\bibliography{{{job.name}}}"
        "\\endgroup",
    }
    return node("RawBlock", ["latex", heading[job.citations]])


def _apart(each: Node) -> Node | Nodes:
    r"""A cluster with words between its keys, one command a key: natbib has one place for all.

    ``[@a; @b, p. 3]`` becomes ``\citetext{\citealp{a}; \citealp[p. 3]{b}}``.
    """
    if each["t"] != "Cite" or len(each["c"][0]) < 2:
        return each
    cited = each["c"][0]
    in_text = cited[0]["citationMode"]["t"] == "AuthorInText"
    if in_text or not any(one["citationPrefix"] or one["citationSuffix"] for one in cited):
        return each
    made: Nodes = [_tex("\\citetext{")]
    for number, one in enumerate(cited):
        command = "\\citeyear" if one["citationMode"]["t"] == "SuppressAuthor" else "\\citealp"
        made += [_tex("; " * bool(number) + command + "[{"), *one["citationPrefix"], _tex("}][{")]
        made += [*_without_comma(one["citationSuffix"]), _tex(f"}}]{{{one['citationId']}}}")]
    return [*made, _tex("}")]


def _without_comma(inlines: Nodes) -> Nodes:
    """The words without the comma that natbib writes itself."""
    if inlines and inlines[0]["t"] == "Str" and inlines[0]["c"] == ",":
        return inlines[2:] if inlines[1:] and inlines[1]["t"] == "Space" else inlines[1:]
    return inlines


def _tex(text: str) -> Node:
    return node("RawInline", ["latex", text])


def _letters(job: Job) -> tuple[list[Node], set[str]]:
    """Definitions of letters for pdflatex, and the letters that it has no way to show."""
    definitions: list[Node] = []
    unknown: set[str] = set()
    text = "".join(_texts([block for _, blocks in job.document.parts for block in blocks]))
    text += "".join(_texts(list(job.document.meta.values())))
    text += job.citing.bib.decode("utf-8", "replace")
    for letter in sorted(set(text)):
        if ord(letter) < 0x20 or is_known(letter):
            continue
        tex = definition(letter)
        if tex is None:
            unknown.add(letter)
            tex = "?"
        code = node("MetaString", f"{ord(letter):04X}")
        shown = node("MetaInlines", [_tex(tex)])
        definitions.append(node("MetaMap", {"code": code, "tex": shown}))
    return definitions, unknown


def _signs(value: Any) -> set[str]:
    return set("".join(_texts(value)))


def _texts(value: Any) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, Sequence):
        for each in value:
            yield from _texts(each)
