"""Chat without identity numbers: links that carry a ticket code alone, and an answer to whoever sends more."""
