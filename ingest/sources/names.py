"""What a cell under a name's heading must not hold to be taken as a name."""

import re

PROSE = re.compile(r"[。\n]")


def problem_of_name(name: str, *, longest: int) -> str | None:
    """Why this is no name, in Chinese: a formula, figure or prose; None when it may be."""
    plain = name.strip()
    if plain.startswith("="):
        return f"名称栏内是公式：{plain[:30]}"
    if not any(char.isalpha() for char in plain):
        return f"名称无效：{plain[:30]}"
    if len(plain) > longest or PROSE.search(plain):
        return "名称栏内是一段说明，不是名称"
    return None
