"""Copies that the law asks to hand out: who gets which columns, marked for whom, until when, and what came of it."""
