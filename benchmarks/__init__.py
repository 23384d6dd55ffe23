"""Benchmarks: `make bench` prints one table, with each rival measured in the same run."""
