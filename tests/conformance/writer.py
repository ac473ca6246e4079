"""A process that writes batches for ever and says which runs it has finished: for tests that kill it."""

import sys
from dataclasses import replace

from kg.model import EntityId, Record, Relation
from kg.store import open_store
from kg.store.base import Delivery
from tests.conformance.graphs import CENSUS, claim, entity, relation

FUNCTIONS = 4
ROWS = 20


def rows(number: int) -> list[Record]:
    """The rows of one run: systems of one delivery, each with its functions."""
    made = []
    for at in range(ROWS):
        asset = f"asset-{number:05}-{at:02}"
        functions = [entity(f"function-{asset}-{i}", "Function", f"功能{i}") for i in range(FUNCTIONS)]
        links: list[Relation] = [relation(asset, "PROVIDES", one.id) for one in functions]
        system = entity(asset, "System", f"第{number}次系统{at}")
        made.append(Record(EntityId(asset), claim(CENSUS, row=at), (system, *functions), tuple(links)))
    return made


def delivery(number: int) -> Delivery:
    """The delivery of one run."""
    return replace(CENSUS, key=f"census:{number:05}")


def main(url: str, first: int, last: int) -> None:
    """Writes runs first..last, each in two batches, and prints a number once its run is complete."""
    with open_store(url, create=True) as store:
        for number in range(first, last):
            run = store.begin(f"load {number}")
            made = rows(number)
            store.upsert(run, delivery(number), made[: ROWS // 2])
            store.upsert(run, delivery(number), made[ROWS // 2 :])
            store.finish(run, status="complete", summary={"number": number})
            sys.stdout.write(f"{number}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
