"""The group ristretto255 (RFC 9496), in whole numbers of Python: points, their 32 bytes, and hashing to one of them.

Slow (milliseconds for a multiplication) and not in constant time: whoever multiplies by a secret splits it first, as
`oprf.evaluate` does, and answers a limited number of questions.
"""

from typing import NamedTuple

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
ROOT = pow(2, (P - 1) // 4, P)  # of -1


class Point(NamedTuple):
    """Extended coordinates of the curve below the group; equal elements may have different ones."""

    x: int
    y: int
    z: int
    t: int


class NotAnElement(ValueError):
    """These bytes encode no element."""


def add(a: Point, b: Point) -> Point:
    """The sum of two elements."""
    one, two = (a.y - a.x) * (b.y - b.x), (a.y + a.x) * (b.y + b.x)
    three, four = 2 * a.t * D * b.t, 2 * a.z * b.z
    e, f, g, h = two - one, four - three, four + three, two + one
    return Point(e * f % P, g * h % P, f * g % P, e * h % P)


def multiply(scalar: int, point: Point) -> Point:
    """`scalar` times an element."""
    result = IDENTITY
    for bit in bin(scalar % ORDER)[2:]:
        result = add(result, result)
        if bit == "1":
            result = add(result, point)
    return result


def encode(point: Point) -> bytes:
    """The 32 bytes of an element; equal elements have the same (RFC 9496, 4.3.2)."""
    x, y, z, t = point
    first, second = (z + y) * (z - y) % P, x * y % P
    _, inverse = _root_of_ratio(1, first * second * second)
    one, two = inverse * first % P, inverse * second % P
    back = one * two * t % P
    if _is_negative(t * back):
        x, y, turned = y * ROOT % P, x * ROOT % P, one * _ROOT_A_MINUS_D % P
    else:
        turned = two
    if _is_negative(x * back):
        y = -y % P
    return _positive(turned * (z - y)).to_bytes(32, "little")


def decode(encoded: bytes) -> Point:
    """The element of 32 bytes. Raise NotAnElement (RFC 9496, 4.3.1)."""
    s = int.from_bytes(encoded, "little")
    if len(encoded) != 32 or s >= P or s % 2:
        raise NotAnElement
    one, two = (1 - s * s) % P, (1 + s * s) % P
    square = two * two % P
    v = (-(D * one * one) - square) % P
    is_square, inverse = _root_of_ratio(1, v * square)
    x_factor = inverse * two % P
    x = _positive(2 * s * x_factor)
    y = one * inverse * x_factor * v % P
    if not is_square or _is_negative(x * y) or y == 0:
        raise NotAnElement
    return Point(x, y, 1, x * y % P)


def from_uniform(drawn: bytes) -> Point:
    """The element of 64 random bytes: a hash to the group (RFC 9496, 4.3.4)."""
    halves = (int.from_bytes(half, "little") % 2**255 for half in (drawn[:32], drawn[32:64]))
    first, second = (_mapped(half) for half in halves)
    return add(first, second)


def _mapped(t: int) -> Point:
    r = ROOT * t * t % P
    u = (r + 1) * (1 - D * D) % P
    v = (-1 - r * D) * (r + D) % P
    is_square, s = _root_of_ratio(u, v)
    c = -1
    if not is_square:
        s, c = -_positive(s * t) % P, r
    n = (c * (r - 1) * (D - 1) ** 2 - v) % P
    w = (2 * s * v % P, n * _ROOT_AD_MINUS_ONE % P, (1 - s * s) % P, (1 + s * s) % P)
    return Point(w[0] * w[3] % P, w[2] * w[1] % P, w[1] * w[3] % P, w[0] * w[2] % P)


def _root_of_ratio(u: int, v: int) -> tuple[bool, int]:
    """The root of u / v, not negative, or of that times ROOT; whether it was the first (RFC 9496, 4.2)."""
    root = u * v**3 * pow(u * v**7 % P, (P - 5) // 8, P) % P
    check = v * root * root % P
    right, turned, turned_more = check == u % P, check == -u % P, check == -u * ROOT % P
    if turned or turned_more:
        root = root * ROOT % P
    return right or turned, _positive(root)


def _is_negative(number: int) -> bool:
    return number % P % 2 == 1


def _positive(number: int) -> int:
    number %= P
    return P - number if number % 2 else number


IDENTITY = Point(0, 1, 1, 0)
_ROOT_AD_MINUS_ONE = P - _root_of_ratio(-D - 1, 1)[1]  # the negative one is the constant of the standard
_ROOT_A_MINUS_D = _root_of_ratio(1, (-1 - D) % P)[1]
BASE = decode(bytes.fromhex("e2f2ae0a6abc4e71a884a961c500515f58e30b6aa582dd8db6a65945e08d2d76"))
