"""A figure that was drawn, to be shown, changed and saved."""

from __future__ import annotations

import base64
import os
import warnings
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reviewkit.errors import ValueRefusedError
from reviewkit.figures import Chart

if TYPE_CHECKING:
    from matplotlib.figure import Figure

#: Dots per inch of the picture in a notebook: twice those of a screen.
DOTS = 192
_SCREEN = 96


class Picture:
    """A drawn figure; in a notebook it shows itself.

    Attributes
    ----------
    caption, text
        What is to be seen, and the same for who cannot see it.
    figure
        The matplotlib figure, to be changed before it is shown or saved.
    """

    def __init__(self, chart: Chart, figure: Figure) -> None:
        self.name = chart.name
        self.caption = chart.caption
        self.text = chart.text
        self.figure = figure

    def __repr__(self) -> str:
        return f"<figure {self.name}: {self.caption}>"

    def png(self, dots: int = DOTS) -> bytes:
        """The picture as PNG with so many dots an inch; the same bytes each time."""
        return self._saved("png", dpi=dots, metadata={"Software": None})

    def svg(self) -> bytes:
        """The picture as SVG, with letters as outlines: it prints the same everywhere."""
        return self._saved("svg", metadata={"Date": None, "Creator": None})

    def _saved(self, kind: str, **options: Any) -> bytes:
        out = BytesIO()
        with warnings.catch_warnings():
            # A letter that the font lacks is drawn as a box.
            warnings.filterwarnings("ignore", message=".*[Gg]lyph.*missing.*")
            self.figure.savefig(out, format=kind, **options)
        return out.getvalue()

    def save(self, path: str | os.PathLike[str]) -> Path:
        """Write the picture; the suffix says as what: .png, .svg or .pdf.

        Raises
        ------
        ValueRefusedError
            It is another suffix.
        """
        target = Path(path).expanduser()
        made = {".png": self.png, ".svg": self.svg, ".pdf": self._pdf}.get(target.suffix.lower())
        if made is None:
            raise ValueRefusedError(
                f"A figure cannot be written as {target.name!r}. Let the name end in .png, .svg "
                "or .pdf.",
                field="path",
                value=str(path),
            )
        target.write_bytes(made())
        return target

    def _pdf(self) -> bytes:
        return self._saved("pdf", metadata={"CreationDate": None})

    def output(self) -> dict[str, Any]:
        """The picture as an output of a notebook's cell."""
        data, metadata = self._repr_mimebundle_()
        return {"output_type": "display_data", "data": data, "metadata": metadata}

    def _repr_mimebundle_(self, **_: Any) -> tuple[dict[str, str], dict[str, Any]]:
        width, height = (round(inches * _SCREEN) for inches in self.figure.get_size_inches())
        picture = base64.b64encode(self.png()).decode()
        # The text of an execute_result is read by screen readers and shown by plain viewers.
        data = {"image/png": picture, "text/plain": self.text}
        return data, {"image/png": {"width": width, "height": height, "alt": self.text}}
