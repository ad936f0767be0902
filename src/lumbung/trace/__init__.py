"""Ours or not ours: fingerprints of persons, the source of a sample, the truth of a claim, the marks of a copy.

Functions that take tables and numbers and give numbers: no reading of strangers' files (`tracing` above does that, in
a confined child), no portal, no network, no settings. No answer carries a value of anybody.
"""
