"""What all forms share, and the problem document."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

Json = dict[str, Any]


class Wire(BaseModel):
    """A form whose objects may hold more keys than it names."""

    model_config = ConfigDict(extra="allow")


class FieldError(Wire):
    """One parameter or field that is not as it should be."""

    field: str = Field(examples=["query.q"])
    message: str = Field(examples=["String should have at least 1 character"])


class Problem(Wire):
    """An error as RFC 9457 tells it."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "type": "about:blank",
                    "title": "没有找到",
                    "status": 404,
                    "detail": "知识库中没有 ID 或名称为「某某系统」的条目",
                }
            ]
        }
    )

    type: str
    title: str
    status: int
    detail: str
    errors: list[FieldError] | None = None
    scope: str | None = Field(default=None, description="403 时：密钥缺少的权限", examples=["judge"])


class Named(Wire):
    """An entity by id and name."""

    id: str = Field(examples=["asset-5f1f55bab9dc99a4"])
    name: str = Field(examples=["示例省统一身份认证平台"])


class Typed(Named):
    """An entity by id, name and type."""

    type: str = Field(examples=["Component"])
