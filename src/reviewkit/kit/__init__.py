"""Live widgets for notebooks: the form of one paper, the table of many, the comparison matrix."""

from __future__ import annotations

from reviewkit.kit.view import MIME, ReviewView, form, matrix, table

__all__ = ["MIME", "ReviewView", "form", "matrix", "table"]
