"""Drafts as LaTeX, compiled by a real one, where it is installed."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import Literal

import nbformat

from reviewkit.project import Project, open_project
from reviewkit.publishing.letters import definition
from tests.torture.outcome import Outcome

_ROOT = Path(__file__).resolve().parents[2]
_DIGEST = _ROOT / "tests" / "corpus" / "digest" / "demo-106.txt"
_NEEDED = ("pdflatex", "lualatex", "biber", "bibtex")
_SEEN = 3.0
_WHAT = "a draft of 106 papers as LaTeX"
_HOSTILE = "100 % of $5 & #1_x^2 ~ {open \\input{/etc/passwd} “quotes” Ωμέγα"

#: Notes of every kind, in many scripts.
_NOTES = (
    _HOSTILE,
    "Three:\n\n1. *old* one\n2. $\\alpha = 0.1$\n\n> we measure\n\nso ~~none~~ **little**.",
    "| method | acc. |\n|:--|--:|\n| `ours` | 91.2 % |\n\n$$E = \\sum_i^n p_i t_i$$ is mine.",
    "```python\nfor x in data:\n    loss += f(x)  # +\n```\n\n*O(n²)* ✅ 👍🏽 👩\u200d🔬 ❤\ufe0f",
    "⅓ ♭ ≙ 𝒯 \u2003 ☐",
    "这篇论文的方法很有意思。 日本語のメモ。 한국어. הערה בעברית. ملاحظة عربية. Привет мир. Việt.",
    "- [ ] ask\n- [x] read\n  - nested H<sub>2</sub>O\n\n# Why?",
    "[code](https://example.org/a_b?x=1&y=%20#z)",
    f"https://example.org/{'a/b_' * 40}\n\n{'word' * 40}",
)

#: Every way to write a label and a reference that notebooks have.
_REFERRING = (
    "## Numbered {#sec-numbered}\n\n$$ a_1 = b $$ {#eq-one}\n\n$$\nc = d\n$$ (eq-two)",
    "\\begin{equation}\\label{eq:three}\ne = f\n\\end{equation}",
    "\\begin{align}\n p &= q \\label{eq:four} \\\\\n r &= s \\label{eq:five}\n\\end{align}",
    "| a | b |\n|---|---|\n| 1 | 2 |\n\n: What is counted {#tbl-counted}",
    "See @sec-numbered, @eq-one, [Eq. @eq-two], \\eqref{eq:three}, \\ref{eq:four}, {eq}`eq:five`, "
    "{numref}`Table %s <tbl-counted>`, {ref}`that <tbl-counted>` and [](#eq-one).",
)


def run(folder: Path) -> Outcome:
    """Draft the demo library's survey, with references, and compile it with both packages."""
    missing = [name for name in _NEEDED if shutil.which(name) is None]
    if missing:
        return Outcome(_WHAT, 0, 0, f"not tried: no {', '.join(missing)}")
    folder.mkdir(parents=True)
    shutil.copy(_ROOT / "references.bib", folder)
    faults: list[str] = []
    with open_project(folder, reviewer="ana", watch=False) as project:
        project.add(_DIGEST)
        for number, key in enumerate(project):
            project.review(
                key,
                rating=1 + number % 5,
                tags=["a & b", "c_d"],
                note=_NOTES[number % len(_NOTES)],
            )
        notebook = project.draft(folder / "survey.ipynb", by="tag").path
        drafted = nbformat.read(notebook, as_version=4)
        letters = " ".join(
            letter for letter in map(chr, range(0xA1, 0x1F000)) if definition(letter)
        )
        drafted.cells += [nbformat.v4.new_markdown_cell(text) for text in (*_REFERRING, letters)]
        nbformat.write(drafted, notebook)
        faults += _compiled(project, notebook, folder / "biblatex", "biblatex", "biber")
        faults += _compiled(project, notebook, folder / "natbib", "natbib", "bibtex")
        faults += _compiled(project, notebook, folder / "lua", "biblatex", "biber", "lualatex")
    return Outcome(_WHAT, 3, len(faults), "; ".join(faults))


def _compiled(
    project: Project,
    notebook: Path,
    out: Path,
    package: Literal["biblatex", "natbib"],
    by: str,
    engine: str = "pdflatex",
) -> list[str]:
    """What LaTeX found fault with."""
    out.mkdir()
    project.export(f"{out}/", used_in=notebook, format="latex", citations=package)
    latex = [engine, "-interaction=nonstopmode", "-no-shell-escape", "survey.tex"]
    for command in (latex, [by, "survey"], latex, latex):
        subprocess.run(command, cwd=out, capture_output=True)
    log = (out / "survey.log").read_text(encoding="utf-8", errors="replace")
    told = [line for line in log.splitlines() if line.startswith("!") or "undefined" in line]
    # So many points stand out into the margin; what fits within a millimetre is not seen.
    wide = (float(each) for each in re.findall(r"Overfull \\hbox \((\d+\.\d+)pt too wide", log))
    told += [f"{points:.0f} pt too wide" for points in wide if points > _SEEN]
    if not (out / "survey.pdf").exists():
        told.append("no PDF")
    return [f"{engine} with {package}: {line}" for line in told[:3]]
