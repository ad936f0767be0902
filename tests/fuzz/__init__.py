"""Damaged files by the thousand, and what must hold for each: no crash, no hang, nothing open that was not read.

`test_fuzz.py` tries a slice of them with every test run; `python -m tests.fuzz --files 20000` tries as many as asked
for and prints what came of them; `python -m tests.fuzz guided FORMAT --seconds N` lets coverage guide the damage.
"""
