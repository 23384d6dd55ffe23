"""Figures about papers: what they show is computed here, drawing needs matplotlib.

`drawing` is imported by who draws.
"""

from reviewkit.figures.chart import Chart
from reviewkit.figures.charts import FIGURES, chart

__all__ = ["FIGURES", "Chart", "chart"]
