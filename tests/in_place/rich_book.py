"""A workbook with everything that a library which loads and saves would lose, built from XlsxWriter and zip surgery."""

import io
import re
import struct
import zipfile
import zlib

import xlsxwriter


def _chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


# A picture of one red dot.
PNG = b"\x89PNG\r\n\x1a\n" + b"".join(
    _chunk(kind, data)
    for kind, data in (
        (b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(b"\x00\xff\x00\x00")),
        (b"IEND", b""),
    )
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MICROSOFT = "http://schemas.microsoft.com/office"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def parts_of(path):
    with zipfile.ZipFile(path) as archive:
        return {entry.filename: archive.read(entry) for entry in archive.infolist() if not entry.is_dir()}


def write_parts(path, parts):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (2024, 5, 6, 7, 8, 10)), data, zipfile.ZIP_DEFLATED)
    return path


def change(path, **changes):
    """The workbook with parts changed: part=function of the old bytes (b'' for a new part), None to leave it out."""
    parts = parts_of(path)
    for name, changed in changes.items():
        if changed is None:
            parts.pop(name)
        else:
            parts[name] = changed(parts.get(name, b""))
    return write_parts(path, parts)


def rich_book(path, leads, scoring):
    """A workbook of leads, a model and much else; .xlsm gets macros."""
    book = xlsxwriter.Workbook(str(path))
    _source(book, leads)
    _rows(book.add_worksheet("Scoring"), scoring)
    _report(book)
    settings = book.add_worksheet("Paramètres cachés")
    settings.write_column(0, 0, ["FR", "BE", "DE"])
    settings.protect("secret")
    settings.very_hidden()
    chart_sheet = book.add_chartsheet("Courbe")
    chart = book.add_chart({"type": "line"})
    chart.add_series({"values": "=Source!$F$2:$F$4", "trendline": {"type": "linear"}})
    chart_sheet.set_chart(chart)
    book.define_name("Countries", "='Paramètres cachés'!$A$1:$A$3")
    book.define_name("Source!Budgets", "=Source!$F$2:$F$4")
    if path.suffix == ".xlsm":
        macros = io.BytesIO(bytes.fromhex("D0CF11E0A1B11AE1") + b"macros")
        book.add_vba_project(macros, is_stream=True)
    book.close()
    return _operated(path)


def _rows(sheet, rows):
    for place, row in enumerate(rows):
        sheet.write_row(place, 0, ["" if cell is None else cell for cell in row])


def _source(book, leads):
    sheet = book.add_worksheet("Source")
    bold = book.add_format({"bold": True, "bg_color": "#FFEE00", "num_format": "0.000"})
    for place, row in enumerate(leads):
        for column, cell in enumerate(row):
            sheet.write_string(place, column, cell, bold if place == 0 else None)
    headings = [*leads[0], "Length", "Size"]
    sheet.add_table(0, 0, len(leads) - 1, len(headings) - 1, {
        "name": "Leads", "columns": [{"header": heading} for heading in headings],
    })  # fmt: skip
    for place, row in enumerate(leads[1:], start=2):
        sheet.write_formula(f"G{place}", f"=LEN(B{place})", bold, len(row[1]))
        sheet.write_formula(f"H{place}", f'=IF(G{place}>3,"long","short")', None, "short")
    sheet.write_comment("A2", "a note of mine", {"author": "Ann"})
    sheet.conditional_format("G2:G4", {"type": "data_bar", "data_bar_2010": True, "bar_solid": True})
    sheet.conditional_format("A2:A9", {"type": "cell", "criteria": ">", "value": 5, "format": bold})
    sheet.add_sparkline("K1", {"range": "Source!G2:G4"})
    sheet.insert_image("L1", "dot.png", {"image_data": io.BytesIO(PNG), "description": "A dot"})
    sheet.insert_textbox("L9", "Read me")
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "=Source!$G$2:$G$4", "gradient": {"colors": ["#FF0000", "#00FF00"]}})
    sheet.insert_chart("L20", chart)
    sheet.data_validation("J2:J9", {"validate": "list", "source": ["yes", "no"]})
    sheet.set_header("&C&G", {"image_center": "head.png", "image_data_center": io.BytesIO(PNG)})


def _report(book):
    sheet = book.add_worksheet("Report")
    sheet.write_formula("A1", "=MAX(Results!B2:B9)", None, 41)
    sheet.write_formula("A2", "=SUM(Source!G2:G4)", None, 9)
    sheet.write_rich_string("A3", "a ", book.add_format({"italic": True}), "rich", " text")


def _operated(path):
    """What XlsxWriter does not write: pivots, slicers, threaded comments, x14 lists, custom XML, printer settings."""
    parts = parts_of(path)
    _add_x14_list(parts)
    sheet = "xl/worksheets/sheet1.xml"
    _add(
        parts,
        "xl/printerSettings/printerSettings1.bin",
        b"\x00\x01printer",
        relation=(sheet, f"{OFFICE}/printerSettings"),
    )
    _add_default(parts, "bin", f"{TYPES}.printerSettings")
    _add(
        parts, "xl/threadedComments/threadedComment1.xml",
        f'{HEAD}<ThreadedComments xmlns="{MICROSOFT}/spreadsheetml/2018/threadedcomments"/>',
        relation=(sheet, f"{MICROSOFT}/2017/10/relationships/threadedComment"),
        kind="application/vnd.ms-excel.threadedcomments+xml",
    )  # fmt: skip
    _add(
        parts, "xl/persons/person.xml", f'{HEAD}<personList xmlns="{MICROSOFT}/spreadsheetml/2018/threadedcomments"/>',
        relation=("xl/workbook.xml", f"{MICROSOFT}/2017/10/relationships/person"),
        kind="application/vnd.ms-excel.person+xml",
    )  # fmt: skip
    _add_slicer(parts, sheet)
    _add(
        parts, "customXml/item1.xml", "<query>SELECT</query>", relation=("xl/workbook.xml", f"{OFFICE}/customXml"),
    )  # fmt: skip
    add_pivot(parts, 1, "Source", "Report")
    add_pivot(parts, 2, "Results", "Report")
    _add(
        parts, "xl/calcChain.xml", f'{HEAD}<calcChain xmlns="{MAIN}"><c r="G2" i="1"/><c r="G3" i="1"/></calcChain>',
        relation=("xl/workbook.xml", f"{OFFICE}/calcChain"), kind=f"{TYPES}.calcChain+xml",
    )  # fmt: skip
    return write_parts(path, parts)


def _add(parts, name, data, *, relation=None, kind=""):
    parts[name] = data if isinstance(data, bytes) else data.encode()
    if kind:
        override = f'<Override PartName="/{name}" ContentType="{kind}"/>'.encode()
        parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(b"</Types>", override + b"</Types>")
    return _relate(parts, *relation, name) if relation else ""


def _add_default(parts, suffix, kind):
    if f'Extension="{suffix}"'.encode() not in parts["[Content_Types].xml"]:
        default = f'<Default Extension="{suffix}" ContentType="{kind}"/>'.encode()
        parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(b"<Default ", default + b"<Default ", 1)


def _relate(parts, part, kind, target):
    folder, _, name = part.rpartition("/")
    rels = f"{folder}/_rels/{name}.rels"
    empty = (
        f'{HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
    )
    xml = parts.get(rels, empty.encode())
    identity = f"rId{len(re.findall(rb'<Relationship ', xml)) + 1}"
    relation = f'<Relationship Id="{identity}" Type="{kind}" Target="/{target}"/>'.encode()
    parts[rels] = xml.replace(b"</Relationships>", relation + b"</Relationships>")
    return identity


def _add_x14_list(parts):
    """A drop-down list that reads another sheet, as Excel itself writes it."""
    x14 = (
        f'<ext xmlns:x14="{MICROSOFT}/spreadsheetml/2009/9/main" uri="{{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}}">'
        f'<x14:dataValidations count="1" xmlns:xm="{MICROSOFT}/excel/2006/main"><x14:dataValidation type="list">'
        "<x14:formula1><xm:f>'Paramètres cachés'!$A$1:$A$3</xm:f></x14:formula1><xm:sqref>E2:E4</xm:sqref>"
        "</x14:dataValidation></x14:dataValidations></ext></extLst>"
    )
    sheet = "xl/worksheets/sheet1.xml"
    assert b"</extLst></worksheet>" in parts[sheet]
    parts[sheet] = parts[sheet].replace(b"</extLst></worksheet>", x14.encode() + b"</worksheet>")


def _add_slicer(parts, sheet):
    x14 = f"{MICROSOFT}/spreadsheetml/2009/9/main"
    _add(
        parts, "xl/slicers/slicer1.xml",
        f'{HEAD}<slicers xmlns="{x14}"><slicer name="Country" cache="Slicer_Country" rowHeight="241300"/></slicers>',
        relation=(sheet, f"{MICROSOFT}/2007/relationships/slicer"), kind="application/vnd.ms-excel.slicer+xml",
    )  # fmt: skip
    _add(
        parts, "xl/slicerCaches/slicerCache1.xml",
        f'{HEAD}<slicerCacheDefinition xmlns="{x14}" name="Slicer_Country" sourceName="Country"/>',
        relation=("xl/workbook.xml", f"{MICROSOFT}/2007/relationships/slicerCache"),
        kind="application/vnd.ms-excel.slicerCache+xml",
    )  # fmt: skip


def add_pivot(parts, number, source, place):
    """A pivot table on the sheet `place` that reads the sheet `source`."""
    definition = f"xl/pivotCache/pivotCacheDefinition{number}.xml"
    identity = _add(
        parts, definition,
        f'{HEAD}<pivotCacheDefinition xmlns="{MAIN}" xmlns:r="{OFFICE}" r:id="rId1" recordCount="1"><cacheSource '
        f'type="worksheet"><worksheetSource ref="A1:B4" sheet="{source}"/></cacheSource><cacheFields count="2">'
        '<cacheField name="Id" numFmtId="0"><sharedItems/></cacheField><cacheField name="score" numFmtId="0">'
        "<sharedItems/></cacheField></cacheFields></pivotCacheDefinition>",
        relation=("xl/workbook.xml", f"{OFFICE}/pivotCacheDefinition"), kind=f"{TYPES}.pivotCacheDefinition+xml",
    )  # fmt: skip
    _add(
        parts, f"xl/pivotCache/pivotCacheRecords{number}.xml",
        f'{HEAD}<pivotCacheRecords xmlns="{MAIN}" count="1"><r><s v="A1"/><n v="5"/></r></pivotCacheRecords>',
        relation=(definition, f"{OFFICE}/pivotCacheRecords"), kind=f"{TYPES}.pivotCacheRecords+xml",
    )  # fmt: skip
    caches = b"<pivotCaches>%b</pivotCaches>"
    cache = f'<pivotCache cacheId="{number}" r:id="{identity}"/>'.encode()
    book = parts["xl/workbook.xml"]
    if b"<pivotCaches>" in book:
        book = book.replace(b"</pivotCaches>", cache + b"</pivotCaches>")
    else:
        book = book.replace(b"</workbook>", caches % cache + b"</workbook>")
    parts["xl/workbook.xml"] = book
    table = f"xl/pivotTables/pivotTable{number}.xml"
    first, last = f"D{number * 10}", f"E{number * 10 + 2}"
    _add(
        parts, table,
        f'{HEAD}<pivotTableDefinition xmlns="{MAIN}" name="Pivot{number}" cacheId="{number}" dataCaption="Values">'
        f'<location ref="{first}:{last}" firstHeaderRow="1" firstDataRow="1" firstDataCol="1"/>'
        '<pivotFields count="2"><pivotField/><pivotField/></pivotFields></pivotTableDefinition>',
        relation=(sheet_part(parts, place), f"{OFFICE}/pivotTable"), kind=f"{TYPES}.pivotTable+xml",
    )  # fmt: skip
    _relate(parts, table, f"{OFFICE}/pivotCacheDefinition", definition)


def sheet_part(parts, name):
    """The part of a sheet."""
    identity = re.search(rb'<sheet name="%b"[^>]*r:id="(\w+)"' % name.encode(), parts["xl/workbook.xml"])[1]
    relations = parts["xl/_rels/workbook.xml.rels"]
    relation = next(tag for tag in re.findall(rb"<Relationship [^>]*>", relations) if b'Id="%b"' % identity in tag)
    target = re.search(rb'Target="([^"]*)"', relation)[1].decode()
    return target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
