"""Small changes to the XML of a workbook part, byte by byte: whatever is not changed stays as its writer wrote it.

Parsing and writing XML anew would lose prefixes, `mc:Ignorable` and namespaces that only Excel understands.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from io import BytesIO
from xml.parsers import expat
from xml.sax.saxutils import quoteattr

from leadscore.errors import OutputError

_TAG = re.compile(rb"<(?:[^>\"']|\"[^\"]*\"|'[^']*')*>")


@dataclass
class Element:
    """One element: its name and attributes as written, and where it stands.

    `inner_end` is where its content ends, -1 for `<a/>`; `tag_end` is where its start tag ends, `end` its end tag.
    """

    name: str
    attributes: dict[str, str]
    start: int
    tag_end: int = -1
    inner_end: int = -1
    end: int = -1
    children: list[Element] = field(default_factory=list)

    @property
    def prefix(self) -> str:
        """'x:' of 'x:sheets', '' mostly."""
        return self.name[: self.name.find(":") + 1]

    def child(self, name: str) -> Element | None:
        """The first child of this local name."""
        return next(iter(self.named(name)), None)

    def named(self, name: str) -> list[Element]:
        """The children of this local name."""
        return [child for child in self.children if child.name.rpartition(":")[2] == name]


def outline(xml: bytes, depth: int = 3) -> Element:
    """The elements of a part down to `depth`, with their byte offsets. Raises OutputError for what we never splice."""
    if xml.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise OutputError("the workbook is written in UTF-16; open it in Excel and save it once")
    return _Outline(xml, depth).root


class _Outline:
    """The events of one parse."""

    def __init__(self, xml: bytes, depth: int) -> None:
        self._xml, self._depth, self._open = xml, depth, list[Element]()
        self._level = 0
        self.root = Element("", {}, 0)
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.StartDoctypeDeclHandler = self._refuse
        self._parser.ParseFile(BytesIO(xml))

    def _refuse(self, *_: object) -> None:
        raise OutputError("the workbook declares a DTD, as no spreadsheet program does; it is left alone")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._level += 1
        if self._level > self._depth:
            return
        start = self._parser.CurrentByteIndex
        element = Element(name, attributes, start, tag_end=_tag_end(self._xml, start))
        if self._open:
            self._open[-1].children.append(element)
        else:
            self.root = element
        self._open.append(element)

    def _end(self, _: str) -> None:
        self._level -= 1
        if self._level < self._depth:
            element = self._open.pop()
            is_empty = self._xml[element.tag_end - 2 : element.tag_end] == b"/>"
            element.inner_end = -1 if is_empty else self._parser.CurrentByteIndex
            element.end = element.tag_end if is_empty else self._xml.index(b">", element.inner_end) + 1


def _tag_end(xml: bytes, start: int) -> int:
    """Where a start tag ends: a > inside quotes is none."""
    match = _TAG.match(xml, start)
    return match.end() if match else len(xml)


class Splice:
    """Changes to one part, applied together."""

    def __init__(self, xml: bytes) -> None:
        self._xml = xml
        self._changes: list[tuple[int, int, bytes]] = []
        self._filled: dict[int, tuple[Element, list[bytes]]] = {}

    def append(self, parent: Element, child: str | bytes) -> None:
        """A new last child."""
        new = child if isinstance(child, bytes) else child.encode()
        if parent.inner_end < 0:
            self._filled.setdefault(parent.start, (parent, []))[1].append(new)
        else:
            self._changes.append((parent.inner_end, parent.inner_end, new))

    def prepend(self, parent: Element, child: bytes) -> None:
        """A new first child of an element that has some."""
        self._changes.append((parent.tag_end, parent.tag_end, child))

    def insert(self, after: Element, sibling: str | bytes) -> None:
        """A new element right after another."""
        self._changes.append((after.end, after.end, sibling if isinstance(sibling, bytes) else sibling.encode()))

    def remove(self, element: Element) -> None:
        """The element with all it holds taken out."""
        self._changes.append((element.start, element.end, b""))

    def set(self, element: Element, name: str, value: str) -> None:
        """An attribute's value, whether the element has the attribute or not."""
        tag, said = self._xml[element.start : element.tag_end], f" {name}={quoteattr(value)}".encode()
        if match := re.search(rb"\s" + name.encode() + rb"\s*=\s*(\"[^\"]*\"|'[^']*')", tag):
            start, end = match.span()
        else:
            start = end = len(tag) - (2 if tag.endswith(b"/>") else 1)
        self._changes.append((element.start + start, element.start + end, said))

    def count(self, parent: Element, number: int) -> None:
        """The attribute count, where the element has one."""
        if "count" in parent.attributes:
            self.set(parent, "count", str(number))

    def done(self) -> bytes:
        """The part with all changes."""
        changes = [*self._changes, *(self._opened(*filled) for filled in self._filled.values())]
        parts, position = [], 0
        for start, end, new in sorted(changes, key=lambda change: change[:2]):
            parts += [self._xml[position:start], new]
            position = end
        return b"".join([*parts, self._xml[position:]])

    def _opened(self, parent: Element, children: list[bytes]) -> tuple[int, int, bytes]:
        """The end of `<a/>` as `>children</a>`; its attributes may change besides."""
        slash = parent.tag_end - 2
        return slash, parent.tag_end, b">%b</%b>" % (b"".join(children), parent.name.encode())
