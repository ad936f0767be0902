"""Rows for people who program, linked data and feeds for harvesters."""
