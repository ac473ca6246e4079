"""Reads the verdict policy and checks that it is whole."""

from functools import cache
from importlib.resources import files

import yaml
from pydantic import BaseModel, ConfigDict, Field
from pydantic import ValidationError as PydanticError

from kg.errors import OntologyError


class Strict(BaseModel):
    """No key that is not known, no change after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Threshold(Strict):
    """One number with where it comes from."""

    value: float = Field(ge=0)
    source: str
    note: str


class Rule(Strict):
    """One rule: its sentence for the report and the document it rests on."""

    text: str
    source: str


class Built(Strict):
    """Which statuses and stages count as built, and what a missing one means."""

    system: frozenset[str]
    project: frozenset[str]
    system_without_status: bool
    project_without_stage: bool


class Thresholds(Strict):
    """The shares and limits of the check."""

    refuse_share: Threshold
    module_share: Threshold
    function_score: Threshold
    kind_pairs: Threshold
    firm_confidence: Threshold
    recall: Threshold
    shown: Threshold


class Rules(Strict):
    """Every rule a verdict can rest on."""

    refuse_same: Rule
    cut_covered: Rule
    cut_rebuilt: Rule
    share_same_kind: Rule
    share_own: Rule
    share_planned: Rule
    share_idle: Rule
    declared_reuse: Rule
    weak_evidence: Rule
    component_blocked: Rule
    pass_clear: Rule


class Usable(Strict):
    """When a component can be used: its statuses in operation, and which networks reach which."""

    source: str
    in_operation: frozenset[str]
    reachable: dict[str, frozenset[str]]


class Policy(Strict):
    """The whole policy of the duplicate check."""

    version: int
    source: str
    thresholds: Thresholds
    built: Built
    usable: Usable
    connecting: tuple[str, ...]
    devices: tuple[str, ...]
    platforms: tuple[str, ...]
    rules: Rules

    def is_built(self, entity_type: str, stage: str | None) -> bool:
        """Whether something of this type at this stage exists or is approved."""
        if entity_type == "Project":
            return stage in self.built.project if stage else self.built.project_without_stage
        return stage in self.built.system if stage else self.built.system_without_status


@cache
def load_policy() -> Policy:
    """The shipped policy, read once.

    Raises: OntologyError when the file is not whole.
    """
    text = files("queries.policy").joinpath("verdicts.yaml").read_text("utf-8")
    try:
        return Policy.model_validate(yaml.safe_load(text))
    except (PydanticError, yaml.YAMLError) as error:
        raise OntologyError(f"verdict policy: {error}") from error
