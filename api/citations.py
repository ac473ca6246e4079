"""What stands behind a fact, in one line for a reader."""

from collections.abc import Iterable

from api.labels import source_label
from kg.model import Claim, Entity
from queries.places import claimed_place


def citations(claims: Iterable[Claim]) -> list[str]:
    """One line for each claim, each line once, in the order of the claims."""
    return list(dict.fromkeys(citation(claim) for claim in claims))


def citation(claim: Claim) -> str:
    """The file and the place in it, or who said so and why; how sure, where it was read out of text."""
    if claim.by:
        return (
            f"{source_label(claim.source)}：{claim.by}，{claim.because or '未说明理由'}（{claim.document}）"
        )
    said_by = "" if claim.sha256 else f"{source_label(claim.source)}："
    told = f"{said_by}{claim.document} {claimed_place(claim)}".strip()
    return told if claim.confidence >= 1 else f"{told}（可信度 {claim.confidence:.2f}）"


def sayers(entity: Entity, name: str) -> list[str]:
    """The lines behind the shown value of a property; those of the entity where none says it alone."""
    value = entity.properties[name]
    return citations([one for one in entity.claims if one.properties.get(name) == value] or entity.claims)
