"""Whether a component can be used by somebody, and what stands in the way when not."""

from collections.abc import Mapping
from dataclasses import dataclass

from kg.registry import find_region, region
from queries.policy import load_policy


@dataclass(frozen=True, slots=True)
class Consumer:
    """Who wants to use a component; "" where not known, and then it is not held against the component."""

    region: str = ""
    level: str = ""
    network: str = ""


def blockers(properties: Mapping[str, object], consumer: Consumer) -> tuple[str, ...]:
    """Why this component cannot simply be used by `consumer`, in Chinese; empty when it is usable."""
    found = [
        _operation(properties),
        _owner(properties),
        _region_served(properties, consumer),
        _level_served(properties, consumer),
        _network(properties, consumer),
    ]
    return tuple(reason for reason in found if reason)


def _operation(properties: Mapping[str, object]) -> str | None:
    status = properties.get("status")
    if status in load_policy().usable.in_operation:
        return None
    return f"未在运行（{status}）" if status else "运行状态不明"


def _owner(properties: Mapping[str, object]) -> str | None:
    return None if properties.get("ip_owner") else "知识产权归属不明"


def _listed(value: object) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else (str(value),) if value else ()


def _region_served(properties: Mapping[str, object], consumer: Consumer) -> str | None:
    served = _listed(properties.get("serves")) or _listed(properties.get("region"))
    if not served or not consumer.region:
        return None
    if any(name in {"全国", "*"} or _contains(name, consumer.region) for name in served):
        return None
    if not _code(consumer.region) or not all(_code(name) for name in served):
        return None
    return f"服务区划为{'、'.join(served)}，不含{_shown(consumer.region)}"


def _contains(outer: str, inner: str) -> bool:
    """Whether the place `outer` (code or name) is `inner` or holds it; GB/T 2260 codes nest by prefix."""
    if outer == inner:
        return True
    outer_code, inner_code = _code(outer), _code(inner)
    return bool(outer_code and inner_code.startswith(outer_code))


def _code(place: str) -> str:
    """The place's code without its trailing 00 pairs, "" when the place is not known."""
    found = None if place.isdigit() else find_region(place)
    code = place if place.isdigit() else found.code if found else ""
    while code.endswith("00"):
        code = code[:-2]
    return code


def _shown(place: str) -> str:
    found = region(place) if place.isdigit() else None
    return found.name if found else place


def _level_served(properties: Mapping[str, object], consumer: Consumer) -> str | None:
    served = _listed(properties.get("levels_served"))
    if not served or not consumer.level or consumer.level in served:
        return None
    return f"服务层级为{'、'.join(served)}，不含{consumer.level}"


def _network(properties: Mapping[str, object], consumer: Consumer) -> str | None:
    network = str(properties.get("network", ""))
    if not network or not consumer.network:
        return None
    if consumer.network in load_policy().usable.reachable.get(network, frozenset({network})):
        return None
    return f"部署在{network}，{consumer.network}不能直接访问"
