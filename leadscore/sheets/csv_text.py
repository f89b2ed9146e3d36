"""The bytes of a CSV file as text: byte-order mark, then strict UTF-8, then what Windows and old Macs wrote."""

from __future__ import annotations

import codecs
import re

from leadscore.errors import UsageError
from leadscore.sheets.read_errors import UnreadableError

# UTF-16 is told apart from UTF-8 with stray NULs by nearly every second byte being one.
_SAMPLE = 4_000
_SHARE_OF_NULS = 0.9

# After a letter, these bytes are é è ê à ç ù in Mac Roman; in cp1252 they are Ž ˆ or nothing at all.
_LIKE_MAC = re.compile(rb"[A-Za-z][\x88\x8d\x8e\x8f\x90\x9d]")
_LIKE_WINDOWS = re.compile(rb"[A-Za-z][\xc0-\xff]")

# cp1252 with its five holes (81 8D 8F 90 9D) filled as Latin-1 does, so that every file can be read.
_CP1252 = "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in range(256))

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def decode(data: bytes, encoding: str = "") -> tuple[str, str]:
    """The text and the codec it was read with. `encoding` is what the user gave, '' to find out.

    Raises UsageError for an encoding that does not exist, UnreadableError for bytes that it cannot mean.
    """
    codec = _known(encoding) if encoding else _guessed(data)
    if codec == "cp1252":
        return codecs.charmap_decode(data, "strict", _CP1252)[0], codec
    try:
        return data.decode(codec), codec
    except UnicodeError as problem:
        line = data.count(b"\n", 0, getattr(problem, "start", 0)) + 1
        raise UnreadableError(f"is not {encoding or codec} (line {line}); give another --encoding") from problem


def _known(encoding: str) -> str:
    try:
        "a".encode(encoding)  # also refuses codecs that are none of text, such as base64
        codec = codecs.lookup(encoding).name
    except (LookupError, ValueError) as problem:
        raise UsageError(f'unknown --encoding "{encoding}"; usual are utf-8, cp1252, utf-16, mac-roman') from problem
    # utf-8-sig reads files with and without the mark, so that the mark never becomes part of a heading.
    return "utf-8-sig" if codec == "utf-8" else codec


def _guessed(data: bytes) -> str:
    for mark, codec in _MARKS:
        if data.startswith(mark):
            return codec
    if wide := _utf16_without_mark(data[:_SAMPLE]):
        return wide
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        macintosh = len(_LIKE_MAC.findall(data)) > len(_LIKE_WINDOWS.findall(data))
        return "mac-roman" if macintosh else "cp1252"
    return "utf-8"


def _utf16_without_mark(sample: bytes) -> str:
    for first, codec in ((1, "utf-16-le"), (0, "utf-16-be")):
        halves = sample[first::2]
        if len(sample) >= 4 and halves.count(0) >= _SHARE_OF_NULS * len(halves):
            return codec
    return ""
