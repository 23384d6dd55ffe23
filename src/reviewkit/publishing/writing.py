"""Documents as HTML, Word and Typst: pandoc with our templates, citations and all."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Mapping
from importlib import resources
from typing import Any

from reviewkit import pandoc
from reviewkit.publishing.captions import with_numbers
from reviewkit.publishing.document import Document
from reviewkit.publishing.job import Job, Published
from reviewkit.publishing.pictures import MIME, kind_of
from reviewkit.publishing.safe import PAGE_BREAK
from reviewkit.publishing.tree import API_VERSION, Node, Nodes, attr, changed, node, plain_text

#: What a new page is in each format.
_BREAKS = {
    "typst": ("typst", "#pagebreak(weak: true)"),
    "latex": ("latex", "\\newpage"),
    "docx": ("openxml", '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'),
}
#: Begins what stays on the page of what follows it, with the space of paragraphs around it.
_KEEP = "#block(sticky: true, above: 0.95em, below: 0.95em)["
#: Begins what is on one page; so many letters are a fourth of one.
_WHOLE = "#[#set block(breakable: false)"
_SHORT = 800
#: A width that Typst understands as it is written.
_SIZE = re.compile(r"\d+(?:\.\d+)?(?:%|cm|mm|in|pt|em)")
#: A run of letters that nobody means as a word, and the pieces of which it may be broken. Scripts
#: that need no blanks are broken anyway.
_LONG = re.compile("[^\\W\u0e00-\U0010ffff]{41,}")
_PIECE = re.compile(".{1,20}")
_BREAK = "\u200b"
_MARKS = {"typst": "// from ", "latex": "% from "}


def write_html(job: Job) -> Published:
    """One HTML file with its pictures in it and nothing to run or to fetch."""
    blocks = [_embedded(each, job.document) for each in _blocks(job.document, "html")]
    blocks = changed(blocks, _scrolling)
    template = job.template or shipped("article.html")
    options = ["--mathml", "--template", "template.html", "--toc-depth=2"]
    data = _run(job, blocks, "html5", *options, files={"template.html": template})
    return Published(f"{job.name}.html", {f"{job.name}.html": data})


def write_docx(job: Job) -> Published:
    """A Word document; a template is a document whose styles are taken."""
    blocks = [_embedded(each, job.document) for each in _blocks(job.document, "docx")]
    blocks = changed(blocks, _quoted_code)
    template = job.template or shipped("reference.docx")
    options = ["--reference-doc", "reference.docx", "--toc-depth=2"]
    data = _run(job, blocks, "docx", *options, files={"reference.docx": template})
    return Published(f"{job.name}.docx", {f"{job.name}.docx": data})


def write_typst(job: Job) -> Published:
    """Typst's source with pictures; it imports nothing and cites by itself."""
    blocks = changed(
        kept_together(_blocks(job.document, "typst")), lambda each: _placed(breakable(each), job)
    )
    # No comment of a line, as the template may go on in it.
    blocks.append(node("RawBlock", ["typst", "/* from the template */"]))
    files = {"template.typ": job.template or shipped("article.typ")}
    data = _run(job, blocks, "typst", "--template", "template.typ", files=files)
    main = f"{job.name}.typ"
    pictures = {job.place(name): data for name, data in job.document.images.items()}
    return Published(main, {main: data, **pictures})


def breakable(each: Node) -> Node:
    """A word with places to break it, if a line may not hold it; addresses have theirs."""
    if each["t"] != "Str" or "://" in each["c"]:
        return each
    return node("Str", _LONG.sub(lambda run: _BREAK.join(_PIECE.findall(run[0])), each["c"]))


def kept_together(blocks: Nodes) -> Nodes:
    """The blocks with each paragraph that begins with bold words beside what follows it.

    Such a paragraph heads what it stands above, as the name of a paper does in a draft; so does
    one that ends in a colon above a list, and a short one below a heading. A short quotation
    stays on one page, so that it does not stand apart from who said it.
    """
    made: Nodes = []
    before = node("Null")
    for at, each in enumerate(blocks):
        # Between cells stands a comment.
        after = next((one for one in blocks[at + 1 :] if one["t"] != "RawBlock"), node("Null"))
        heads = each["t"] == "Para" and (_is_head(each) or _announces(each, after))
        heads = heads and not (after["t"] == "Para" and _is_head(after))
        opens = before["t"] == "Header" and each["t"] == "Para" and len(plain_text(each)) < _SHORT
        before = before if each["t"] == "RawBlock" else each
        follows = after["t"] in ("Para", "BlockQuote", "BulletList", "OrderedList")
        if (heads or opens) and follows:
            made += [node("RawBlock", ["typst", _KEEP]), each, node("RawBlock", ["typst", "]"])]
        elif each["t"] == "BlockQuote" and len(plain_text(each)) < _SHORT:
            made += [node("RawBlock", ["typst", _WHOLE]), each, node("RawBlock", ["typst", "]"])]
        else:
            made.append(each)
    return made


def _announces(each: Node, after: Node) -> bool:
    is_list = after["t"] in ("BulletList", "OrderedList")
    return is_list and plain_text([each]).rstrip().endswith(":")


def _is_head(each: Node) -> bool:
    return bool(each["c"] and each["c"][0]["t"] == "Strong")


def shipped(name: str) -> bytes:
    """A template that comes with the package."""
    return resources.files("reviewkit.publishing").joinpath("templates", name).read_bytes()


def tree_of(document: Document, blocks: Nodes, **more: Any) -> str:
    """The document as JSON for pandoc; `more` are further metadata."""
    return json.dumps(
        {"pandoc-api-version": API_VERSION, "meta": {**document.meta, **more}, "blocks": blocks}
    )


def marked(document: Document, form: str) -> Nodes:
    """All blocks, with a comment before each part that names its cell."""
    blocks: Nodes = []
    for cell, part in document.parts:
        if part and form in _MARKS and cell is not None:
            blocks.append(node("RawBlock", [form, f"{_MARKS[form]}cell {cell}"]))
        blocks += part
    return changed(blocks, lambda each: _paused(each, form)) if form in _BREAKS else blocks


def _blocks(document: Document, form: str) -> Nodes:
    return with_numbers(marked(document, form), form)


def _paused(each: Node, form: str) -> Node:
    is_break = each["t"] == "Div" and PAGE_BREAK in each["c"][0][1]
    return node("RawBlock", list(_BREAKS[form])) if is_break else each


def _quoted_code(each: Node) -> Node:
    """A quotation with its code as lines of it: Word's style of code knows no quotation."""
    if each["t"] != "BlockQuote":
        return each

    def change(block: Node) -> Node:
        if block["t"] != "CodeBlock":
            return block
        lines: Nodes = []
        for line in block["c"][1].split("\n"):
            lines += [node("LineBreak"), node("Code", [attr(), line])]
        return node("Para", lines[1:])

    return node("BlockQuote", changed(each["c"], change))


def _scrolling(each: Node) -> Node:
    """A table within what scrolls, so that a narrow screen does not cut it off."""
    return node("Div", [attr(classes=["table"]), [each]]) if each["t"] == "Table" else each


def _placed(each: Node, job: Job) -> Node:
    """A picture by the name of its file; with its words, which pandoc gives to all but Typst."""
    if each["t"] != "Image":
        return each
    attributes, alt, (name, title) = each["c"]
    said = " ".join(plain_text(alt).split())
    if not said:
        return node("Image", [attributes, alt, [job.place(name), title]])
    width = next((text for key, text in attributes[2] if key == "width"), "")
    sized = f", width: {width}" if _SIZE.fullmatch(width) else ""
    tex = f"#box(image({_string(job.place(name))}{sized}, alt: {_string(said)}))"
    return node("RawInline", ["typst", tex])


def _embedded(block: Node, document: Document) -> Any:
    """The block with pictures as part of it instead of as names."""

    def change(each: Node) -> Node:
        if each["t"] != "Image":
            return each
        attributes, alt, (name, title) = each["c"]
        data = document.images[name]
        text = base64.b64encode(data).decode()
        address = f"data:{MIME[kind_of(data) or 'png']};base64,{text}"
        return node("Image", [attributes, alt, [address, title]])

    return changed(block, change)


def _run(
    job: Job, blocks: Nodes, writing: str, *options: str, files: Mapping[str, bytes]
) -> bytes:
    document = job.document
    given = dict(files)
    all_options = ["--standalone", "--syntax-highlighting=none", *options]
    if document.keys:
        given["items.json"] = json.dumps(job.citing.items).encode()
        all_options += ["--citeproc", "--bibliography", "items.json"]
        all_options += ["--metadata", "link-citations=true"]
        if job.citing.style:
            given["style.csl"] = job.citing.style
            all_options += ["--csl", "style.csl"]
    if job.toc or document.toc:
        all_options.append("--toc")
    if document.numbered:
        all_options.append("--number-sections")
    more = {"numbered": node("MetaBool", document.numbered)}
    if writing == "typst":
        more["authorstrings"] = node("MetaList", _author_strings(document))
    text = tree_of(document, blocks, **more)
    return pandoc.run(text, "json", writing, *all_options, files=given, stop=job.stop)


def _author_strings(document: Document) -> list[Node]:
    """The authors' names as Typst's strings."""
    authors = document.meta.get("author", {"c": []})["c"]
    texts = (" ".join(plain_text(name["c"]).split()) for name in authors)
    return [node("MetaInlines", [node("RawInline", ["typst", _string(text)])]) for text in texts]


def _string(text: str) -> str:
    """Text as a string of Typst."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
