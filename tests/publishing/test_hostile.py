"""Texts that try to reach out of the document: into files, the network, or a browser."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reviewkit.errors import ValueRefusedError
from reviewkit.publishing import TARGETS, Pictures, build, flatten, publish
from reviewkit.publishing.pictures import kind_of
from reviewkit.publishing.safe import acts
from reviewkit.publishing.typesetting import typeset
from tests.publishing.hands import (
    KEYS,
    SVG,
    Page,
    code,
    document,
    flat,
    job,
    md,
    notebook,
    nothing,
    png,
    raw,
    shows,
)

SECRET = "the-secret-of-another-folder"
#: Each with a place for a file's name.
TEXTS = [
    '#read("{file}")',
    '#import "@preview/x:1.0.0": *',
    '#include "{file}"',
    '#image("{file}")',
    "\\input{{{file}}}",
    "\\include{{{file}}}",
    "\\verbatiminput{{{file}}}",
    "\\write18{{ls}}",
    "$\\input{{{file}}}$",
    "$$\\label{{\\input{{{file}}}}}$$",
    "$\\begin{{@input}}{{{file}}}\\end{{@input}}$",
    "$^^5cinput {file}$",
    "$\\csname input\\endcsname {file}$",
    "$\\tag{{\\InputIfFileExists{{{file}}}{{}}{{}}}}$",
    '<script>fetch("file://{file}")</script>',
    '<img src="file://{file}" onerror="alert(1)">',
    '<iframe src="{file}"></iframe>',
    '<object data="{file}"></object>',
    '<link href="{file}" rel="stylesheet">',
    "![x]({file})",
    "![x](file://{file})",
    "![x](../../../../../../../..{file})",
    "![x]({file}){{.x onclick=alert(1)}}",
    '[x](javascript:alert(1)){{onclick="alert(1)"}}',
    "[x](file://{file})",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    '::: {{onclick="alert(1)" style="background:url({file})"}}\nx\n:::',
    '```{{=typst}}\n#read("{file}")\n```',
    "```{{=html}}\n<script>alert(1)</script>\n```",
    "```{{=latex}}\n\\input{{{file}}}\n```",
    '`#read("{file}")`{{=typst}}',
    '[x]{{typst:text:fill="red;#read(\\"{file}\\")"}}',
    "```{{.python include={file}}}\nx\n```",
    "![x](https://example.invalid/x.png)",
    "---\ntitle: x\nbibliography: {file}\ncsl: {file}\ntemplate: {file}\n---",
    '<svg><image href="file://{file}"/></svg>',
    "<style>@import url({file});</style>",
    "<base href='file:///'>",
    '|  |\n|--|\n| #read("{file}") |',
    "[^1]\n\n[^1]: \\input{{{file}}}",
]


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    path = tmp_path / "outside" / "secret.txt"
    path.parent.mkdir()
    path.write_text(SECRET, encoding="utf-8")
    (path.parent / "secret.svg").write_text(SVG.replace("<rect", f"<!--{SECRET}--><rect"), "utf-8")
    return path


def cells(file: str) -> list[dict[str, Any]]:
    texts = [text.format(file=file) for text in TEXTS]
    front = "\n".join(["---", *(f"{name}: {value!r}" for name, value in {
        "title": TEXTS[0].format(file=file) + r" \input{x} <script>alert(1)</script>",
        "subtitle": '"]; #read("x")', "author": r'A"), #read("x") \input{y}<img src=x onerror=y>',
        "date": "#panic()", "keywords": ["]#panic()[", r"\end{document}"],
        "abstract": " ".join(texts[:14]), "lang": 'en"#panic()',
    }.items()), "---"])  # fmt: skip
    made = [raw(front), *(md(text) for text in texts)]
    for text in texts[:20]:
        quoted = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")
        made.append(
            code(
                f'#| label: fig-{len(made)}\n#| fig-cap: "{quoted}"\nx',
                shows(text_html=text, text_plain=text),
            )
        )
        made.append(code("x", shows(text_latex=text, text_plain=text)))
        made.append(code("x", shows(text_markdown=text)))
        made.append(code("x", {"output_type": "stream", "name": "stdout", "text": text}))
        made.append(raw(text, raw_mimetype="text/latex"))
        made.append(raw(text, raw_mimetype="text/html"))
    return made


@pytest.mark.parametrize("target", ["pdf", "html", "docx", "latex", "typst"])
def test_nothing_gets_in_or_out(target: str, secret: Path, tmp_path: Path) -> None:
    inside = tmp_path / "project"
    inside.mkdir()
    (inside / "link.svg").symlink_to(secret.with_suffix(".svg"))
    linked = md("![l](link.svg) ![o](../outside/secret.svg)")
    manuscript = flatten("survey.ipynb", notebook(*cells(str(secret)), linked))
    made = build("survey.ipynb", manuscript, KEYS, Pictures(inside, inside).read)
    out = publish(job(made), TARGETS[target])
    for name, data in out.files.items():
        assert SECRET.encode() not in data, name
    assert not any(b"file:" in data or SECRET.encode() in data for data in made.images.values())
    text = out.data.decode("utf-8", "replace")
    if target == "html":
        tags = Page(text).tags
        assert not {"script", "iframe", "object", "embed", "base", "link", "form"} & {
            t for t, _ in tags
        }
        for tag, values in tags:
            assert not any(name.startswith("on") or name == "srcdoc" for name in values), tag
            assert SECRET not in str(values)
            address = values.get("href") or values.get("src") or "#"
            assert re.match(r"#|https?:|mailto:|data:image/", address), address
            assert re.fullmatch(
                r"(?:(?:text-align|width): ?[\w.%]+;?\s*)*", values.get("style") or ""
            )
        assert "default-src 'none'" in text
    if target == "latex":
        body = re.sub(r"\\texttt\{(?:[^{}]|\\.)*\}|\\begin\{verbatim\}.*?\\end\{verbatim\}", "",
                      text.partition("\\begin{document}")[2], flags=re.DOTALL)  # fmt: skip
        assert not re.search(
            r"(?<!\\textbackslash)\\(input|include|write|csname|verbatiminput|Input)", body
        )
        assert "^^5c" not in body
    if target == "typst":
        assert typeset(out.main, out.files)[:5] == b"%PDF-"


def test_what_acts_is_told_from_what_typesets() -> None:
    for tex in (r"\INPUT x", r"\@@input", "^^5c", r"\begin{input}", r"\let\a\b", r"\expandafter"):
        assert acts(tex), tex
    for tex in (r"\frac{a}{b}", r"\left(x\right)", r"\leq", r"\begin{pmatrix}a\end{pmatrix}",
                r"\operatorname{arg\,max}", r"\lim", r"\ref",
                r"\int_0^1", r"\infty", r"\in"):  # fmt: skip
        assert not acts(tex), tex


def test_pictures_stay_below_the_folder(secret: Path, tmp_path: Path) -> None:
    folder = tmp_path / "project"
    (folder / "sub").mkdir(parents=True)
    (folder / "a.png").write_bytes(png())
    (folder / "text.png").write_bytes(b"no picture")
    (folder / "link.png").symlink_to(secret)
    os.mkfifo(folder / "pipe.png")
    pictures = Pictures(folder / "sub", folder)
    assert pictures.read("../a.png") == png()
    for path in ("../link.png", "../../outside/secret.svg", str(secret), "../pipe.png", "..",
                 "../text.png", "none.png", "a\0b", "x" * 5000):  # fmt: skip
        with pytest.raises(ValueRefusedError):
            pictures.read(path)
    assert list(pictures.taken) == ["../a.png"]


def test_svg_with_entities_is_none() -> None:
    bomb = b'<!DOCTYPE svg [<!ENTITY a "aaaa">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>'
    assert kind_of(bomb) is None
    assert kind_of(SVG.encode()) == "svg"
    assert kind_of(b"<html><svg></html>") is None


def test_a_picture_within_a_picture_is_not_read(secret: Path) -> None:
    inner = SVG.replace("<rect", f'<image href="{secret}"/><rect')
    made = document(code("x", shows(image_svg_xml=inner)))
    try:
        data = publish(job(made), TARGETS["pdf"]).data
    except Exception as error:  # noqa: BLE001 - a refusal is as good
        assert "cell 1" in str(error) or "image" in str(error)
    else:
        assert SECRET.encode() not in data


def test_yaml_that_fills_the_memory_is_text() -> None:
    bomb = "---\na: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\ntitle: *b\n---\nx"
    assert flat(md(bomb)).matter.title == ""
    assert flat(md("---\n" + "[" * 20_000 + "\n---\nx")).matter.title == ""
    assert (
        flat(code("#| label: &a x\n#| fig-cap: !!python/object/apply:os.system [ls]\nx")).pieces
        == ()
    )


@given(st.text(st.sampled_from(list("#$\\{}[]()<>@*_`~^|&%\"'-:;=!/\n\t .abc1")), max_size=60))
@settings(deadline=None, max_examples=12)
@example("\\")
@example("**a\\\nb\\\n** | c")
def test_any_text_makes_a_pdf(text: str) -> None:
    made = build("a.ipynb", flat(raw(text), md(text), md(f"# {text}"), title=text), KEYS, nothing)
    assert publish(job(made), TARGETS["pdf"]).data[:5] == b"%PDF-"
