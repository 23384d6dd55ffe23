"""Towards a survey: topics, figures, counts, and drafting its notebook."""
