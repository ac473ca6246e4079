"""The money of a whole project: stated beside a label, in a sentence, or as the sum of a table."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ingest.documents.blocks import BlockKind
from ingest.proposal.money.amounts import differing
from ingest.proposal.money.figures import yuan
from ingest.proposal.sections import Placed
from ingest.proposal.wording import facts
from kg.matching.proposal import Fact


@dataclass(frozen=True, slots=True)
class Sum:
    """An amount of the whole project in yuan and where it is said."""

    amount: Decimal
    fact: Fact


def stated(labelled: Sequence[Fact], blocks: Sequence[Placed]) -> list[Sum]:
    """What lines and sentences give as the money of the project, labels before sentences."""
    sums = [Sum(amount, fact) for fact in labelled if (amount := yuan(fact.value))]
    return sums or list(_in_prose(blocks))


def _in_prose(blocks: Sequence[Placed]) -> Iterator[Sum]:
    for rule in facts().money:
        for one in blocks:
            for hit in (
                re.finditer(rule.pattern, one.block.text) if one.block.kind is not BlockKind.TABLE else ()
            ):
                before = re.split(r"[。；\n]", one.block.text[: hit.start()])[-1] + hit[0]
                amount = yuan(hit[1])
                if amount and not any(word in before for word in facts().not_money):
                    yield Sum(amount, Fact("budget", hit[1], one.place))


def settled(
    said: Sequence[Sum], tables: Sequence[Sum], lists: Sequence[Sum], *, grand: Sequence[Sum]
) -> tuple[Sum | None, tuple[str, ...]]:
    """The budget and what contradicts it: words before cost tables, those before the function lists.

    `grand` are sums that tables of other things call those of the whole; one counts when it holds the lists.
    """
    found = [*said[:1], *tables[:1]]
    if len(found) == 2 and differing([one.amount for one in found]):
        first, second = found
        note = (
            f"总投资前后不一致：{first.amount}元（{first.fact.place}），"
            f"投资概算表合计{second.amount}元（{second.fact.place}），按前者计，请核对"
        )
        return first, (note,)
    if found:
        return found[0], ()
    whole = sum((one.amount for one in lists), Decimal(0))
    holding = [one for one in grand if one.amount >= whole]
    if holding or not lists:
        return (holding[-1] if holding else None), ()
    return Sum(whole, lists[0].fact), ("未写明总投资，按功能清单合计计，请核对",)
