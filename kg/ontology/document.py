"""The page that describes the ontology, made from it (python -m kg.ontology.document)."""

import sys
from collections.abc import Iterable, Iterator, Sequence

from kg.ontology.loading import load_ontology
from kg.ontology.ontology import Ontology
from kg.ontology.types import EntityType, Impact, PropertyType, RelationType

HEAD = """\
# Ontology

Made from `kg/ontology/government.yaml` by `python -m kg.ontology.document`; do not edit. Version {version}.

Names in code and files are English, labels are what people read. Money is yuan with at most two places, dates
are ISO and may be a year or a month, a period is start/end. Where sources differ, the first of these wins:
{precedence}; a property may have an order of its own.
"""
IMPACT = {
    Impact.NONE: "",
    Impact.SOURCE_ON_TARGET: "source is affected by target",
    Impact.TARGET_ON_SOURCE: "target is affected by source",
}


def document(ontology: Ontology) -> str:
    """The whole page as Markdown, ending in a line break."""
    parts = [
        HEAD.format(version=ontology.version, precedence=", ".join(ontology.default_precedence)),
        "## Entity types\n",
        *(_entity_type(found, ontology) for found in ontology.entity_types.values()),
        "## Relation types\n",
        _relation_types(ontology),
        "### Properties of every relation\n",
        _table(["property", "标签", "label", "value"], map(_property, ontology.relation_properties.values())),
        "## Categories\n",
        "A wording that stands for a value is read as that value; any other is kept as text and reported.\n",
        _categories(ontology),
    ]
    return "\n".join(parts).rstrip() + "\n"


def _entity_type(found: EntityType, ontology: Ontology) -> str:
    parent = ontology.entity_types[found.extends].properties if found.extends else {}
    own = [one for one in found.properties.values() if parent.get(one.name) != one]
    facts = [f"ids start with `{found.prefix}`"]
    facts += [f"has all properties of {found.extends}"] if found.extends else []
    facts += ["compared with others of its kind"] if found.matchable else []
    lines = [f"### {found.name} {found.label.zh}\n", f"{found.label.en}: {'; '.join(facts)}.\n"]
    if own:
        lines.append(_table(["property", "标签", "label", "value"], map(_property, own)))
    return "\n".join(lines)


def _property(one: PropertyType) -> Sequence[str]:
    notes = [f"{one.kind} {one.category}" if one.category else str(one.kind)]
    notes += ["sensitive"] if one.sensitive else []
    notes += [f"sources: {', '.join(one.precedence)}"] if one.precedence else []
    return [f"`{one.name}`", one.label.zh, one.label.en, "; ".join(notes)]


def _relation_types(ontology: Ontology) -> str:
    header = ["relation", "标签", "反向", "label", "from", "to", "impact", "kind"]
    return _table(header, (_relation(one, ontology) for one in ontology.relation_types.values()))


def _relation(one: RelationType, ontology: Ontology) -> Sequence[str]:
    order = list(ontology.entity_types)
    sources, targets = ({pair[end] for pair in one.pairs} for end in (0, 1))
    kinds = ["judgement"] * one.judgement + ["derived"] * one.derived + ["says its basis"] * one.basis
    if len(one.pairs) < len(sources) * len(targets):
        kinds.append("not every pair")
    return [
        f"`{one.name}`",
        one.label.zh,
        one.inverse.zh,
        f"{one.label.en} / {one.inverse.en}",
        ", ".join(sorted(sources, key=order.index)),
        ", ".join(sorted(targets, key=order.index)),
        IMPACT[one.impact],
        "; ".join(kinds),
    ]


def _categories(ontology: Ontology) -> str:
    parts = []
    for name, wordings in ontology.categories.items():
        others: dict[str, list[str]] = {value: [] for value in wordings.values()}
        for wording, value in wordings.items():
            others[value] += [wording] if wording != value.casefold() else []
        rows = ([value, "、".join(words)] for value, words in others.items())
        parts += [f"### {name}\n", _table(["值", "也写作"], rows)]
    return "\n".join(parts)


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    return "\n".join([*_lines([header, ["---"] * len(header)]), *_lines(rows)]) + "\n"


def _lines(rows: Iterable[Sequence[str]]) -> Iterator[str]:
    return (f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |" for row in rows)


if __name__ == "__main__":
    sys.stdout.write(document(load_ontology()))
