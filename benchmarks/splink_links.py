"""Links of two tables by Splink, for comparison; nothing where it is not installed."""

import importlib.util
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from kg.matching.linkage import Table
from kg.matching.linkage.table import name_column
from kg.matching.similar import tokens

HALF = 0.5
RARE = 3
SEED = 20260301
Rows = Sequence[Mapping[str, str]]


def splink_links(left: Rows, right: Rows) -> dict[str, list[dict[str, Any]]]:
    """Its links at a probability of .5 and more, as they are and one to one, best first.

    Settings as its guide has them: Jaro-Winkler levels on the name and the longer columns, words in common,
    equality of short ones; blocking on the three rarest words of the name; trained by random sampling and
    expectation maximisation.
    """
    if importlib.util.find_spec("splink") is None:
        return {}
    tables = Table.of(left), Table.of(right)
    found = sorted(_predicted(*tables), key=lambda one: (-one["score"], one["a"], one["b"]))
    return {"splink": found, "splink_one_to_one": _one_to_one(found)}


def _predicted(left: Table, right: Table) -> Iterator[dict[str, Any]]:
    import pandas as pd  # type: ignore[import-not-found, import-untyped, unused-ignore]  # comes with splink
    from splink import (  # type: ignore[import-not-found, unused-ignore]  # not among our dependencies
        Linker,
        SettingsCreator,
        block_on,
    )
    from splink import comparison_library as levels
    from splink.backends.duckdb import (  # type: ignore[import-not-found, unused-ignore]  # likewise
        DuckDBAPI,
    )

    name = name_column(left, right)
    others = [header for header in left.columns if header in right.columns and header != name]
    compared = [
        levels.JaroWinklerAtThresholds("name", [0.95, 0.88, 0.8]),
        levels.ArrayIntersectAtSizes("words", [5, 4, 3, 2, 1]),
        *(levels.JaroWinklerAtThresholds(f"c{n}", [0.95, 0.8]) for n in range(len(others))),
    ]
    rule = block_on("rare", arrays_to_explode=["rare"])
    settings = SettingsCreator(
        link_type="link_only", comparisons=compared, blocking_rules_to_generate_predictions=[rule]
    )
    database = DuckDBAPI()
    frames = [
        database.register(pd.DataFrame(rows), dataset_display_name=side)
        for side, rows in zip("ab", _rows((left, right), name, others), strict=True)
    ]
    linker = Linker(frames, settings)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=SEED)
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("rarest"))
    for row in linker.inference.predict().as_pandas_dataframe().to_dict("records"):
        p = float(row["match_probability"])
        yield {"a": row["unique_id_l"], "b": row["unique_id_r"], "score": p, "match": p >= HALF}


def _rows(tables: tuple[Table, Table], name: str, others: Sequence[str]) -> Iterator[list[dict[str, Any]]]:
    words = [[sorted(set(tokens(text))) for text in table.columns[name]] for table in tables]
    counts = Counter(word for side in words for of in side for word in of)
    for table, side in zip(tables, words, strict=True):
        yield [_row(table, n, name=name, others=others, rare=_rare(of, counts)) for n, of in enumerate(side)]


def _row(table: Table, n: int, *, name: str, others: Sequence[str], rare: Sequence[str]) -> dict[str, Any]:
    return {
        "unique_id": table.ids[n],
        "name": table.columns[name][n] or None,
        "words": sorted(set(tokens(table.columns[name][n]))),
        "rare": rare[:RARE],
        "rarest": rare[0] if rare else None,
        **{f"c{k}": table.columns[header][n] or None for k, header in enumerate(others)},
    }


def _rare(words: Sequence[str], counts: Mapping[str, int]) -> list[str]:
    return sorted(words, key=lambda word: (counts[word], word))


def _one_to_one(found: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    taken = set[tuple[str, str]]()
    kept = []
    for one in found:
        ends = {("a", one["a"]), ("b", one["b"])}
        kept.append({**one, "match": one["match"] and not ends & taken})
        if kept[-1]["match"]:
            taken |= ends
    return kept
