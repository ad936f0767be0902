"""Triples as Turtle, JSON-LD and RDF/XML: https://www.w3.org/TR/turtle/, /json-ld11/ and /rdf-syntax-grammar/.

Names are written short ("dct:title") with the prefixes below. Written by hand for speed; what stands in a text is
escaped by each form's own rules, and what XML cannot hold is left out of all three, so that they say the same.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from lumbung.portal.catalogue.feeds import UNWRITABLE

PREFIXES = {
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcatap": "http://data.europa.eu/r5r/",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "hydra": "http://www.w3.org/ns/hydra/core#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
TYPE = "rdf:type"


@dataclass(frozen=True, slots=True)
class Iri:
    """A thing with an address; short ("dcat:Dataset") or whole."""

    text: str

    @property
    def whole(self) -> str:
        """Without a prefix, and without any sign that an address may not hold."""
        prefix, _, name = self.text.partition(":")
        plain = PREFIXES[prefix] + name if prefix in PREFIXES else self.text
        return "".join(sign if sign > " " and sign not in '<>"{}|^`\\' else f"%{ord(sign):02X}" for sign in plain)


@dataclass(frozen=True, slots=True)
class Blank:
    """A thing without an address; its name holds within one document."""

    name: str


@dataclass(frozen=True, slots=True)
class Literal:
    """A text in a language, or a value of a type such as "xsd:date"."""

    text: str
    language: str = ""
    kind: str = ""

    @property
    def plain(self) -> str:
        """What all three forms can hold."""
        return UNWRITABLE.sub("", self.text).replace("\r\n", "\n").replace("\r", "\n")


Node = Iri | Blank | Literal
Triple = tuple[Iri | Blank, str, Node]


def turtle(triples: Iterable[Triple]) -> str:
    """One block for each thing."""
    lines = [f"@prefix {prefix}: <{address}> ." for prefix, address in PREFIXES.items()]
    for subject, said in _by_subject(triples).items():
        pairs = [f"{'a' if predicate == TYPE else predicate} {_in_turtle(node)}" for predicate, node in said]
        lines.append(f"\n{_in_turtle(subject)} " + " ;\n    ".join(pairs) + " .")
    return "\n".join(lines) + "\n"


def json_ld(triples: Iterable[Triple]) -> str:
    """A flat graph with a context."""
    graph = []
    for subject, said in _by_subject(triples).items():
        thing: dict[str, Any] = {"@id": _identity(subject)}
        for predicate, node in said:
            key = "@type" if predicate == TYPE else predicate
            thing.setdefault(key, []).append(_in_json(node) if key != "@type" else _identity(node))
        graph.append(thing)
    return json.dumps({"@context": PREFIXES, "@graph": graph}, ensure_ascii=False)


def rdf_xml(triples: Iterable[Triple]) -> str:
    """One description for each thing."""
    names = " ".join(f'xmlns:{prefix}="{address}"' for prefix, address in PREFIXES.items())
    lines = ['<?xml version="1.0" encoding="utf-8"?>', f"<rdf:RDF {names}>"]
    for subject, said in _by_subject(triples).items():
        lines.append(f"<rdf:Description {_about(subject, 'about')}>")
        lines += [_in_xml(predicate, node) for predicate, node in said]
        lines.append("</rdf:Description>")
    return "\n".join([*lines, "</rdf:RDF>"]) + "\n"


def _by_subject(triples: Iterable[Triple]) -> dict[Iri | Blank, list[tuple[str, Node]]]:
    """Each thing with what is said of it, once."""
    things: dict[Iri | Blank, dict[tuple[str, Node], None]] = {}
    for subject, predicate, node in triples:
        things.setdefault(subject, {})[predicate, node] = None
    return {subject: list(said) for subject, said in things.items()}


def _in_turtle(node: Node) -> str:
    if isinstance(node, Iri):
        return f"<{node.whole}>"
    if isinstance(node, Blank):
        return f"_:{node.name}"
    text = json.dumps(node.plain, ensure_ascii=False)  # its escapes are Turtle's as well
    return text + (f"@{node.language}" if node.language else f"^^{node.kind}" if node.kind else "")


def _in_json(node: Node) -> dict[str, str]:
    if not isinstance(node, Literal):
        return {"@id": _identity(node)}
    about = {"@language": node.language, "@type": node.kind}
    return {"@value": node.plain, **{key: said for key, said in about.items() if said}}


def _identity(node: Node) -> str:
    if isinstance(node, Blank):
        return f"_:{node.name}"
    return node.whole if isinstance(node, Iri) else node.plain


def _in_xml(predicate: str, node: Node) -> str:
    if not isinstance(node, Literal):
        return f"<{predicate} {_about(node, 'resource')}/>"
    about = f' xml:lang="{node.language}"' if node.language else ""
    about += f' rdf:datatype="{Iri(node.kind).whole}"' if node.kind else ""
    return f"<{predicate}{about}>{escape(node.plain)}</{predicate}>"


def _about(node: Iri | Blank, how: str) -> str:
    return f'rdf:nodeID="{node.name}"' if isinstance(node, Blank) else f"rdf:{how}={quoteattr(node.whole)}"


WRITERS: dict[str, tuple[str, Callable[[Iterable[Triple]], str]]] = {
    "ttl": ("text/turtle; charset=utf-8", turtle),
    "jsonld": ("application/ld+json", json_ld),
    "xml": ("application/rdf+xml; charset=utf-8", rdf_xml),
}
