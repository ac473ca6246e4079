"""Tells which names a text says were refused: what was proposed of them is no fact."""

import re
from collections.abc import Collection, Iterator

from ingest.extract.sentences import ANY_SYMBOL, SYMBOL, Sentence

_ASSET = SYMBOL["S"] + SYMBOL["C"] + SYMBOL["P"]
_REVIEW = r"(?:审核|评审|审查|审批|论证|评估|专家评审)"
_REFUSED = re.compile(
    r"不予(?:立项|批准|支持|通过|审批|安排|同意|核准|批复)|不(?:同意|批准|通过)(?:其|该)?(?:立项|建设|实施|申报|申请)"
    rf"|{_REVIEW}(?:意见|结论|结果)?(?:为|：)?(?:未(?:予|获)?通过|不通过|不同意)(?=[，。；\n]|$)"
    rf"|未(?:能|获)?(?:通过{_REVIEW}|批准立项|获?批准|获批|予立项)(?=[，。；\n]|$)"
    r"|(?:予以|已|被|作|做)(?:退回|否决)(?:处理)?(?=[，。；\n]|$)|暂缓(?:立项|建设|审批)|撤销立项"
)
_LIKE = "重复|重叠|雷同|相同|类似|相近|交叉"
_COMPARED = re.compile(rf"(?:与|和|同)[^，。；]{{0,12}}?(?P<other>[{_ASSET}])[^，。；]{{0,12}}?(?:{_LIKE})")
_OWN_CLAUSE = re.compile(
    rf"(?:(?:经|因|鉴于|由于)[^，；{ANY_SYMBOL}]{{0,12}})?(?:建议|决定|研究|故|因此|本次|暂|均|现|一律|专家组?|省市县区局厅){{0,3}}"
)
_SAME_CLAUSE = re.compile(
    rf"(?P<name>[{_ASSET}])”?(?![^，；]{{0,16}}的(?:项目|系统|平台|单位))[^，；]{{0,24}}"
)
_LISTED = re.compile(rf"[^。；]{{0,8}}(?:为|有|：|包括)(?P<names>[“”、和及与（）{ANY_SYMBOL}]{{1,60}})")
_CLAUSE = re.compile(r"[，；：]")
_JOINTS = frozenset("、和及与")


def compared(sentence: Sentence) -> frozenset[int]:
    """Returns the places of what something else is only said to be like (与甲平台功能重复)."""
    return frozenset(hit.start("other") for hit in _COMPARED.finditer(sentence.form))


def refused(sentence: Sentence, *, aside: Collection[int]) -> Iterator[str]:
    """Yields the names that the sentence says were refused; `aside` are starts of what is only used."""
    like = compared(sentence)
    for hit in _REFUSED.finditer(sentence.form):
        listed = _LISTED.match(sentence.form, hit.end())
        if listed:
            places = [at for at in range(*listed.span("names")) if sentence.form[at] in _ASSET]
        else:
            places = _before(sentence, hit.start(), leave=like, aside=aside)
        yield from (sentence.at[at].text for at in places)


def _before(sentence: Sentence, refusal: int, *, leave: Collection[int], aside: Collection[int]) -> list[int]:
    """Returns the places of the name, with those it is listed with, that a refusal speaks of."""
    form = sentence.form
    begin = max((hit.end() for hit in _CLAUSE.finditer(form, 0, refusal)), default=0)
    fitting = [
        at
        for at, item in sentence.at.items()
        if at < refusal and form[at] in _ASSET and at not in leave and item.start not in aside
    ]
    if not fitting:
        return []
    last = fitting[-1]
    told = _SAME_CLAUSE.fullmatch(form, last, refusal) if last >= begin else _alone(form, begin, refusal)
    return [at for at in fitting if at == last or _joined(form, at, last)] if told else []


def _alone(form: str, begin: int, refusal: int) -> bool:
    """Returns whether the clause of a refusal has no subject of its own and ends no condition (…的，)."""
    if form[max(0, begin - 2) : begin] == "的，":
        return False
    return bool(_OWN_CLAUSE.fullmatch(form, begin, refusal))


def _joined(form: str, at: int, last: int) -> bool:
    """Returns whether only names and joints stand between two places."""
    return set(form[at + 1 : last]) <= _JOINTS | set(_ASSET) | set("“”")
