"""The codes of issues found in a model workbook: code -> severity, what is wrong, what to do."""

from leadscore.issues.code import IssueCode, error, warning

MODEL_CODES: dict[str, IssueCode] = {
    # Sheets and headings
    "scoring-missing": error('{value} has no sheet called "{name}"', "add one, or start from `leadscore init`"),
    "scoring-empty": error("the sheet has no criterion", "write one row per case below the headings"),
    "sheet-twice": error('the sheet "{value}" is a second "{first}"', "delete or rename one of the two"),
    "sheet-typo": warning('the sheet "{value}" is not read', 'did you mean "{near}"?'),
    "sheet-later": warning('the sheet "{value}" is not read by this version', "scores do not depend on it"),
    "headings-missing": error("no row of headings was found", "it must name at least: {wanted}"),
    "heading-missing": error('the column "{value}" is missing', "add it to the headings in this row"),
    "heading-twice": error('the heading "{value}" is a second {first}', "delete or rename one of the two"),
    "heading-typo": error(
        'unknown heading "{value}"', 'did you mean "{near}"? Rename it if it is a column of your own'
    ),
    "model-cell-error": error("the cell shows the error {value}", "mend its formula, or type the value"),
    "model-formula-uncalculated": error(
        "the formula was never calculated", "open the workbook in Excel and save it once"
    ),
    # Names
    "criterion-missing": error("the row names no criterion", "write its name in this column, or delete the row"),
    "name-missing": error("the row names no {what}", "write its name in this column, or delete the row"),
    "name-marks": error('the name "{value}" has a ; : or /', "these separate names in the results; leave them out"),
    "name-reserved": error('the name "{value}" is one of the lines of every score', "choose another"),
    "name-twice": error('"{value}" stands here a second time', "the first is {first}; keep one"),
    "band-twice": error('the band "{value}" has the name or the lower limit of {first}', "give each its own"),
    "attribute-differs": error(
        '{heading} is "{value}" here and "{first}" in {where}',
        "one criterion has one; write it in one of its rows only",
    ),
    # Words of closed lists
    "word-unknown": error('unknown {what} "{value}"', "{hint}"),
    "operator-missing": error("the case has no operator", "choose one from the list, for example is"),
    "yes-no-wrong": error('{heading} is "{value}"', "write yes or no; blank means yes"),
    # Numbers and days
    "number-wrong": error('{heading} is "{value}", which is no number', "write a number such as 20, -5 or 1,5"),
    "number-date": error(
        "{heading} is the date {value}; Excel makes dates of numbers typed with - or /",
        "format the cell as Number and type it again",
    ),
    "number-undecided": warning(
        '"{value}" may mean thousands or decimals; read as {reading}', "write it without the mark"
    ),
    "weight-negative": error("the weight {value} is negative", "a weight is 0 or more; put the sign in Points"),
    "points-percent": error("{heading} is {value}, a percentage", "write plain numbers here; shares belong in Weight"),
    "points-missing": error("the case has no points", "write a number; 0 is one"),
    "skip-misplaced": error('"{value}" is for is blank only, not for {operator}', "write a number of points"),
    "day-wrong": error('{heading} is "{value}", which is no date', "write it as 2026-03-31"),
    "day-undecided": warning('"{value}" may be day/month or month/day; read as {reading}', "write it as {reading}"),
    # Values
    "value-missing": error("{operator} needs a value", "write {wanted} in this cell"),
    "value-unused": warning('{operator} takes no value; "{value}" is not read', "empty the cell"),
    "value-rewritten": error(
        "Excel made the date {value} of what was typed", "format the cell as Text and type it again"
    ),
    "range-rewritten": error(
        "Excel made the date {value} of what was typed", "write {meant} for the range, with two dots"
    ),
    "range-wrong": error('"{value}" is no range', "write 10..20, or 10..<20 to leave 20 out"),
    "range-reversed": error('the range "{value}" ends before it starts', "write {mended}"),
    "bound-wrong": error('"{value}" is neither a number nor a date', "write one, such as 10000 or 2026-03-31"),
    "days-wrong": error('"{value}" is no number of days', "write a whole number, 0 or more"),
    "pattern-wrong": error(
        'the pattern "{value}" cannot be read ({reason})',
        "use RE2 syntax: no look-around, no back-references; a semicolon is \\x3b",
    ),
    "comma-list": error('"{value}" is one value, because a comma never separates', "write {mended}"),
    # References
    "field-missing": error('the criterion "{value}" has no field', "write what it looks at in the column Field"),
    "field-unknown": error('unknown field "{value}"', "{hint}"),
    "field-mapped-twice": error('the field "{value}" is mapped a second time', "the first is {first}; keep one"),
    "field-column-unknown": error('the sheet of leads has no column "{value}"', "{hint}"),
    "list-unknown": error('there is no list "{value}"', "lists of the sheet Lists: {names}"),
    "score-missing": error('the criterion "{value}" names no score', "write one of {names}"),
    "score-unknown": error('unknown score "{value}"', "scores of the sheet Scores: {names}"),
    "score-reserved": error('the score cannot be called "{value}"', "that is the sum of all scores"),
    "result-column-unknown": error('the sheet of leads has no column "{value}"', "{hint}"),
    # Segments, matrix, overrides, examples
    "segment-unknown": error('there is no segment "{value}"', "segments of the sheet Segments: {names}"),
    "segment-nested": error('a condition cannot use "{value}"', "segments do not nest; repeat the conditions here"),
    "segment-with-field": error(
        'the criterion "{value}" asks for segments and for a field', "leave Field blank, or make two criteria of it"
    ),
    "condition-field-missing": error("the condition has no field", "write what it looks at in the column Field"),
    "matrix-corner": error(
        'the corner of the matrix is "{value}"', "write two scores with / between: fit / engagement"
    ),
    "matrix-band": error('there is no band "{value}"', "bands of this score in the sheet Bands: {names}"),
    "override-reason-missing": warning("the override has no reason and is ignored", "write why, so that others know"),
    "override-value-missing": error('the override of "{value}" has no value', "write a score, or the name of a band"),
    "override-value": error('"{value}" is neither a number nor a band', "bands of this score: {names}"),
    "override-lead-unknown": warning('no lead has the id or e-mail "{value}"', "the override is ignored"),
    "override-twice": warning('"{value}" is overridden again in {lower}', "the lower row holds"),
    "examples-expect-nothing": error(
        "no column says what is expected", "head one `expect score`, `expect band` or `expect excluded_by`"
    ),
    "example-column-unknown": error('results have no column "{value}"', "{hint}"),
    "example-fails": error("{column} is {got}, expected {value}", "mend the model, or what is expected"),
    "setting-wrong": error('the value "{value}" is wrong', "write {wanted}"),
}
