"""The counter (loket): a small process with a store of its own, which takes sealed envelopes when all else is cut off.

`tickets` is what both sides compute, `headers` reads what stands on an envelope, `store` keeps, `floods` bounds,
`application` speaks HTTP (WSGI, PEP 3333). It knows no portal, no database of the portal, and cannot open an envelope.
"""
