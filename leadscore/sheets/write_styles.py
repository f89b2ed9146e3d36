"""How our workbooks look: one palette, and every cell format of a workbook made once."""

from dataclasses import dataclass, field
from typing import Any, Final

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook

from leadscore.sheets.output import Kind, Language, Tone
from leadscore.sheets.write_texts import legal_text

INK: Final = "#1F2933"
RULE: Final = "#E4E7EB"  # the hairline under each row
SOURCE_HEADER: Final = "#E4E7EB"
OUR_HEADER: Final = "#2B5C8A"
INPUT: Final = "#FFF8DC"  # cells to edit
BAR: Final = "#A9C9E8"
BAR_NEGATIVE: Final = "#F0A8A0"
# Of headings, by the group of their columns; the first is the house's own. White on each has a contrast of 5:1 or more.
_SHADES: Final = (OUR_HEADER, "#1F6F6B", "#5B4B8A", "#8A4B2B", "#3D6B35", "#7A3B5E", "#4A5A6A", "#6B5B1E", "#2F5F9E")
_TONES: Final[dict[Tone, tuple[str, str]]] = {  # fill, ink
    "good": ("#E3F3E8", "#1B6B3A"),
    "bad": ("#FBE6E3", "#9B2C20"),
    "faint": ("#F0F1F3", "#6B7280"),
}
_STRONGEST, _PALEST = (0x1B, 0x73, 0x4C), (0xEA, 0xF4, 0xEE)  # the greens of the best and of the lowest band
_DARK = 0.8  # from this strength on, white is the better ink
_LONGEST_ICON = 20

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
    def moment(self) -> Format:
        """The style of a day with its hour and minute."""
        return self.get(num_format=f"{_DATE[self.language]} hh:mm", align="left")

    @property
    def boolean(self) -> Format:
        """The style of yes and no."""
        return self.get(num_format=_BOOLEAN[self.language], align="left")

    def header(self, kind: Kind, shade: int = 0) -> Format:
        """The user's own columns stay quiet; ours carry the accent, or the shade of their group."""
        colors = ("#3E4C59", SOURCE_HEADER) if kind == "source" else ("#FFFFFF", _SHADES[shade % len(_SHADES)])
        side = "center" if kind == "band" else "left"
        return self.get(
            bold=True, font_color=colors[0], bg_color=colors[1], text_wrap=True, valign="vcenter", align=side,
            right=1, right_color="#FFFFFF",
        )  # fmt: skip

    def look(self, tone: Tone | float, icon: str = "") -> Format:
        """The style of a word: its colours, and an icon before it that is no part of the cell's value."""
        fill, ink = _TONES[tone] if isinstance(tone, str) else _of_strength(tone)
        shown = legal_text(icon).replace('"', "").strip()[:_LONGEST_ICON]
        prefix = {"num_format": f'"{shown} "@'} if shown else {}
        bold = {"bold": True} if isinstance(tone, float) and tone >= _DARK else {}
        return self.get(bg_color=fill, font_color=ink, bottom=1, bottom_color=RULE, **prefix, **bold)

    def cell(self, kind: Kind, decimals: int) -> Format | None:
        """What a text or number of ours looks like; None for plain text."""
        if kind == "band":
            return self.get(align="center")
        shown = self.number_format(kind, decimals)
        return self.number(shown + _ROOM) if shown else None

    def number_format(self, kind: Kind, decimals: int) -> str:
        """The number format of our own numbers, '' for what is no number."""
        shown = {
            "score": _fixed(decimals),
            "number": "#,##0" if decimals == 0 else f"#,##{_fixed(decimals)}",
            "percent": _PERCENT[self.language],
            "integer": "#,##0",
        }
        return shown.get(kind, "")


def _of_strength(strength: float) -> tuple[str, str]:
    """Fill and ink between the palest and the strongest green."""
    mixed = (round(pale + (strong - pale) * strength) for pale, strong in zip(_PALEST, _STRONGEST, strict=True))
    return "#" + "".join(f"{part:02X}" for part in mixed), "#FFFFFF" if strength >= _DARK else INK


def _fixed(decimals: int) -> str:
    return f"0.{'0' * decimals}" if decimals else "0"
