"""The list of capabilities."""

from pydantic import Field

from api.wire.base import Typed, Wire
from api.wire.graph import CURSOR


class CapabilityWire(Typed):
    """One capability and how many build it."""

    registered: bool = Field(description="是否登记在册的共享能力")
    ordinary: bool = Field(description="是否各系统自带的功能，如用户管理")
    systems: int = Field(ge=0, description="有此功能的系统和组件数")
    departments: int = Field(ge=0, description="这些系统所属单位数")
    functions: int = Field(ge=0, description="功能数")
    offered_by: int = Field(ge=0, description="可供共用的系统和组件数")
    examples: list[str] = Field(description="写法，出现次数多的在前", examples=[["床位预约登记"]])


class CapabilityPage(Wire):
    """Capabilities, those that most systems have first."""

    items: list[CapabilityWire]
    total: int = Field(ge=0, description="符合条件的总数")
    next: str | None = CURSOR
