"""Numbers in sentences."""


def counted(count: int, what: str) -> str:
    """1, 'lead' -> '1 lead'; 1200 -> '1,200 leads'."""
    return f"{count:,} {what}{'' if count == 1 else 's'}"
