"""Ours or not ours: fingerprints of what came in and went out, the questions asked of them, and the answers."""
