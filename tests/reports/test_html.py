"""No text can become markup: shown with a real HTML parser and the naughty strings."""

import json
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadscore.reports.html import Html, element, markup

NAUGHTY = Path("/work/shared/data/strings/blns/blns.json")
HOSTILE = [
    "<script>alert(1)</script>",
    '"><svg/onload=alert(1)>',
    "' onmouseover='alert(1)",
    "--><script>",
    "]]></style><script>",
    "</title><b>",
    "&lt;script&gt;",
    "javascript:alert(1)",
    "a\x00b\x08c\ud800d\ufffe",
    "\u202etxt.exe",
    "`${1}`{{7*7}}",
]
TEXTS = HOSTILE + (json.loads(NAUGHTY.read_text(encoding="utf-8")) if NAUGHTY.exists() else [])


class Seen(HTMLParser):
    """The elements, attributes and text that a browser would see."""

    def __init__(self, html):
        super().__init__()
        self.elements, self.text = [], ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.elements.append((tag, dict(attributes)))

    def handle_data(self, data):
        self.text += data

    def handle_comment(self, data):
        self.elements.append(("comment", data))


def shown(text):
    """The text with what HTML does not allow replaced."""
    legal = [chr(9), chr(10)]
    return "".join(
        one if one in legal or one.isprintable() or (ord(one) > 0x9F and not is_illegal(ord(one))) else "\ufffd"
        for one in text
    )


def is_illegal(code):
    return 0xD800 <= code <= 0xDFFF or 0xFDD0 <= code <= 0xFDEF or code in (0xFFFE, 0xFFFF)


@pytest.mark.parametrize("text", TEXTS)
def test_hostile_text_stays_text(text):
    seen = Seen(element("td", text, title=text))

    assert seen.elements == [("td", {"title": shown(text)})]
    assert seen.text == shown(text)


@given(st.text(alphabet=st.characters()))
def test_any_text_stays_text_and_can_be_written(text):
    html = markup(text, Html("<br>"), text)
    seen = Seen(html)

    assert seen.elements == [("br", {})]
    assert seen.text == 2 * shown(text)
    html.encode("utf-8")


def test_markup_is_kept_and_text_is_not():
    assert markup(Html("<b>"), "<b>") == "<b>&lt;b&gt;"
    assert markup(markup("a & b"), "") == "a &amp; b"


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (element("p"), "<p></p>"),
        (element("p", "a", Html("<br>"), "<"), "<p>a<br>&lt;</p>"),
        (element("th", "a", scope="row", class_="x"), '<th scope="row" class="x">a</th>'),
        (element("meta", http_equiv="x"), '<meta http-equiv="x">'),
        (element("rect", x=0, width="1%"), '<rect x="0" width="1%"/>'),
        (element("p", title=None), "<p></p>"),
    ],
)
def test_elements(made, expected):
    assert made == expected
