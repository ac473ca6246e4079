"""Finds the values of the fields of notices (采购人：…)."""

import functools
import re
from collections.abc import Iterator

from ingest.extract import schema
from ingest.extract.mentions import mention
from ingest.extract.model import Label, Mention
from ingest.extract.words import Words, alternatives

_NEXT_FIELD = re.compile(r"采购项目|项目名称|地址|联系|采购内容")
_ORGAN_VALUE = re.compile(
    r"(?:公司|集团|局|厅|委|委员会|中心|医院|学校|大学|学院|办公室|政府|院|部|队|处|所|馆|站|分行)$"
)


@functools.cache
def _field(keys: tuple[str, ...], label: Label) -> re.Pattern[str]:
    project = r"[^，。；：\s]{4,60}?(?:项目|工程)(?![一-龥]{0,20}(?:项目|工程))|"
    phase = (
        r"(?:（[一二三四五六七八九十\d]{1,3}期）[^，。；：、\s（]{0,20})?" if label is Label.PROJECT else ""
    )
    value = (project if label is Label.PROJECT else "") + r"[^，。；：、\s（]{4,60}" + phase
    return re.compile(f"(?:{alternatives(keys)})(?:名称|信息)?(?:为|：|: )? ?(?P<value>{value})")


def fields(words: Words) -> Iterator[Mention]:
    """Yields the values of the fields of notices (采购人：…)."""
    for rule in schema.fields().fields:
        for hit in _field(rule.keys, rule.label).finditer(words.text):
            value, begin = hit["value"], hit.start("value")
            if rule.label is Label.PROJECT:
                value = re.split(r"(?<=项目)数量|(?<=项目)采购|项目编号|预算金额", value)[0]
                explicit = hit.group(0)[: begin - hit.start()].rstrip().endswith(("：", "为"))
            else:
                value = _NEXT_FIELD.split(value)[0]
                explicit = bool(_ORGAN_VALUE.search(value))
            if explicit and len(value) >= 4:
                span = begin, begin + len(value)
                yield mention(words.text, span, rule.label, rule=rule.id)
