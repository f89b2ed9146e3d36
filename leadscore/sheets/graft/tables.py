"""Tables of our sheets: ids and names that no other table or name of the workbook has."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from leadscore.sheets.graft.package import Package
from leadscore.sheets.splice import outline

TABLE_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.table+xml"


@dataclass(frozen=True)
class TableName:
    """How a table is known in its workbook."""

    identity: int
    name: str
    display: str


def table_name(xml: bytes) -> TableName:
    """The names of a table."""
    said = outline(xml, 1).attributes
    return TableName(int(said["id"]), said.get("name", ""), said.get("displayName", ""))


@dataclass
class TableNames:
    """The ids and names that are taken."""

    ids: set[int] = field(default_factory=set)
    names: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, package: Package, others: Iterable[str]) -> TableNames:
        """Those of the tables left in a package, and the defined names, which no table may share."""
        types = package.types()
        tables = [table_name(package.parts[part]) for part in package.parts if types.of(part) == TABLE_TYPE]
        texts = [text.casefold() for table in tables for text in (table.name, table.display)]
        return cls({table.identity for table in tables}, {*texts, *(name.casefold() for name in others)})

    def take(self, old: TableName | None, sheet: str) -> TableName:
        """The names of our former table, which formulas may use, else new ones: 'leadscore_Results'."""
        if old is None or old.identity in self.ids or old.display.casefold() in self.names:
            stem, number = "leadscore_" + re.sub(r"\W", "_", sheet), 1
            name = stem
            while name.casefold() in self.names:
                number += 1
                name = f"{stem}_{number}"
            old = TableName(max(self.ids, default=0) + 1, name, name)
        self.ids.add(old.identity)
        self.names |= {old.name.casefold(), old.display.casefold()}
        return old
