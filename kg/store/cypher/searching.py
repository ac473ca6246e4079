"""Search by name on the server: grams in a full-text index, beginnings in an ordered one."""

from collections.abc import Iterable

from kg.model import EntityId
from kg.store.base import Hit
from kg.store.cypher.facts import FOLDED_LENGTH
from kg.store.cypher.names import ENTITY, is_type, quoted
from kg.store.cypher.port import Ask, Parameters
from kg.store.cypher.reading import type_of
from kg.store.cypher.schema import CROWD_NAMES, NAMES
from kg.store.grams import match
from kg.store.lookup import look_up
from kg.store.ranking import CROWD, Candidate, Query, aliases_of
from kg.text import fold

# Characters of a term that are looked up; the server refuses questions of more than a thousand parts.
TERM_LENGTH = 200
_AWAIT = "CALL db.index.fulltext.awaitEventuallyConsistentIndexRefresh()"
_CANDIDATE = " RETURN e.id, labels(e), e.name, e.aliases"
_FULLTEXT = "CALL db.index.fulltext.queryNodes('{index}', $grams) YIELD node AS e WITH e WHERE {condition}"


class ServerSearch:
    """Answers searches through one way of asking."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask
        self._stale = False

    def written(self) -> None:
        """From now on names may have been written that the index does not show yet."""
        self._stale = True

    def refresh(self) -> None:
        """Waits until the index shows all names that were written and committed."""
        if self._stale:
            self._ask(_AWAIT, {})
            self._stale = False

    def search(self, text: str, entity_type: str | None, *, limit: int, offset: int) -> list[Hit]:
        """See GraphReader."""
        self.refresh()
        return look_up(self, text, entity_type, limit=limit, offset=offset)

    def named(self, name: str, entity_type: str | None) -> list[EntityId]:
        """See GraphReader."""
        self.refresh()
        folded = fold(name)
        by_name: list[EntityId] = []
        by_alias: list[EntityId] = []
        for one in self._whole(folded, entity_type):
            (by_name if one.folded == folded else by_alias).append(one.id)
        return sorted(by_name) + sorted(by_alias)

    def whole(self, query: Query, entity_type: str | None, cut: int) -> Iterable[Candidate]:
        """See NameIndex."""
        return sorted(self._whole(query.whole, entity_type), key=lambda one: one.id)[:cut]

    def beginning(self, query: Query, entity_type: str | None, cut: int) -> Iterable[Candidate]:
        """See NameIndex."""
        question = f"MATCH (e:{ENTITY}) WHERE e._folded STARTS WITH $text"
        if entity_type is None:
            question += f" AND NOT e:{quoted(CROWD)}"
        ending = f"WITH e ORDER BY size(e._folded), e.id LIMIT $cut {_CANDIDATE}"
        return self._candidates(
            question,
            entity_type,
            ending=ending,
            parameters={"text": query.whole[:FOLDED_LENGTH], "cut": cut},
        )

    def parts(self, query: Query, entity_type: str | None, cut: int, *, crowd: bool) -> Iterable[Candidate]:
        """See NameIndex."""
        grams = [match(term[:TERM_LENGTH], spelled=not crowd) for term in query.terms]
        if None in grams:
            return ()
        question = _FULLTEXT.format(index=CROWD_NAMES if crowd else NAMES, condition="true")
        together = " AND ".join(part for part in grams if part is not None)
        ending = f"WITH e LIMIT $cut {_CANDIDATE}"
        return self._candidates(
            question, entity_type, ending=ending, parameters={"grams": together, "cut": cut}
        )

    def _whole(self, folded: str, entity_type: str | None) -> list[Candidate]:
        by_name = f"MATCH (e:{ENTITY}) WHERE e._folded = $text"
        found = self._candidates(
            by_name, entity_type, ending=_CANDIDATE, parameters={"text": folded[:FOLDED_LENGTH]}
        )
        grams = match(folded[:TERM_LENGTH], spelled=False)
        if grams is None:
            by_alias = [f"MATCH (e:{ENTITY}) WHERE $text IN e._aliases"]
        else:
            by_alias = [
                _FULLTEXT.format(index=i, condition="$text IN e._aliases") for i in (NAMES, CROWD_NAMES)
            ]
        parameters = {"text": folded, "grams": grams}
        for question in by_alias:
            found += self._candidates(question, entity_type, ending=_CANDIDATE, parameters=parameters)
        whole = [one for one in found if folded == one.folded or folded in map(fold, one.aliases)]
        return list({one.id: one for one in whole}.values())

    def _candidates(
        self, question: str, entity_type: str | None, *, ending: str, parameters: Parameters
    ) -> list[Candidate]:
        if entity_type is not None and not is_type(entity_type):
            return []
        typed = f" AND e:{quoted(entity_type)}" if entity_type else ""
        return [
            Candidate(EntityId(entity_id), type_of(labels), name, fold(name), _aliases(aliases))
            for entity_id, labels, name, aliases in self._ask(f"{question}{typed} {ending}", parameters)
        ]


def _aliases(stored: list[str] | str | None) -> tuple[str, ...]:
    return aliases_of(tuple(stored) if isinstance(stored, list) else stored)
