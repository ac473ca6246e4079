"""One table: what each error means to a caller of the API and of the command line."""

from kg.errors import (
    DocumentError,
    KgError,
    ModelError,
    NotFoundError,
    OntologyError,
    SourceError,
    StoreError,
    StoreUnavailableError,
    ValidationError,
)

STATUS: dict[type[KgError], int] = {
    NotFoundError: 404,
    ValidationError: 422,
    DocumentError: 422,
    SourceError: 422,
    StoreUnavailableError: 503,
    StoreError: 500,
    ModelError: 500,
    OntologyError: 500,
}


def http_status(error: KgError) -> int:
    """The HTTP status for an error, by its nearest class in the table."""
    return next((STATUS[kind] for kind in type(error).__mro__ if kind in STATUS), 500)


def one_line(error: BaseException) -> str:
    """What went wrong, in one line."""
    return " ".join(str(error).split()) or type(error).__name__
