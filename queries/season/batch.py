"""The proposals of a season made ready for grouping, and how a group is put together."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kg.matching.alignment import align
from kg.matching.pairs import Context
from queries.policy.season import GroupKind, SeasonRules
from queries.season.group import EVIDENCE, Group, GroupMember, Quoted, summed
from queries.season.likeness import Likeness
from queries.season.places import Place
from queries.season.prose import Prose
from queries.season.submission import Submission


@dataclass(frozen=True)
class Batch:
    """Proposals of the batch, then refused projects of the ledger, and where each is from."""

    submissions: tuple[Submission, ...]
    places: tuple[Place, ...]
    rules: SeasonRules
    matching: Context
    prose: Prose

    def limit(self, name: str) -> float:
        """The threshold of this name, the one for words where there is no sentence model."""
        thresholds = self.rules.thresholds
        lexical = f"{name}_lexical"
        if self.matching.encoder.mode == "lexical" and lexical in type(thresholds).model_fields:
            name = lexical
        value: float = getattr(thresholds, name).value
        return value

    def group(
        self,
        kind: GroupKind,
        members: Sequence[int],
        pairs: Iterable[Likeness],
        *,
        avoidable: Decimal | None,
        reasons: Sequence[str],
        rules: Sequence[str],
    ) -> Group:
        """The group of these members, with the functions of the pairs that stand for each other."""
        own = [self.submissions[i] for i in members if not self.submissions[i].stage]
        return Group(
            kind=kind,
            members=tuple(GroupMember.of(self.submissions[i]) for i in members),
            money=summed([one.money for one in own]),
            avoidable=avoidable,
            reasons=(self.rules.reasons[kind], *reasons),
            evidence=tuple(self._quoted(pairs)),
            rules=(f"{self.rules.reasons[kind]}：{self.rules.source}", *rules),
        )

    def _quoted(self, pairs: Iterable[Likeness]) -> Iterator[Quoted]:
        least = self.limit("quoted_score")
        for pair in pairs:
            a, b = self.submissions[pair.a], self.submissions[pair.b]
            lines = align(a.functions, b.functions, self.matching.encoder)
            best = sorted(
                (one for one in lines if one.same and one.score >= least), key=lambda o: (-o.score, o.i)
            )
            for one in best[:EVIDENCE]:
                yield Quoted(
                    a.functions[one.i], b.functions[one.j], a.file or a.id, b.file or b.id, one.score
                )
