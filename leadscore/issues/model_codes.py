"""The codes of issues found in a model workbook: code -> severity, what is wrong, what to do."""

from leadscore.issues.code import IssueCode, error, note, warning

MODEL_CODES: dict[str, IssueCode] = {
    # Sheets and headings
    "scoring-missing": error('{value} has no sheet called "{name}"', "add one, or start from `leadscore init`"),
    "scoring-empty": error("the sheet has no criterion", "write one row per case below the headings"),
    "sheet-twice": error(
        'the sheet "{value}" means the same as the sheet "{first}"', "delete or rename one of the two"
    ),
    "sheet-typo": warning('the sheet "{value}" is not read', 'did you mean "{near}"?'),
    "headings-missing": error("no row of headings was found", "it must name at least: {wanted}"),
    "heading-missing": error('the column "{value}" is missing', "add it to the headings in this row"),
    "heading-twice": error(
        'the heading "{value}" means the same as "{other}" in {first}', "delete or rename one of the two"
    ),
    "heading-typo": error(
        'unknown heading "{value}"', 'did you mean "{near}"? If it is a column of your own, call it something else'
    ),
    "model-cell-error": error("the cell shows the error {value}", "mend its formula, or type the value"),
    "model-formula-uncalculated": error(
        "the formula was never calculated", "open the workbook in Excel and save it once"
    ),
    "model-rows-hidden": note(
        "hidden or filtered rows are read too; there are {count}, this is the first",
        "delete them if they should not count",
    ),
    # Names
    "criterion-missing": error("the row names no criterion", "write its name in this cell, or delete the row"),
    "name-missing": error("the row names no {what}", "write its name in this cell, or delete the row"),
    "name-marks": error('the name "{value}" has a ; : or /', "these separate names in the results; leave them out"),
    "name-reserved": error('the results use the name "{value}" for a line of their own', "choose another name"),
    "name-twice": error('"{value}" stands here a second time', "the first is in {first}; keep one"),
    "band-twice": error(
        'the band "{value}" starts where "{other}" starts, in {first}', "give each band its own lower limit"
    ),
    "attribute-differs": error(
        '{heading} is "{value}" here and "{first}" in {where}',
        "a criterion has one {heading}: write it once, or the same in all its rows",
    ),
    "limits-reversed": error(
        '{heading} is "{value}", though {other} is "{limit}" in {where}', "exchange them, or empty one of the two"
    ),
    "otherwise-not-last": warning(
        'this case never decides: "{otherwise}", further up, already takes every value', 'move "{otherwise}" to the end'
    ),
    "field-skipped": error(
        'the column "{value}" is not made: its group is named in *Skip enrichment*',
        "take the group out of that setting, or delete the rows that ask for the column",
    ),
    # Words of closed lists
    "word-unknown": error('unknown {what} "{value}"', "{hint}"),
    "operator-missing": error("the case has no operator", 'choose one from the list, for example "{example}"'),
    "yes-no-wrong": error('{heading} is "{value}", which is neither yes nor no', "write yes or no; blank means yes"),
    # Numbers and days
    "number-wrong": error('{heading} is "{value}", which is no number', "write one such as 20, -5 or {example}"),
    "number-too-large": error('{heading} is "{value}"', "write a number between -{most} and {most}"),
    "number-date": error(
        "{heading} is the date {value}; Excel makes dates of numbers typed with - or /",
        "format the cell as Number and type it again",
    ),
    "number-undecided": warning(
        '"{value}" may mean thousands or decimals; read as {reading}', "if that is right, write {reading}"
    ),
    "weight-negative": error(
        "{heading} is {value}, below 0", "write 0 or more; what counts against a lead goes in {points}"
    ),
    "points-percent": error(
        "{heading} is {value}, a percentage",
        "format the cell as Number and write plain points{shares}",
    ),
    "points-missing": error("the case has no points", "write a number; 0 is one"),
    "skip-misplaced": error(
        '"{value}" stands beside the operator "{operator}"', 'only "{blank}" can have it; write a number here'
    ),
    "day-wrong": error('{heading} is "{value}", which is no date', "write it as 2026-03-31"),
    "day-undecided": warning(
        '"{value}" may be day/month or month/day; read as {reading}', "if that is right, write {reading}"
    ),
    "day-of-month": warning(
        "{heading} shows a month without a day; read as {value}", "if that is right, write {value}"
    ),
    # Values
    "value-missing": error('the operator "{operator}" needs a value', "write {wanted}"),
    "value-unused": warning('the operator "{operator}" takes no value, so "{value}" is not read', "empty the cell"),
    "value-rewritten": error(
        "Excel made the date {value} of what was typed", "format the cell as Text and type it again"
    ),
    "range-rewritten": error(
        "Excel made the date {value} of what was typed", "write both ends with two dots between, such as {meant}"
    ),
    "range-wrong": error('"{value}" is no range', "write 10..20, or 10..<20 to leave 20 out"),
    "range-reversed": error('the range "{value}" ends before it starts', "write {mended}"),
    "bound-wrong": error('"{value}" is neither a number nor a date', "write one, such as 10000 or 2026-03-31"),
    "duration-wrong": error('"{value}" is no length of time', "write one of up to a year, such as {examples}"),
    "days-wrong": error('"{value}" is no number of days', "write a whole number, 0 or more"),
    "pattern-wrong": error(
        'the pattern "{value}" cannot be read ({reason})',
        "use RE2 syntax: no look-around, no back-references; a semicolon is \\x3b",
    ),
    "comma-list": error('"{value}" is one value, because a comma never separates', "write {mended}"),
    "share-above-one": warning(
        "{field} goes from 0 to 1, so it is never {value}", "write {value} % if that is meant, or a share such as 0.8"
    ),
    "value-impossible": error('{field} is never "{value}"', "write {allowed}"),
    # References
    "field-missing": error('the criterion "{value}" has no field', "write what it looks at in the column {heading}"),
    "field-unknown": error('unknown field "{value}"', "{hint}"),
    "field-mapped-twice": error('the field "{value}" is mapped a second time', "the first is in {first}; keep one"),
    "field-column-unknown": error('the sheet of leads has no column "{value}"', "{hint}"),
    "list-unknown": error('there is no list "{value}"', "{hint}"),
    "list-typo": warning('the list "{value}" extends none of ours', 'did you mean "{near}"?'),
    "list-word-wrong": error('"{value}" gives no {what}', 'write it as "{example}"; allowed: {allowed}'),
    "score-missing": error('the criterion "{value}" names no score', "write one of: {names}"),
    "score-unknown": error('unknown score "{value}"', "{hint}"),
    "score-reserved": error('the score cannot be called "{value}"', "the results use that name; choose another"),
    "score-empty": warning(
        'no criterion counts in the score "{value}", so it stays blank',
        "give it a criterion with a weight, or delete it",
    ),
    "result-column-unknown": error('the sheet of leads has no column "{value}"', "{hint}"),
    # Segments, matrix, overrides, examples
    "segment-unknown": error('there is no segment "{value}"', "{hint}"),
    "segment-nested": error('a condition cannot use "{value}"', "segments do not nest; repeat the conditions here"),
    "segment-with-field": error(
        'the criterion "{value}" asks for segments and for a field', "leave Field blank, or make two criteria of it"
    ),
    "condition-field-missing": error("the condition has no field", "write what it looks at in the column {heading}"),
    "matrix-corner": error(
        'the corner of the matrix is "{value}"', "write two scores with / between: fit / engagement"
    ),
    "matrix-band": error('there is no band "{value}"', "{hint}"),
    "override-reason-missing": warning("the override has no reason and is ignored", "write why, so that others know"),
    "override-value-missing": error('the override of "{value}" has no value', "write a score, or the name of a band"),
    "override-value": error('"{value}" is neither a number nor a band', "{hint}"),
    "override-lead-unknown": warning('no lead has the id or e-mail "{value}"', "the override is ignored"),
    "override-twice": warning('"{value}" is overridden again in {lower}', "the lower row holds"),
    "examples-expect-nothing": error(
        "no column says what is expected", "head one `expect score`, `expect band` or `expect excluded_by`"
    ),
    "example-column-unknown": error('results have no column "{value}"', "{hint}"),
    "example-behaviour-unknown": error('no behaviour is called "{value}"', "{hint}"),
    "example-activity-wrong": error('"{value}" is no {what}', "write a number, 0 or more, or empty the cell"),
    "example-fails": error("{column} is {got}, expected {value}", "mend the model, or what is expected"),
    # Settings
    "setting-wrong": error('"{value}" is no {what}', "write one such as {example}"),
    "alert-band-unknown": error('there is no band "{value}" of the total', "{hint}"),
    "follow-up-unused": warning(
        '"{value}" is a band of {score}, and nobody is called overdue by it',
        "leads are followed up by the bands of the total; give the time there, and delete this one",
    ),
    "account-weight-missing": error(
        'the account roll-up "{value}" has no weight', "name a field in the setting {setting}, or choose another"
    ),
    "account-weight-unused": warning(
        'the setting {setting}, "{value}", changes nothing',
        "it is read where {roll_up} is {weighted}; set that, or delete this row",
    ),
    "account-bands-unused": warning(
        '"{value}" is a band of accounts, but accounts get no score',
        "set {setting} in the sheet {sheet}, or delete the band",
    ),
    # Behaviours
    "operator-of-activity": error(
        'the operator "{value}" asks nothing of the name of an activity', "choose one of: {allowed}"
    ),
    "behaviour-points-missing": error('the behaviour "{value}" has no points', "write a number; 0 is one"),
    "behaviour-score-missing": error('the behaviour "{value}" names no score', "write one of: {names}"),
    "behaviours-averaged": error(
        'the method of "{score}" is {value}, but behaviours count in it',
        "write {sum}, or empty the cell: points of behaviours are added up",
    ),
    "criteria-summed": warning(
        'the points of "{value}" are added up, not averaged, because behaviours count in the score "{score}" too',
        "write {sum} as its method in the sheet {sheet}, or give the criteria a score of their own",
    ),
    "at-least-wrong": error('{heading} is "{value}", which is no number of activities', "write a whole number from 1"),
    "day-count-wrong": error('{heading} is "{value}", which is no {what}', "write one such as {examples}"),
    "decay-wrong": error('"{value}" is no decay', "write one of: {allowed}"),
    "decay-missing": error(
        '{heading} is "{value}", but nothing decays', "write in {other} one of: {allowed}; or empty this cell"
    ),
    "decay-days-missing": error('the decay "{value}" does not say in how many days', "write it in {heading}"),
    # Products
    "braces-unknown": error('nothing fills in "{value}"', "in braces there is only {placeholder}"),
    "products-missing": error(
        '"{value}" is for each product, but the model lists none', 'name them in the sheet {sheet}, below "{name}"'
    ),
    "product-unnamed": error(
        '"{value}" makes a row per product, but all would have one name', "write {placeholder} in {named}, too"
    ),
}
