"""The graph as questions need it: what takes long is prepared once for each version of the store."""

import hashlib
import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from api.bootstrap import check_context, kept_beside, readable_store
from api.http.once import Once
from api.http.remembered import RememberedAnswers
from api.proposed import kept_proposals
from api.settings import Settings
from api.stores import Stores
from kg.matching.capabilities import load_grouping, save_grouping
from kg.matching.judged_blocks import forget_blocks
from kg.matching.overlap_file import load_overlaps, save_overlaps
from kg.matching.overlap_index import Progress, quiet
from kg.ontology import load_ontology
from kg.snapshot import Snapshot, open_snapshot
from kg.store.base import GraphReader, GraphStore, Run
from kg.store.canonical import CanonicalReader
from kg.store.clusters import Clusters, read_clusters
from kg.store.past import last_run
from kg.store.surroundings import ASSETS
from queries.capabilities import Ledger, gathered, grouped
from queries.check import CheckContext
from queries.inventory import Inventory, inventory
from queries.overlap import Overlap, overlap_index, overlaps_in
from queries.proposals import Proposal, proposals

log = logging.getLogger(__name__)


SMALL = 2_000
"""So many systems are compared with each other while somebody waits."""


@dataclass(frozen=True, slots=True)
class _Prepared:
    """What belongs to one version; nobody waits for a part that he does not ask for."""

    identity: str
    clusters: Clusters
    snapshot: Once[Snapshot] = field(default_factory=Once)
    context: Once[CheckContext] = field(default_factory=Once)
    inventory: Once[Inventory] = field(default_factory=Once)
    overlaps: Once[list[Overlap]] = field(default_factory=Once)
    proposals: Once[list[Proposal]] = field(default_factory=Once)
    capabilities: Once[Ledger] = field(default_factory=Once)
    answers: RememberedAnswers = field(default_factory=RememberedAnswers)


class View:
    """The graph at one version, for one thread; `reader` shows what is one thing as one."""

    def __init__(self, store: GraphStore, prepared: _Prepared, settings: Settings) -> None:
        self.reader = CanonicalReader(store, load_ontology(), prepared.clusters)
        self._store = store
        self._prepared = prepared
        self._settings = settings

    @property
    def identity(self) -> str:
        """Changes whenever the graph does, also when the file is replaced by another."""
        return self._prepared.identity

    @property
    def stored(self) -> GraphReader:
        """The graph as its sources say it, nothing merged."""
        return self._store

    def runs(self) -> list[Run]:
        """Every run of the store, oldest first."""
        return self._store.runs()

    def snapshot(self) -> Snapshot:
        """The shape of the graph; kept beside the store file."""
        file = kept_beside(self._settings, "snapshot")
        return self._prepared.snapshot.get(lambda: open_snapshot(self.reader, file, identity=self.identity))

    def context(self) -> CheckContext:
        """The estate prepared for comparison; vectors are kept beside the store file."""
        return self._prepared.context.get(self._context)

    def remembered(self, question: object, make: Callable[[], bytes]) -> bytes:
        """The answer to a question that depends on nothing but itself and this state of the graph."""
        return self._prepared.answers.get(question, make)

    def inventory(self) -> Inventory:
        """The estate in numbers."""
        return self._prepared.inventory.get(lambda: inventory(self.reader, self.context().estate))

    def overlaps(self, *, progress: Progress = quiet, workers: int = 1) -> list[Overlap]:
        """Every overlapping pair of the estate, best first; what was judged is kept beside the store file.

        More than one worker is for a process that does nothing else meanwhile.
        """
        return self._prepared.overlaps.get(lambda: self._overlaps(progress, workers))

    def _overlaps(self, progress: Progress, workers: int) -> list[Overlap]:
        context, file = self.context(), kept_beside(self._settings, "overlaps")
        before = load_overlaps(file) if file else None
        unfinished = kept_beside(self._settings, "overlaps.part")
        index = overlap_index(context, before, progress=progress, workers=workers, unfinished=unfinished)
        if file and unfinished and index is not before:
            try:
                save_overlaps(index, file)
                forget_blocks(unfinished)
            except OSError as error:
                log.warning("overlaps are not kept in %s: %s", file, error)
        return overlaps_in(context, index)

    def proposals(self, *, thorough: bool = False) -> list[Proposal]:
        """Pairs of systems that may be one, for a person to judge; kept beside the store file.

        Of a large estate only what was prepared before, unless `thorough`: finding them takes minutes.
        """
        file = kept_beside(self._settings, "proposals")
        counted = self._store.counts()
        wait = thorough or sum(counted.get(kind, 0) for kind in ASSETS) <= SMALL
        if not wait:
            return kept_proposals(file, identity=self.identity, found=None)
        return self._prepared.proposals.get(
            lambda: kept_proposals(file, identity=self.identity, found=lambda: proposals(self._store))
        )

    def capabilities(self, *, progress: Progress = quiet) -> Ledger:
        """What the systems of the estate do, grouped; the groups are kept beside the store file."""
        return self._prepared.capabilities.get(lambda: self._capabilities(progress))

    def _capabilities(self, progress: Progress) -> Ledger:
        context, file = self.context(), kept_beside(self._settings, "capabilities")
        before = load_grouping(file) if file else None
        parts = grouped(context.estate, self._store, context.encoder, before=before, progress=progress)
        if file and parts.grouping is not before:
            try:
                save_grouping(parts.grouping, file)
            except OSError as error:
                log.warning("capabilities are not kept in %s: %s", file, error)
        clusters = self._prepared.clusters
        return gathered(parts, context.estate, clusters, encoder=context.encoder, said_on=context.newest)

    def _context(self) -> CheckContext:
        context = check_context(self.reader, self._settings, newest=self._newest, identity=self.identity)
        return replace(context, run=last_run(self._store))

    def _newest(self) -> str:
        return max((one.said_on for one in self._store.deliveries()), default="")


class Graph:
    """A store to ask, from any number of threads."""

    def __init__(self, settings: Settings, opened: Callable[[], GraphStore] | None = None) -> None:
        self._settings = settings
        self._stores = Stores(opened or (lambda: readable_store(settings)))
        self._lock = threading.Lock()
        self._prepared: _Prepared | None = None

    @contextmanager
    def view(self) -> Iterator[View]:
        """The graph as it is now. Raises: StoreError when there is no store."""
        with self._stores.lent() as store:
            yield View(store, self._current(store), self._settings)

    def close(self) -> None:
        """Closes the stores."""
        self._stores.close()

    def _current(self, store: GraphStore) -> _Prepared:
        identity = identity_of(store)
        with self._lock:
            if self._prepared is None or self._prepared.identity != identity:
                self._prepared = _Prepared(identity, read_clusters(store))
            return self._prepared


def identity_of(store: GraphStore) -> str:
    """16 hex digits that tell this state of this store from every other: its version and its last runs."""
    runs = store.runs()
    marks = [
        str(store.version()),
        *(f"{run.id} {run.started} {run.finished}" for run in runs[:1] + runs[-1:]),
    ]
    return hashlib.sha256("\n".join(marks).encode()).hexdigest()[:16]
