"""An XML response as the plain values its JSON twin would hold.

Attributes and children of an element become fields of one object, repeated children a list, and an element without
children its text. What XML can do beyond that, LivePerson does not use, and nobody else shall: a document type, an
entity or an external reference makes the whole response unreadable.
"""

from __future__ import annotations

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser, ParseError

from lpcontext.chats.parsing.errors import UnreadableChat

DEEPEST = 20
"""Elements within elements; the deepest document has seven (the logic of a survey's entries)."""


def read_xml(document: str | bytes) -> dict[str, object]:
    """The document as `{root: value}`. Raises UnreadableChat, which never repeats any of it."""
    builder = _DocumentBuilder()
    try:
        parser = DefusedXMLParser(target=builder, forbid_dtd=True)
        parser.feed(document)
        parser.close()
    except DefusedXmlException:
        raise UnreadableChat("the XML has a document type or entities of its own") from None
    except (ParseError, ValueError, LookupError):  # cut short, no characters, an encoding nobody knows
        raise UnreadableChat("the answer is not XML") from None
    return builder.build()


class _Element:
    """An element that has begun."""

    __slots__ = ("_attributes", "_children", "_texts")

    def __init__(self, attributes: dict[str, str]) -> None:
        self._attributes = {_plain_name(name): value for name, value in attributes.items()}
        self._children: dict[str, list[object]] = {}
        self._texts: list[str] = []

    def add_text(self, text: str) -> None:
        self._texts.append(text)

    def add_child(self, name: str, value: object) -> None:
        self._children.setdefault(_plain_name(name), []).append(value)

    def as_value(self) -> object:
        """An object, or the text of an element that holds nothing else; a child hides an attribute of its name."""
        text = "".join(self._texts)
        if not self._children and (text.strip() or not self._attributes):
            return text
        return self.as_object()

    def as_object(self) -> dict[str, object]:
        children = {name: values if len(values) > 1 else values[0] for name, values in self._children.items()}
        return {**self._attributes, **children}


class _DocumentBuilder:
    """What the parser reports of a document. There is no tree to walk, so no depth can exhaust the stack."""

    def __init__(self) -> None:
        self._open = [_Element({})]

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if len(self._open) > DEEPEST:
            raise UnreadableChat("the XML is nested too deep")
        self._open.append(_Element(attributes))

    def data(self, text: str) -> None:
        self._open[-1].add_text(text)

    def end(self, tag: str) -> None:
        element = self._open.pop()
        self._open[-1].add_child(tag, element.as_value())

    def close(self) -> None:
        """The parser asks for this; there is nothing left to do."""

    def build(self) -> dict[str, object]:
        return self._open[0].as_object()


def _plain_name(name: str) -> str:
    """The name without its namespace, which the parser puts before it in braces."""
    return name.rpartition("}")[2]
