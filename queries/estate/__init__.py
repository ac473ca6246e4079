"""The estate as questions of sameness see it: every system and project described, with owner and stage."""

from queries.estate.loading import load_estate
from queries.estate.members import ASSET_TYPES, Details, Estate, Member

__all__ = ["ASSET_TYPES", "Details", "Estate", "Member", "load_estate"]
