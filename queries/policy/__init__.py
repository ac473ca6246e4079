"""The rules and shares by which answers are concluded, as data."""

from queries.policy.loading import Policy, Rule, load_policy

__all__ = ["Policy", "Rule", "load_policy"]
