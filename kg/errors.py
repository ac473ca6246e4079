"""The exception tree of the project.

KgError
├── OntologyError            a data file of the ontology or registry contradicts itself
├── ValidationError          a fact or a value that the ontology does not allow
├── NotFoundError            an id or a name that nothing in the graph has
├── StoreError               a store that cannot do what was asked
│   └── StoreUnavailableError    it cannot be reached, or another process writes to it
├── DocumentError            a file that cannot be read: what, where, and what to do about it
├── SourceError              a delivery that must not be loaded as a whole
└── ModelError               the sentence model is absent or damaged
"""

from dataclasses import dataclass


class KgError(Exception):
    """Base of every error a caller can do something about; its text is one line for a person to read."""


class OntologyError(KgError):
    """The ontology, or another shipped data file, contradicts itself."""


class ValidationError(KgError):
    """A fact or value does not fit the ontology."""


class NotFoundError(KgError):
    """Nothing in the graph has this id or name."""


class StoreError(KgError):
    """The store cannot do what was asked."""


class StoreUnavailableError(StoreError):
    """The store cannot be reached, or another process holds its write lock."""


class ModelError(KgError):
    """The sentence model is absent or its files are not the ones expected."""


class SourceError(KgError):
    """A delivery is refused as a whole, before anything of it is swept."""


@dataclass
class DocumentError(KgError):
    """A file cannot be read. `reason` and `remedy` are Chinese sentences for the person who sent it."""

    reason: str
    remedy: str
    file: str = ""

    def __str__(self) -> str:
        return f"{self.file}：{self.reason}；{self.remedy}" if self.file else f"{self.reason}；{self.remedy}"

    def __reduce__(self) -> tuple[type["DocumentError"], tuple[str, str, str], dict[str, object]]:
        """What it is made of again in another process, also when it was raised with keywords."""
        return type(self), (self.reason, self.remedy, self.file), self.__dict__
