"""Benchmarks: ratios measured side by side in one run, never an absolute number as a gate. `make bench`."""
