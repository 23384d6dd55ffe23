"""Run the notebooks on a copy of the demo project and store the outputs that they give.

What belongs to one run or one machine is left out: widgets, times, and tables so large
that a change of one word would be lost among them.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient

ROOT = Path(__file__).resolve().parent.parent
WIDGET = "application/vnd.jupyter.widget-view+json"
LARGEST_HTML = 30_000


def shared(notebook: Any) -> Any:
    """The notebook with only those outputs that are the same for everybody."""
    notebook.metadata.pop("widgets", None)
    notebook.metadata["language_info"] = {"name": "python"}
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
        for output in cell.get("outputs", ()):
            data = output.get("data", {})
            data.pop(WIDGET, None)
            if len(data.get("text/html", "")) > LARGEST_HTML:
                del data["text/html"]
    return notebook


def main() -> None:
    """Renew the outputs of all notebooks, in their order."""
    with tempfile.TemporaryDirectory() as folder:
        demo = Path(folder)
        shutil.copy(ROOT / "references.bib", demo)
        shutil.copytree(ROOT / "notebooks", demo / "notebooks")
        for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
            notebook = nbformat.read(path, as_version=4)
            place = {"metadata": {"path": str(demo / "notebooks")}}
            NotebookClient(notebook, timeout=60, resources=place).execute()
            path.write_text(nbformat.writes(shared(notebook)) + "\n", encoding="utf-8")
            print(f"{path.relative_to(ROOT)} renewed")


if __name__ == "__main__":
    main()
