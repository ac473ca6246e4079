"""What is wrong with a record that somebody sent, in Chinese, by the kinds of error that pydantic names."""

from collections.abc import Mapping
from typing import Any

import pydantic

WORDINGS: Mapping[str, str] = {
    "string_type": "应为文本",
    "list_type": "应为列表",
    "tuple_type": "应为列表",
    "int_type": "应为整数",
    "int_parsing": "应为整数",
    "int_from_float": "应为整数",
    "model_type": "应为 JSON 对象",
    "model_attributes_type": "应为 JSON 对象",
    "string_too_long": "至多 {max_length} 个字",
    "greater_than_equal": "不得小于 {ge}",
    "less_than_equal": "不得大于 {le}",
}


def first_misfit(error: pydantic.ValidationError) -> str:
    """The first thing wrong with a record, and its field: 字段 a.functions[0] 应为文本."""
    row = error.errors(include_url=False)[0]
    steps = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in row["loc"])
    field = "".join(steps).lstrip(".")
    if row["type"] == "missing":
        return f"缺少字段 {field}"
    context: Mapping[str, Any] = row.get("ctx", {})
    wording = WORDINGS.get(row["type"], "的值不合要求").format_map(context)
    return f"字段 {field} {'为空' if row['input'] is None else wording}"
