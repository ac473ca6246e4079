"""What can be set from outside: the only reader of the environment."""

import sys
from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

MODEL_FOLDER = Path(sys.prefix) / "share" / "reuse-knowledge-graph"


class Settings(BaseSettings):
    """Settings as KG_… variables.

    `store` is the URL of the graph, `model` the folder of the sentence model, `archive` where raw files are
    kept (None: beside the store file, nowhere for a store without file), `key_file` the file of named keys
    and `audit_file` the audit log (None: likewise), `api_keys` keys without a name that open everything,
    comma-separated. `neo4j_user` and `neo4j_password` are for a server whose address names neither.

    `rate` is how many requests a second one key may make on average, `local_rate` one address without a key;
    0 sets no limit. `requests` are at work at a time. `checks` are run at once by the server, more of them
    (`checks_waiting`) may wait, and `check_seconds` is how long a caller is kept.
    """

    model_config = SettingsConfigDict(env_prefix="KG_", frozen=True, extra="ignore")

    store: str = "sqlite:///kg.db"
    model: Path = Field(default=MODEL_FOLDER)
    archive: Path | None = None
    key_file: Path | None = None
    audit_file: Path | None = None
    api_keys: SecretStr = SecretStr("")
    neo4j_user: str | None = None
    neo4j_password: SecretStr | None = None
    rate: float = Field(default=100.0, ge=0)
    local_rate: float = Field(default=500.0, ge=0)
    requests: int = Field(default=200, ge=1)
    checks: int = Field(default=2, ge=1, le=64)
    checks_waiting: int = Field(default=20, ge=0)
    check_seconds: float = Field(default=300.0, gt=0)

    def keys(self) -> tuple[str, ...]:
        """The API keys, in the order given."""
        return tuple(key.strip() for key in self.api_keys.get_secret_value().split(",") if key.strip())
