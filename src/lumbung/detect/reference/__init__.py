"""Lists that detection leans on: region codes and names, header words, value words, common given names.

Derived lists carry their licence beside them; the others are facts or our own writing.
"""
