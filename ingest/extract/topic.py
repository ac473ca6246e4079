"""Tells what a clause without a subject of its own speaks of."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from ingest.extract.model import Label, Mention
from ingest.extract.sentences import ANY_SYMBOL, LETTER, SYMBOL, Sentence

_OTHER_SUBJECT = re.compile(
    r"[^，；：为向对供与]{0,80}?(?:[一-龥]{3,}(?:系统|平台|数据库)|合作社|公司|协会|部门|单位|机构|企业|群众"
    r"|市民|干部|网格员|职工|教师|学生|家长|居民|村民|农户|申请人|当事人|负责人|患者|人员|各地|各[镇乡村县区市州校院科]|用户(?!体系|登录|认证|数据|信息)|医院)"
)
_ANY_OF = (
    rf"(?:省直|市直|全省|全市)?(?:各级?|所有)[^，。；：{ANY_SYMBOL}]{{0,12}}?"
    r"(?:部门|单位|地区|地方|机构|企业|系统|项目)"
)
_NEW_OR_OLD = r"(?:新建|已建|在建|拟建|现有)的?(?:政务|业务|应用|非涉密)?(?:信息化?)?(?:系统|项目)"
_OF_A_KIND = rf"[^，；：{ANY_SYMBOL}]{{2,20}}[的类](?:项目|系统|平台)"
_MUST = r"，(?=[^，。；]{0,4}?(?:[应须要可]|不得|优先|原则上|一律|由|按))"
_WHERE = (
    rf"(?:新建|改建|扩建|续建|建设|申报|申请|开发|购买|采购|使用|升级|改造)[^，。；：{ANY_SYMBOL}]{{0,20}}?"
    rf"(?:系统|项目|平台|应用|软件|工程|程序|资金)的{_MUST}"
    rf"|(?:部门|单位|机构|地区|各地|[县乡镇]级?)[^，。；：{ANY_SYMBOL}]{{0,20}}?[时前后]{_MUST}"
)
"""A condition that anybody may meet (使用财政资金新建系统的，应当…): the duty is of whoever meets it."""
_GENERAL = re.compile(
    rf"(?:^|[，；：.）])\s*(?:{_ANY_OF}|{_OF_A_KIND}(?=[应须需要均必原可不])|{_NEW_OR_OLD}(?=[应须需要均必原可不]))"
    rf"|{_WHERE}"
)
_BOUND = re.compile(f"{SYMBOL['D']}[^，。；：{ANY_SYMBOL}]{{0,12}}?(?:不得|不应|严禁|禁止)")
_JOINTS = frozenset("、和及与")
_ASIDE = re.compile(r"（[^（）]{0,60}）")
_ITEM = re.compile(r"\s*(?:\d{1,2}[.、]|（[\d一二三四五六七八九十]{1,2}）|[①-⑩])")
"""The number of an item: what it says is told of the whole, not of the item before."""
_CLAUSE = re.compile(r"[，；：]")
_ARTICLE = re.compile(r"\s*第[一二三四五六七八九十百零\d]{1,6}条")
"""An article of a statute: it names its own subject."""


@dataclass(frozen=True, slots=True)
class Topic:
    """What the text is about so far: names in order, without what is only used, and the last head taken.

    `project` is the first project of the whole text, for notices that give the buyer before the name.
    """

    project: Mention | None = None
    seen: tuple[Mention, ...] = ()
    last: Mention | None = None

    def head(self, sentence: Sentence, before: int, letters: str, *, aside: Collection[int]) -> list[Mention]:
        """Returns the nearest fitting mentions, one or a list, before a place, else what was spoken of.

        `aside` are the places in the sentence of what is only used, or a part.
        """
        begin = max((hit.end() for hit in _CLAUSE.finditer(sentence.form, 0, before)), default=0)
        clause = sentence.form[max(0, begin - 1) : before]
        other = bool(_OTHER_SUBJECT.match(sentence.form, begin, before) or _GENERAL.search(clause))
        near = _near(sentence, before, letters=letters, aside=aside)
        if near is not None:
            return _row(sentence, near, letters) if near >= begin or not other or letters == "D" else []
        if letters == "D" or other or _ARTICLE.match(sentence.form):
            return []
        if any(pattern.search(sentence.form, 0, before) for pattern in (_GENERAL, _BOUND)):
            return []
        if (
            sentence.follows
            and not _ITEM.match(sentence.form)
            and self.last is not None
            and LETTER[self.last.label] in letters
        ):
            return [self.last]
        earlier = self.earlier(letters)
        return [earlier] if earlier else []

    def earlier(self, letters: str) -> Mention | None:
        """Returns the latest project, else system, else fitting mention spoken of; None without one."""
        fitting = [item for item in self.seen if LETTER[item.label] in letters]
        projects = [item for item in fitting if item.label is Label.PROJECT]
        systems = [item for item in fitting if item.label is Label.SYSTEM]
        if fitting:
            return (projects or systems or fitting)[-1]
        return self.project if "P" in letters else None


def _row(sentence: Sentence, at: int, letters: str) -> list[Mention]:
    """Returns the mention at a place, after those that stand before it in one list."""
    found = [sentence.at[at]]
    while sentence.form[max(0, at - 1) : at] in _JOINTS and (before := sentence.at.get(at - 2)):
        if before.label is not found[0].label or LETTER[before.label] not in letters:
            break
        found.insert(0, before)
        at -= 2
    return found


def _near(sentence: Sentence, before: int, *, letters: str, aside: Collection[int]) -> int | None:
    fitting = [at for at, item in sentence.at.items() if at < before and LETTER[item.label] in letters]
    if letters == "D":
        held = [hit.span() for hit in _ASIDE.finditer(sentence.form)]
        own = [at for at in fitting if not any(begin <= at < end <= before for begin, end in held)]
    else:
        own = [at for at in fitting if at not in aside]
    return own[-1] if own else None
