"""Untrusted XML as a small tree with line numbers; no DTD, no entities, nothing fetched, bounded in size, depth and count."""

from dataclasses import dataclass, field
from typing import Any, Final, override
from xml.sax import SAXException
from xml.sax.handler import ContentHandler, feature_namespaces

from defusedxml.common import DefusedXmlException
from defusedxml.expatreader import create_parser

from assistant.errors import BadRequest, TooLarge

DEEPEST: Final = 16
"""Elements inside each other; CAP has five, a signature in it some more."""
MOST_ELEMENTS: Final = 20_000


@dataclass(slots=True, kw_only=True)
class Node:
    """An element of the root's namespace."""

    name: str
    line: int
    text: str = ""
    children: list["Node"] = field(default_factory=list)


def parse(data: bytes, limit: int) -> tuple[str, Node]:
    """Namespace and root of a document of at most `limit` bytes; elements of other namespaces are left out.

    Raises TooLarge, and BadRequest with the code `cap-not-xml` or `cap-forbidden-xml`.
    """
    if len(data) > limit:
        raise TooLarge(f"the message has more than {limit} bytes", code="cap-too-large")
    builder = _Builder()
    parser = create_parser(forbid_dtd=True)
    parser.setFeature(feature_namespaces, True)
    parser.setContentHandler(builder)
    builder.setDocumentLocator(parser)
    try:
        parser.feed(data)
        parser.close()
    except DefusedXmlException:
        raise BadRequest("document types, entities and outside references are not taken", code="cap-forbidden-xml") from None
    except (SAXException, ValueError, LookupError) as error:  # the last two: encodings that Python or expat do not know
        line = getattr(error, "getLineNumber", lambda: None)()
        raise BadRequest(f"the message is not well-formed XML{f' in line {line}' if line else ''}", code="cap-not-xml") from None
    if builder.root is None:
        raise BadRequest("the message is not well-formed XML", code="cap-not-xml")
    return builder.namespace, builder.root


class _Builder(ContentHandler):
    def __init__(self) -> None:
        super().__init__()
        self.namespace, self.root = "", None  # type: str, Node | None
        self._open: list[Node | None] = []
        self._texts: list[list[str]] = []
        self._count = 0
        self._locator: Any = None

    @override
    def setDocumentLocator(self, locator: Any) -> None:
        self._locator = locator

    @override
    def startElementNS(self, name: tuple[str | None, str], qname: str | None, attrs: Any) -> None:
        self._count += 1
        if self._count > MOST_ELEMENTS or len(self._open) >= DEEPEST:
            message = f"the message has more than {MOST_ELEMENTS} elements, or more than {DEEPEST} inside each other"
            raise BadRequest(message, code="cap-invalid")
        namespace, local = name
        node: Node | None = Node(name=local, line=self._locator.getLineNumber() or 0)
        if not self._open:
            self.namespace, self.root = namespace or "", node
        elif self._open[-1] is None or (namespace or "") != self.namespace:
            node = None
        elif node is not None:
            self._open[-1].children.append(node)
        self._open.append(node)
        self._texts.append([])

    @override
    def characters(self, content: str) -> None:
        self._texts[-1].append(content)

    @override
    def endElementNS(self, name: tuple[str | None, str], qname: str | None) -> None:
        node, texts = self._open.pop(), self._texts.pop()
        if node is not None:
            node.text = "".join(texts).replace("\r\n", "\n").replace("\r", "\n").strip()
