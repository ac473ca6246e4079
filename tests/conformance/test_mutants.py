"""The specification sees single faults: every mutant of the reference store fails some check."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace

import pytest

from kg.errors import KgError
from kg.model import Claim, Direction, Entity, EntityId, Record, Relation, RunId
from kg.ontology import load_ontology
from kg.store import folded, ranking
from kg.store.base import Counts, Delivery, GraphReader, Hit, Lifetime
from kg.store.memory import Kept, MemoryStore
from kg.store.records import Assertion
from tests.conformance.specification import CHECKS


class ForgetsAliases(MemoryStore):
    def named(self, name: str, *, entity_type: str | None = None) -> list[EntityId]:
        found = self.get(super().named(name, entity_type=entity_type))
        return [i for i, entity in found.items() if entity.name == name]


class SweepsTooMuch(MemoryStore):
    def sweep(self, run: RunId, delivery: str, digests: Collection[str], *, said_on: str) -> Counts:
        for other in [one.key for one in self.deliveries() if one.key != delivery]:
            super().sweep(run, other, list(self.records(other)), said_on=said_on)
        return super().sweep(run, delivery, digests, said_on=said_on)


class SweepsNothing(MemoryStore):
    def sweep(self, run: RunId, delivery: str, digests: Collection[str], *, said_on: str) -> Counts:
        return super().sweep(run, delivery, [], said_on=said_on)


class SweepsAllOfTheDelivery(MemoryStore):
    def sweep(self, run: RunId, delivery: str, digests: Collection[str], *, said_on: str) -> Counts:
        return super().sweep(run, delivery, list(self.records(delivery)), said_on=said_on)


class ClosesTheDayAfter(MemoryStore):
    def sweep(self, run: RunId, delivery: str, digests: Collection[str], *, said_on: str) -> Counts:
        return super().sweep(run, delivery, digests, said_on=said_on + "~~")


class AcceptsDanglingRelations(MemoryStore):
    def _check_ends(self, records: Iterable[Record]) -> None:
        list(records)


class WritesHalfABatch(MemoryStore):
    def upsert(self, run: RunId, delivery: Delivery, records: Iterable[Record]) -> Counts:
        total = Counts()
        for record in list(records):
            total = super().upsert(run, delivery, [record])
        return total


class NeverMovesItsVersion(MemoryStore):
    def version(self) -> int:
        return 0


class ReadsOnlyOutgoingRelations(MemoryStore):
    def relations(
        self,
        ids: Collection[EntityId] | None = None,
        *,
        types: Collection[str] = (),
        direction: Direction = Direction.OUT,
    ) -> Iterator[Relation]:
        return super().relations(ids, types=types, direction=Direction.OUT)


class IgnoresRelationTypes(MemoryStore):
    def relations(
        self,
        ids: Collection[EntityId] | None = None,
        *,
        types: Collection[str] = (),
        direction: Direction = Direction.OUT,
    ) -> Iterator[Relation]:
        return super().relations(ids, direction=direction)


class RepeatsRelations(MemoryStore):
    def relations(
        self,
        ids: Collection[EntityId] | None = None,
        *,
        types: Collection[str] = (),
        direction: Direction = Direction.OUT,
    ) -> Iterator[Relation]:
        if ids is None:
            yield from super().relations(types=types)
            return
        for one in ids:
            yield from super().relations([one], types=types, direction=direction)


class IgnoresAfter(MemoryStore):
    def entities(self, *, entity_type: str | None = None, after: EntityId | None = None) -> Iterator[Entity]:
        return super().entities(entity_type=entity_type)


class StreamsInOrderOfNames(MemoryStore):
    def entities(self, *, entity_type: str | None = None, after: EntityId | None = None) -> Iterator[Entity]:
        return iter(sorted(super().entities(entity_type=entity_type, after=after), key=lambda e: e.name))


class ForgetsThePast(MemoryStore):
    def as_of(self, date: str) -> GraphReader:
        return self


class ComparesDatesAsText(MemoryStore):
    def as_of(self, date: str) -> GraphReader:
        def stands(claim: Claim, ended: str | None) -> bool:
            return claim.said_on <= date and (ended is None or ended > date)

        return folded.FoldedReader(self, load_ontology(), stands)


class KnowsOnlyToday(MemoryStore):
    def at_run(self, run: int) -> GraphReader:
        return self


class ForgetsWhichRunsEnded(MemoryStore):
    def at_run(self, run: int) -> GraphReader:
        def stands(claim: Claim, ended: str | None) -> bool:
            return (claim.opened or 0) <= run and ended is None

        return folded.FoldedReader(self, load_ontology(), stands)


class ShowsTheRunBefore(MemoryStore):
    def at_run(self, run: int) -> GraphReader:
        return super().at_run(run - 1)


class ForgetsTheRunOfAClaim(MemoryStore):
    def said_of(self, ids: Collection[EntityId]) -> Mapping[EntityId, list[tuple[Assertion, str | None]]]:
        return {
            i: [(Assertion(a.type, replace(a.claim, opened=None)), ended) for a, ended in said]
            for i, said in super().said_of(ids).items()
        }


class LetsTheLastWriterWin(MemoryStore):
    def get(self, ids: Collection[EntityId]) -> dict[EntityId, Entity]:
        found = super().get(ids)
        for i, said in self.said_of(list(found)).items():
            last = next(a.claim for a, ended in reversed(said) if ended is None)
            found[i] = replace(found[i], name=last.name or i)
        return found


class KeepsTheFirstType(MemoryStore):
    def get(self, ids: Collection[EntityId]) -> dict[EntityId, Entity]:
        found = super().get(ids)
        return {i: replace(entity, type=self.said_of([i])[i][0][0].type) for i, entity in found.items()}


class ForgetsRelationClaims(MemoryStore):
    def _keep(self, kept: Kept) -> None:
        links = tuple(replace(one, claims=()) for one in kept.record.relations)
        super()._keep(replace(kept, record=replace(kept.record, relations=links)))


class LetsTwoRunsWrite(MemoryStore):
    def begin(self, what: str, *, trial: bool = False) -> RunId:
        self._active = None
        return super().begin(what, trial=trial)


class WritesWithoutARun(MemoryStore):
    def _expect(self, run: RunId) -> None:
        del run


class FindsWholeNamesOnly(MemoryStore):
    def search(
        self, text: str, *, entity_type: str | None = None, limit: int = 10, offset: int = 0
    ) -> list[Hit]:
        found = super().search(text, entity_type=entity_type, limit=limit, offset=offset)
        return [one for one in found if one.score >= ranking.EXACT_ALIAS]


class RanksBackwards(MemoryStore):
    def search(
        self, text: str, *, entity_type: str | None = None, limit: int = 10, offset: int = 0
    ) -> list[Hit]:
        return super().search(text, entity_type=entity_type, limit=limit, offset=offset)[::-1]


class IgnoresTheOffset(MemoryStore):
    def search(
        self, text: str, *, entity_type: str | None = None, limit: int = 10, offset: int = 0
    ) -> list[Hit]:
        return super().search(text, entity_type=entity_type, limit=limit)


class FindsAnyWord(MemoryStore):
    def search(
        self, text: str, *, entity_type: str | None = None, limit: int = 10, offset: int = 0
    ) -> list[Hit]:
        find = super().search
        found = {one for part in text.split() for one in find(part, entity_type=entity_type, limit=99)}
        ordered = sorted(found, key=lambda one: (-one.score, one.id))
        return ordered[offset : offset + limit]


class CountsClosedDeliveries(MemoryStore):
    def deliveries(self, *, ever: bool = False) -> list[Delivery]:
        return super().deliveries(ever=True)


class ForgetsClosedDeliveries(MemoryStore):
    def deliveries(self, *, ever: bool = False) -> list[Delivery]:
        return super().deliveries()


class OpensWhatIsOver(MemoryStore):
    def upsert(self, run: RunId, delivery: Delivery, records: Iterable[Record]) -> Counts:
        return super().upsert(run, delivery, [replace(record, ended=None) for record in records])


class DropsWhatIsOver(MemoryStore):
    def upsert(self, run: RunId, delivery: Delivery, records: Iterable[Record]) -> Counts:
        return super().upsert(run, delivery, [record for record in records if record.ended is None])


class NeverReopens(MemoryStore):
    def redate(self, run: RunId, delivery: str, days: Mapping[str, str | None]) -> Counts:
        return super().redate(run, delivery, {digest: day for digest, day in days.items() if day})


class KeepsTheFirstEnd(MemoryStore):
    def redate(self, run: RunId, delivery: str, days: Mapping[str, str | None]) -> Counts:
        ended = self.ended(delivery)
        known = self.records(delivery)
        wanted = {d: day for d, day in days.items() if day is None or d in known or d not in ended}
        return super().redate(run, delivery, wanted)


class SettlesByDigest(MemoryStore):
    def settle(self, run: RunId, delivery: str, lives: Collection[Lifetime]) -> Counts:
        known = {life.number: life.digest for life in self.lifetimes(delivery)}
        return self.redate(run, delivery, {known[life.number]: life.ended for life in lives})


class SettlesInItsOwnName(MemoryStore):
    def settle(self, run: RunId, delivery: str, lives: Collection[Lifetime]) -> Counts:
        closed = [replace(life, closed=run if life.ended else None) for life in lives]
        return super().settle(run, delivery, closed)


class SettlesOnlyEnds(MemoryStore):
    def settle(self, run: RunId, delivery: str, lives: Collection[Lifetime]) -> Counts:
        return super().settle(run, delivery, [life for life in lives if life.ended])


class CountsAllThatIsSettled(MemoryStore):
    def settle(self, run: RunId, delivery: str, lives: Collection[Lifetime]) -> Counts:
        counts = super().settle(run, delivery, lives)
        return Counts(counts.entities + 1, counts.relations)


class ForgetsWhoEndedARecord(MemoryStore):
    def lifetimes(self, delivery: str) -> list[Lifetime]:
        return [replace(life, closed=None) for life in super().lifetimes(delivery)]


class TellsOnlyLivesThatLast(MemoryStore):
    def lifetimes(self, delivery: str) -> list[Lifetime]:
        return [life for life in super().lifetimes(delivery) if life.ended is None]


class TellsLivesBackwards(MemoryStore):
    def lifetimes(self, delivery: str) -> list[Lifetime]:
        return super().lifetimes(delivery)[::-1]


class ShowsOnlyWhatHoldsAsHistory(MemoryStore):
    def history(self) -> GraphReader:
        return self


class KeepsTrials(MemoryStore):
    def begin(self, what: str, *, trial: bool = False) -> RunId:
        return super().begin(what)


MUTANTS: list[type[MemoryStore]] = MemoryStore.__subclasses__()


def survives(make: Callable[[], MemoryStore]) -> bool:
    for check in CHECKS:
        try:
            check(make())
        except (AssertionError, KgError, pytest.fail.Exception, LookupError):
            return False
    return True


def test_the_reference_survives() -> None:
    assert survives(lambda: MemoryStore(load_ontology()))


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.__name__)
def test_a_mutant_dies(mutant: type[MemoryStore]) -> None:
    assert not survives(lambda: mutant(load_ontology()))


def test_there_are_many_mutants() -> None:
    assert len(MUTANTS) >= 20
