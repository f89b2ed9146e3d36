"""How our workbooks look: one palette, and every cell format of a workbook made once."""

from dataclasses import dataclass, field
from typing import Any, Final

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook

from leadscore.sheets.output import Kind, Language

INK: Final = "#1F2933"
RULE: Final = "#E4E7EB"  # the hairline under each row
SOURCE_HEADER: Final = "#E4E7EB"
OUR_HEADER: Final = "#2B5C8A"
BAR: Final = "#A9C9E8"
BAR_NEGATIVE: Final = "#F0A8A0"

# Number formats are stored in the American notation; Excel shows them in its user's.
_DATE: dict[Language, str] = {"en": "yyyy-mm-dd", "fr": "dd/mm/yyyy"}
# LibreOffice 7.4 shows a boolean cell without a number format as 1 or 0; Excel its own words in any case.
_BOOLEAN: dict[Language, str] = {"en": '"TRUE";"TRUE";"FALSE"', "fr": '"VRAI";"VRAI";"FAUX"'}
_PERCENT: dict[Language, str] = {"en": "0%", "fr": "0 %"}
CLOCK: Final = "hh:mm:ss"
DURATION: Final = "[h]:mm:ss"
WHOLE: Final = "0"
_ROOM: Final = "_)"  # leaves the width of a bracket between a number and the text in the next column


@dataclass
class Styles:
    """The formats of one workbook, each made when first asked for."""

    workbook: Workbook
    language: Language = "en"
    _made: dict[tuple[tuple[str, Any], ...], Format] = field(default_factory=dict)

    def get(self, **properties: Any) -> Format:
        """XlsxWriter format properties -> the format, the same one for the same properties."""
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self.workbook.add_format(properties)
        return self._made[key]

    def number(self, number_format: str) -> Format:
        """The style of a number with this format."""
        return self.get(num_format=number_format)

    @property
    def date(self) -> Format:
        """The style of a day."""
        return self.get(num_format=_DATE[self.language], align="left")

    @property
    def datetime(self) -> Format:
        """The style of a day with its time."""
        return self.get(num_format=f"{_DATE[self.language]} {CLOCK}", align="left")

    @property
    def boolean(self) -> Format:
        """The style of yes and no."""
        return self.get(num_format=_BOOLEAN[self.language], align="left")

    def header(self, kind: Kind) -> Format:
        """The user's own columns stay quiet; ours carry the accent."""
        colors = ("#3E4C59", SOURCE_HEADER) if kind == "source" else ("#FFFFFF", OUR_HEADER)
        side = "center" if kind == "band" else "left"
        return self.get(
            bold=True, font_color=colors[0], bg_color=colors[1], text_wrap=True, valign="vcenter", align=side,
            right=1, right_color="#FFFFFF",
        )  # fmt: skip

    def cell(self, kind: Kind, decimals: int) -> Format | None:
        """What a text or number of ours looks like; None for plain text."""
        if kind == "band":
            return self.get(align="center")
        shown = {
            "score": _fixed(decimals),
            "number": "#,##0" if decimals == 0 else f"#,##{_fixed(decimals)}",
            "percent": _PERCENT[self.language],
            "integer": "#,##0",
        }
        return self.number(shown[kind] + _ROOM) if kind in shown else None


def _fixed(decimals: int) -> str:
    return f"0.{'0' * decimals}" if decimals else "0"
