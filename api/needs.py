"""What somebody needs, from a request, a file, or a thing that is to be replaced."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pydantic
from pydantic import BaseModel, ConfigDict, Field

from ingest.proposal.handed import proposal_of
from kg.errors import NotFoundError, ValidationError
from kg.misfit import first_misfit
from kg.store.base import GraphReader
from queries.check import CheckContext
from queries.naming import meant
from queries.recommend import Need


class NeedWire(BaseModel):
    """The body of a request for recommendations."""

    model_config = ConfigDict(
        extra="ignore",
        frozen=True,
        json_schema_extra={
            "examples": [
                {
                    "text": "为办事群众发送短信提醒，并统一登录",
                    "functions": ["短信提醒", "统一身份认证"],
                    "department": "云江市民政局",
                    "top": 5,
                }
            ]
        },
    )

    text: str = Field(default="", max_length=100_000)
    functions: tuple[str, ...] | None = None
    department: str | None = None
    region: str | None = None
    network: str | None = None
    exclude: tuple[str, ...] | None = None
    top: int | None = Field(default=None, ge=1, le=1000)

    def need(self, *, top: int) -> Need:
        """The need; `top` where the request does not say. Raises: ValidationError when nothing is asked."""
        functions = tuple(text for text in self.functions or () if text.strip())
        if not self.text.strip() and not functions:
            raise ValidationError("请给出需求：text 或 functions 不能都为空")
        return Need(
            self.text,
            functions,
            department=self.department or "",
            region=self.region or "",
            network=self.network or "",
            exclude=self.exclude or (),
            top=self.top or top,
        )


def need_of(row: Mapping[str, Any], *, top: int) -> Need:
    """The need on one line of a batch; null is as good as absent. Raises: ValidationError."""
    try:
        told = {name: value for name, value in row.items() if value is not None}
        return NeedWire.model_validate(told).need(top=top)
    except pydantic.ValidationError as error:
        raise ValidationError(first_misfit(error)) from error


def need_of_file(path: Path, *, top: int) -> Need:
    """The need that a proposal or list of functions states. Raises: ValidationError when it has none."""
    proposal = proposal_of(path)
    described = proposal.description
    functions = tuple(item.text for item in described.items)
    if proposal.unread and not functions and not described.text:
        raise ValidationError(f"{path.name}：{'；'.join(proposal.unread)}")
    return Need(
        described.text or described.name,
        functions,
        department=described.department,
        region=described.region,
        top=top,
    )


def need_of_entity(reader: GraphReader, context: CheckContext, asked: str, *, top: int) -> Need:
    """What would stand in for a system or component: its own functions, itself left out.

    Raises:
        NotFoundError: nothing is called so, or it is no system, component or project.
    """
    found = meant(reader, asked).id
    member = context.estate.members.get(found)
    if member is None:
        raise NotFoundError(f"「{asked}」不是系统、组件或项目")
    described = member.description
    functions = tuple(item.text for item in described.items)
    text = described.text or described.name
    return Need(text, functions, region=described.region, exclude=(member.id,), top=top)
