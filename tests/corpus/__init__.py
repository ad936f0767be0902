"""The generated corpus: every register layout in every format and damage, and tables that only look like one.

`make score` (`python -m tests.corpus`) builds all of it, asks the gate about each file and prints recall and false
alarms; `test_corpus.py` tries a representative part of it with every test run.
"""
