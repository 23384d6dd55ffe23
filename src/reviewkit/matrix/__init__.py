"""The comparison matrix: papers by attributes, what people filled in, and what is suggested.

Computes only: columns and cells are read from the fold, suggestions from texts; `project`
records what people say of them.
"""

from reviewkit.matrix import printed
from reviewkit.matrix.column import TYPES, Column, column_id, columns_of
from reviewkit.matrix.grid import Grid, GridCell, GridRow

__all__ = ["TYPES", "Column", "Grid", "GridCell", "GridRow", "column_id", "columns_of", "printed"]
