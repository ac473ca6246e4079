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
    (None: beside the store file), `api_keys` keys without a name that open everything, comma-separated.
    `neo4j_user` and `neo4j_password` are for a server whose address names neither.
    """

    model_config = SettingsConfigDict(env_prefix="KG_", frozen=True, extra="ignore")

    store: str = "sqlite:///kg.db"
    model: Path = Field(default=MODEL_FOLDER)
    archive: Path | None = None
    key_file: Path | None = None
    api_keys: SecretStr = SecretStr("")
    neo4j_user: str | None = None
    neo4j_password: SecretStr | None = None

    def keys(self) -> tuple[str, ...]:
        """The API keys, in the order given."""
        return tuple(key.strip() for key in self.api_keys.get_secret_value().split(",") if key.strip())
