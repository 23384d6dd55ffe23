"""Lint of manuscripts, and claims linked to the cells that reproduce them."""
