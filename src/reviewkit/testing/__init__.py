"""Manuscripts as tests: `pytest --reviewkit`; what came of linked cells under nbval."""
