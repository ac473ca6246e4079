"""What a wording says without words that limit it: the same ability, once a year or for the whole city."""

import functools
from importlib import resources

import yaml
from pydantic import BaseModel, ConfigDict, Field


class Modifiers(BaseModel):
    """Words that may stand before a function and name no ability, by what they say."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: int
    source: str
    shortest: int = Field(ge=1)
    words: dict[str, tuple[str, ...]]

    @functools.cached_property
    def ordered(self) -> tuple[str, ...]:
        """All words, longer ones first."""
        every = {word for words in self.words.values() for word in words}
        return tuple(sorted(every, key=lambda word: (-len(word), word)))


@functools.cache
def modifiers() -> Modifiers:
    """The words shipped with the package."""
    text = resources.files("kg.matching.capabilities").joinpath("modifiers.yaml").read_text("utf-8")
    return Modifiers.model_validate(yaml.safe_load(text))


@functools.lru_cache(maxsize=200_000)
def core_of(wording: str) -> str:
    """A folded wording without limiting words at its front; never less than the shortest core."""
    known = modifiers()
    for word in known.ordered:
        if wording.startswith(word) and len(wording) - len(word) >= known.shortest:
            return core_of(wording[len(word) :])
    return wording
