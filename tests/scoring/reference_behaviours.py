"""Section 4.4 of design.md once more, plainly: one activity at a time, exact fractions. The engine must agree."""

from fractions import Fraction

from leadscore.model.behaviours import Decay, Stage


def exact(number):
    return Fraction(str(number))


def left_at(behaviour, age):
    """The share of the points left; of a half-life, the fraction that its double is."""
    if behaviour.decay is Decay.NONE:
        return Fraction(1)
    days = exact(behaviour.decay_days)
    if behaviour.decay is Decay.LINEAR:
        return max(Fraction(0), 1 - age / days)
    if behaviour.decay is Decay.HALF_LIFE:
        return Fraction(2 ** (-age / behaviour.decay_days))
    return max(Fraction(0), 1 - exact(behaviour.step) * (age // days))


def is_about(behaviour, did):
    text, wanted = did.text.lower(), [operand.lower() for operand in behaviour.operands]
    holds = {
        "is": text in wanted,
        "is not": text not in wanted,
        "contains": any(part in text for part in wanted),
        "starts with": any(text.startswith(part) for part in wanted),
    }[behaviour.operator]
    return holds and behaviour.product.lower() in ("", did.product.lower())


def is_inside(behaviour, did):
    return behaviour.window is None or did.age <= behaviour.window


def happened(done):
    return sum((exact(one.count) for one in done), Fraction(0))


def points_of(behaviour, done):
    """What one lead gets for all it has done, earlier or not."""
    mine = [one for one in done if one.count and is_about(behaviour, one) and is_inside(behaviour, one)]
    points = exact(behaviour.points)
    if behaviour.at_least is None:
        total = sum((points * exact(one.count) * left_at(behaviour, one.age) for one in mine), Fraction(0))
    elif mine and happened(mine) >= behaviour.at_least:
        total = points * left_at(behaviour, min(one.age for one in mine))
    else:
        total = Fraction(0)
    low = total if behaviour.minimum is None else max(total, exact(behaviour.minimum))
    return low if behaviour.maximum is None else min(low, exact(behaviour.maximum))


def fields_of(behaviours, done, share):
    """Every derived field of one lead, None for blank."""
    late = [one for one in done if not one.is_early]
    counted = [one for one in late if one.count]
    active = [one for one in late if any(row.stage is Stage.ACTIVE and is_about(row, one) for row in behaviours)]
    staged = [one for one in late if any(row.stage is not None and is_about(row, one) for row in behaviours)]
    fields = {
        "days_since_last_activity": min((one.age for one in counted), default=None),
        "activity_count": happened(late),
        "activity_count_30d": happened(one for one in late if one.age <= 30),
        "activity_count_90d": happened(one for one in late if one.age <= 90),
        "activity_trend": _ratio(happened(one for one in late if one.age <= 90), happened(late)),
        "active_share": _ratio(happened(active), happened(staged)),
    }
    for stage in ("active", "passive"):
        now = [points_of(row, late) for row in behaviours if row.stage == stage]
        ever = [points_of(row, done) for row in behaviours if row.stage == stage]
        fields[f"{stage}_points"] = sum(now) + exact(share) * (sum(ever) - sum(now))
    for name in {row.name for row in behaviours}:
        rows = [row for row in behaviours if row.name == name]
        ages = [one.age for one in counted if any(is_about(row, one) for row in rows)]
        fields[f"last: {name}"] = min(ages, default=None)
        fields[f"count: {name}"] = happened(
            one for one in late if any(is_about(row, one) and is_inside(row, one) for row in rows)
        )
    return fields


def _ratio(part, whole):
    return part / whole if whole else None
