"""What a cell under a name's heading must not hold to be taken as a name."""

import re

TOTALS = frozenset({"合计", "总计", "小计", "共计", "总合计"})
REMARK = re.compile(r"^(?:注|说明|备注|填表说明|填报人|审核人|联系人|填报时间|填报日期)\s*[:：]")
PROSE = re.compile(r"[。\n]")


def problem_of_name(name: str, *, longest: int) -> str | None:
    """Why this is no name, in Chinese: a total, remark, formula, figure or prose; None when it may be."""
    plain = name.strip()
    if plain.replace(" ", "") in TOTALS:
        return "合计行，不是数据"
    if REMARK.match(plain):
        return "表尾说明，不是数据"
    if plain.startswith("="):
        return f"名称栏内是公式：{plain[:30]}"
    if not any(char.isalpha() for char in plain):
        return f"名称无效：{plain[:30]}"
    if len(plain) > longest or PROSE.search(plain):
        return "名称栏内是一段说明，不是名称"
    return None
