"""The codes of what `check` doubts in a model that is well-formed: code -> severity, what is doubtful, what to do."""

from leadscore.issues.code import IssueCode, note, warning

DOUBT_CODES: dict[str, IssueCode] = {
    # Names that nothing uses
    "field-unused": note('nothing looks at the field "{value}"', "delete the row, or use the field in {scoring}"),
    "list-unused": warning('nothing asks for the list "{value}"', "delete the column, or write [{value}] as a value"),
    "segment-unused": warning('nothing uses the segment "{value}"', "delete its rows, or name it in {scoring}"),
    # Cases
    "case-twice": warning("the case has the operator and the value of {first}", "delete one of the two"),
    "value-twice": warning(
        'the value "{value}" already stands in {first}, which decides', "delete it from one of them"
    ),
    "range-covered": warning(
        "this case never decides: all its numbers are already taken by {first}", "move it up, or delete it"
    ),
    "ranges-overlap": warning(
        "this case and {first} both take {shared}; the upper row decides", "end one where the other starts"
    ),
    "ranges-nested": note(
        "this case also takes what {first} takes; the upper row decides", "keep the order of these rows when you sort"
    ),
    "range-gap": warning("no case takes {gap}", 'close the gap, or add a last case with "{otherwise}"'),
    "range-gap-decimals": note("no case takes {gap}", "close the gap if the numbers may have decimals"),
    "contains-short": warning(
        'many words contain "{value}"', 'use the operator "{has_word}", or write more of the word'
    ),
    "number-as-text": warning(
        '{heading} is the text "{value}" and no number', "format the cell as Number and type it again"
    ),
    "field-sensitive": warning(
        'the {asks} "{value}" looks at {what}',
        "judging people by it can break the law; ask what they do or need instead",
    ),
    # Behaviours
    "behaviours-meet": note(
        'the activity "{value}" counts for "{name}" and for "{other}"', "keep that if it is meant; else name it in one"
    ),
    "behaviour-worthless": note('"{value}" gives 0 points', "write what an activity is worth, or delete the row"),
    "behaviour-over": note('"{value}" counts no more since {day}', "write a later {until}, or delete the row"),
    "behaviour-clipped": note(
        'the {limit} of "{value}" leaves {left} of its {points} points', "write {left} as its points, or change {limit}"
    ),
    "behaviour-faded": note(
        'no points of "{value}" are left after {days}, but its window has {window}',
        "shorten the window, or let the points live longer",
    ),
    "behaviour-cut": note(
        'the window of "{value}" ends while {share} % of its points are left', "lengthen it to let them fade out"
    ),
    # Scores, bands, matrix
    "scores-differ": warning(
        "the score {value} spans {span} points of the total and {other} only {smaller}, so it decides almost alone",
        "bring them to like ranges with Max or In total",
    ),
    "band-too-high": warning('no lead reaches the band "{value}": the best score is {best}', "start it lower"),
    "band-too-low": warning(
        'no lead falls to the band "{value}": the worst score of a lead not excluded is {worst}',
        "start the band above it higher, or delete this one",
    ),
    "matrix-unreachable": warning(
        'no lead comes to this cell, because none has the band "{value}"', "mend the band, or delete the cell"
    ),
    "matrix-missing": warning("the matrix has no cell for {value}", "add the row or column of that band"),
    "matrix-blank": warning("the cell for {value} names no action", "write what to do with such leads"),
    "fit-outweighs": warning(
        "{share} % of this lead's points are potential, so leads may look ready to buy that have never shown interest",
        "raise what engagement can give, or lower what potential can",
    ),
    # Exclusions: design.md section 4.7
    "exclusion-too-weak": warning('a lead that "{value}" excludes can still score {best}{where}: {lead}', "{remedy}"),
    "exclusion-undecided": note(
        'it is not proved that "{value}" keeps every excluded lead below 0 in {score}, and no lead was found that it '
        "does not",
        "{remedy}",
    ),
    "exclusion-floored": warning(
        "the Min of {value} lifts excluded leads to {best}: {lead}", "leave Min blank, or write one below 0"
    ),
    "exclusion-dilutes": note(
        '"{value}" gives 0 to the leads it keeps, which makes their {score} {share} % smaller',
        "give them points, lower its weight, or make the score a sum",
    ),
    # Against a sheet of leads
    "value-unmatched": note('no lead{among} has the value "{value}"', "correct it, or delete it"),
    "values-unnamed": note(
        "no case names the value of {count}: {values}", 'name them in a case, or add one with "{otherwise}"'
    ),
    "case-never": note("the case holds for none of {count}", "check its value, or delete it"),
    "case-always": note("the case holds for all of {count}", "it tells no lead from another; check its value"),
    "criteria-alike": warning(
        '"{value}" and "{other}" give points to the same leads ({share} %)', "keep one, or count both less"
    ),
    "behaviour-never": note('none of {count} is what "{value}" asks for', "check its names, or delete the row"),
    "behaviour-unmatched": note('no activity{about} has the name "{value}"', "correct it, or delete it"),
    "activities-unnamed": note("no behaviour asks for {count}: {values}", "add a row for those that tell something"),
    "no-activity": note("{count} of {total} have no activity for {field}; they get {points}", "{remedy}"),
    "blanks": note("{field} is blank for {count} of {total}; they get {points}", "{remedy}"),
}
