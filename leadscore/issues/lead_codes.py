"""The codes of issues found in a sheet of leads: code -> severity, what is wrong, what to do."""

from leadscore.issues.code import IssueCode, note, warning

LEAD_CODES: dict[str, IssueCode] = {
    # Reading: one issue for the file or the column, or one for the cell.
    "csv-read-as": note(
        "read as {encoding}, separated by {delimiter}",
        "if accents or columns look wrong, give --encoding and --delimiter",
    ),
    "csv-longer-row": warning(
        "the row has {cells} cells, the heading row {headings}", "the extra cells are kept in columns without a heading"
    ),
    "csv-stray-quote": warning('a quote stands inside a quoted cell ("{value}")', "write it twice at the source"),
    "cell-error": warning("the cell shows the error {value}", "mend the formula at the source; read as blank"),
    "formula-uncalculated": warning(
        "the formula was never calculated", "open the file in Excel and save it once; read as blank"
    ),
    "digits-lost": warning(
        "{value} has more than 15 digits, so Excel has already replaced the last ones by zeros",
        "format the column as Text at the source and type the number again",
    ),
    "rows-hidden": note(
        "hidden or filtered rows that are included: {count}", "delete them, or copy the visible rows elsewhere"
    ),
    "cells-merged": note("the cells {value} are merged", "only the first holds the value; unmerge them at the source"),
    "heading-row-found": note("the headings were found in row {value}", "if that is wrong, give --header-row"),
    "heading-blank": note("the column has no heading", "it is kept and called {value}"),
    "heading-duplicate": note('the heading "{value}" stands more than once', "this one is called {name}"),
    # Fields
    "field-filled-from": note(
        "{field} is read from {columns}", "the first that is filled; map one in the sheet Fields to choose"
    ),
    "country-missing": note(
        "phone numbers without a country prefix and without a country to read them in: {count}",
        "give --country FR, set Country in the sheet Settings, or fill in and correct the country of these leads",
    ),
    # Activities: one issue for the table, at the first row that has it.
    "activity-of-nobody": warning(
        "activities without an id and an e-mail: {count} (rows {rows})", "they do not count; say whose they are"
    ),
    "activity-unmatched": warning(
        "activities whose id or e-mail no lead has: {count} (rows {rows})",
        "they do not count; that is right where the sheet holds only some of the leads",
    ),
    "activity-two-leads": warning(
        "activities whose id is one lead's and whose e-mail another's: {count} (rows {rows})",
        'the id decides; if it is that of the activity, head its column "Event id"',
    ),
    "activity-nameless": warning(
        "activities that do not say what was done: {count} (rows {rows})", "they do not count; fill in the cells"
    ),
    "activity-undated": warning(
        "activities without a date: {count} (rows {rows})", "they do not count; fill in the cells"
    ),
    "activity-date-unreadable": warning(
        'activities with a date that is none, such as "{value}": {count} (rows {rows})',
        "they do not count; use real dates, or write 2026-03-01",
    ),
    "activity-future": warning(
        'activities after the day of the run, such as "{value}": {count} (rows {rows})',
        "they do not count before that day; --as-of gives another",
    ),
    "activity-never": note(
        'activities that happened "{value}" times: {count} (rows {rows})', "nothing done does not count"
    ),
    "activity-count-unreadable": warning(
        'activities with a count that is no number of times, such as "{value}": {count} (rows {rows})',
        "each counts once; write a whole number",
    ),
    "activity-twice": note(
        "activities of a lead with an event id that it had before: {count} (rows {rows})", "the first counts"
    ),
    "activity-robot": note(
        "activities as fast as only robots are, three different ones in ten seconds: {count} (rows {rows})",
        'they are left out; "keep" as *Robot activities* in the sheet Settings counts them',
    ),
    "activity-robot-kept": note(
        "activities as fast as only robots are, three different ones in ten seconds, that count: {count} (rows {rows})",
        '"leave out" as *Robot activities* in the sheet Settings leaves them out',
    ),
    "activity-role": note(
        "activities of shared mailboxes such as contact@ or info@: {count} (rows {rows})",
        'they are left out; "keep" as *Role address activities* in the sheet Settings counts them',
    ),
    # Scoring
    "activities-missing": warning(
        "there are no activities, so behaviours give nothing",
        "put them on a sheet Activities of the source, or give a file with --activities",
    ),
    "activities-unread": note("the activities are not read", "this model asks for no behaviours"),
    "boolean-unreadable": warning('"{value}" is neither yes nor no', "correct it at the source; read as unknown"),
    "country-unreadable": warning('"{value}" is no country', "correct it at the source; read as unknown"),
    "number-unreadable": warning('"{value}" is no number', "correct it at the source; read as unknown"),
    "date-unreadable": warning('"{value}" is no date', "correct it at the source; read as unknown"),
    "number-range": note('"{value}" is a range', "read as its middle, {middle}"),
    "decimal-mark-undecided": note(
        '"{value}" may mean thousands or decimals, and nothing in the column tells which',
        "read as {reading}; format the column as Number at the source",
    ),
    "day-order-undecided": note(
        '"{value}" may be day/month or month/day, and nothing in the column tells which',
        "read as {reading}; use real dates, or write 2026-03-01",
    ),
    # Unattended runs
    "model-last-good": warning("{value}, so the last valid one was used", "run `leadscore check` and mend it"),
    "state-shared": warning(
        "the state {value} is on a network share ({kind}), where locks may not hold and files may break",
        "put it on a disk of this machine with --state",
    ),
    "output-unlocked": warning(
        "the disk of {value} knows no locks, so two runs that write it may overlap, and the later one ends with 75",
        "write to a disk of this machine with -o, or let one run end before the next begins",
    ),
    "leads-known-otherwise": warning(
        "at the last run the leads went by their {before}, now they go by their {now}: leads of that run seem new, and "
        "no alert tells of leads that do",
        "see whether the id column was lost or renamed, and name it as the column of the field id in the sheet Fields",
    ),
    # Writing
    "live-fixed": note(
        "the model has numbers written as texts, which no formula can follow: {count}",
        "type them again in cells formatted as Number, and run again",
    ),
    "sheet-left": warning(
        "this run makes no such sheet, so it shows an earlier one", "delete it, unless your own formulas refer to it"
    ),
    # Writing: one issue for the column, at the first row that has it.
    "text-replaced": warning(
        "{count} of its cells hold characters that cannot be written",
        "each is written as �; clean them at the source",
    ),
    "text-cut": warning(
        "{count} of its cells hold more than the 32,767 characters a workbook can",
        "they are cut, and end in …; write CSV with -o to keep them whole",
    ),
}
