"""Requests for documents: sealed in the applicant's browser to the office's key, opened at the officer's desk."""
