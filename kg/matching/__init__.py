"""Comparing systems and their functions: meaning, alignment, classification, candidates, ranking.

Everything here is pure and deterministic; nothing reads or writes a store.
- `encoder.loading.load_encoder(folder)` gives the sentence model or its lexical substitute;
  `encoder.cache.CachedEncoder(encoder, VectorCache(path))` keeps vectors beside the store.
- `alignment.align(a, b, encoder)` finds each phrase's best partner; `phrases.pair_scores` gives the
  likelihood that two phrases are one function.
- `pairs.compare(a, b, context=Context(encoder, rarity))` classifies two `Description`s;
  `Context.shipped(encoder)` where there is no estate.
- `abilities.match_abilities(phrases, encoder)` finds rebuilt shared abilities (of the registry).
- `candidates.CandidateIndex.build(descriptions, encoder=...)`: `.query(description, limit)`, `.rarity`
  for the context, `.arrays()` to keep it in a file.
- `similar.SimilarIndex(pool).rank(query, top=..., same_name=...)` ranks a catalogue in any language.
- `lines.compare_lines`, `align_lines`, `similar_lines` answer lines of JSON.
- `thresholds.thresholds()` are the limits, versioned data; `evaluate` scores predictions.
"""
