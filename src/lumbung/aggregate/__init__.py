"""Residents -> tables that give nobody away, with a proof that a third party can check by addition.

`release.make` chooses, protects and proves; `package.publish` writes, audits and remembers. Both need
`lumbung[statistics]`; `check_proof` needs the standard library alone.
"""
