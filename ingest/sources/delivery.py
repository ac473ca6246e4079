"""Which delivery a row belongs to: unit and period, from the row, the titles or the caller."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.sources.base import Context
from kg.errors import ValidationError
from kg.registry import find_region, infer_region, region
from kg.values import last_day, parse_date, parse_period

UNIT_TITLE = re.compile(
    r"(?:填报|报送|上报|申报)(?:单位|部门)\s*(?:[（(](?:盖章|公章|签章)[）)])?\s*[:：]\s*([^\s:：（(，,；;]++)(?!\s*[:：])"
)
NAMED_UNIT = (
    r"[\u4e00-\u9fff]{2,}?(?:局|厅|委|委员会|管委会|协会|联合会|学会|办|办公室|中心|院|署|政府|总队|支队|大队"
    r"|部|处|站|所|馆)"
)
OWN_UNIT = re.compile(
    r"(?<![\u4e00-\u9fff])(?:建设|主管|责任|业主|使用|管理|所属|归口|自查|普查|调查|清查|摸底|登记|采集)?(?:单位|部门)(?:名称|全称)?\s*(?:[（(](?:盖章|公章|签章)[）)])?"
    rf"\s*[:：]\s*({NAMED_UNIT})(?=[\s，,；;（(]|$)"
)
"""A line above a sheet that names its unit (单位名称：某局), and no unit of money."""
LIST_OF_UNIT = re.compile(
    rf"^\s*(?:附[件表]\s*\d*\s*[:：]?\s*)?({NAMED_UNIT})(?:(?:19|20)\d{{2}}年度?)?"
    r"(?=政务|信息|业务|应用|在用|现有|自建|已建|系统|软件|网站|数字)(?![^\n]*汇总)[^，。；：\n]{0,16}"
    r"(?:清单|台账|普查表|登记表|统计表|一览表|情况表|明细表|自查表|调查表|目录)(?:[（(].*[）)])?$",
    re.MULTILINE,
)
"""A title that begins with the unit whose systems the sheet lists."""
PERIOD_TITLE = re.compile(
    r"(?:填报周期|填报期|填报批次|普查批次|普查期次|统计期|普查年度|填报年度|填报时间|报送时间)\s*[:：]\s*([^\s:：，,；;]++)(?!\s*[:：])"
)
UNIT = re.compile(
    r"[\u4e00-\u9fff]{2,}(?:局|厅|委|委员会|管委会|协会|联合会|学会|办|办公室|中心|院|署|政府|总队|支队|大队"
    r"|公司|集团|学校|中学|小学|大学|馆|所|站|银行|部|处|台|社)"
)
UNIT_RULES = (UNIT_TITLE, OWN_UNIT, LIST_OF_UNIT)
"""How titles name the unit of a sheet, the surest first."""
PART = r"上半年|下半年|[春夏秋冬]季|前三季度|第?[一二三四1-4]季度|[QqHh][1-4](?!\d)"
MONTHS = r"\d{1,2}\s*月?\s*(?:至|到|[-~～—–])\s*\d{1,2}\s*月|\d{1,2}\s*月(?!\s*\d)"
PERIOD_IN_TITLE = re.compile(
    rf"((?<!\d)(?:19|20)\d{{2}}(?:\s*年度?\s*(?:{PART}|{MONTHS})?|[\s_-]*(?:{PART})))"
)
FOLDER_PERIOD = re.compile(r"((?:19|20)\d{2}(?:[-.]?(?:0[1-9]|1[0-2]))?)")


@dataclass(frozen=True, slots=True)
class Reported:
    """Reporting unit, period and date of a row's delivery; unit and period None when unknown.

    `region` is the code the load names for units whose own name tells no place, else "".
    """

    unit: str | None
    period: str | None
    said_on: str
    region: str = ""

    @property
    def reporter(self) -> str | None:
        """The unit as deliveries tell it from its namesakes in other places."""
        return f"{self.unit}@{self.region}" if self.unit and self.region else self.unit

    def key(self, source: str, document: str) -> str:
        """The delivery's key: unit and period where both are known, else the document."""
        if self.unit and self.period:
            return f"{source}:{self.reporter}:{self.period}"
        return f"{source}:{document}"


def reported(context: Context, titles: Sequence[str], *, unit: str = "", period: str = "") -> Reported:
    """Who reported a row for which period: what the caller names outranks titles, and these the folder.

    A unit in the row's own cell outranks the caller's: a file of many units is not one unit's delivery.
    The date is the caller's, else the period's last day, at the latest today.
    """
    title = "\n".join(titles)
    folders = context.folder.split("/")[::-1]
    named = next(filter(None, (_found(rule, title) for rule in UNIT_RULES)), "")
    stated_unit = unit or context.reporter or named or _unit_of(folders) or context.before[0]
    stated_period = context.period or period or _found(PERIOD_TITLE, title) or _found(PERIOD_IN_TITLE, title)
    stated_period = stated_period or next(filter(None, map(_period_of, folders)), "") or context.before[1]
    canonical = _period(stated_period)
    end = min(last_day(canonical.split("/")[1]), context.today) if canonical else ""
    place = find_region(context.region) or region(context.region) if context.region else None
    apart = place.code if place and stated_unit and infer_region(stated_unit) is None else ""
    return Reported(stated_unit or None, canonical or None, context.dated or end or context.today, apart)


def _found(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return found[1].strip() if found else ""


def _unit_of(folders: Sequence[str]) -> str:
    """The unit a folder is named after, the innermost first; a period in the name is left aside."""
    names = (PERIOD_IN_TITLE.sub("", folder).strip(" -_.、（）()【】[]0123456789") for folder in folders)
    return next((name for name in names if UNIT.fullmatch(name)), "")


def _period_of(folder: str) -> str:
    """The period in the name of a folder, or the year or month that is all of it."""
    whole = FOLDER_PERIOD.fullmatch(folder.strip())
    return whole[1] if whole else _found(PERIOD_IN_TITLE, folder)


def _period(text: str) -> str:
    if not text:
        return ""
    try:
        start, end = parse_period(text)
    except ValidationError:
        try:
            start = end = parse_date(text)
        except ValidationError:
            return ""
    return f"{start}/{end}"
