"""Live widgets for notebooks: the form of one paper, the table of many."""

from __future__ import annotations

from reviewkit.kit.view import MIME, ReviewView, form, table

__all__ = ["MIME", "ReviewView", "form", "table"]
