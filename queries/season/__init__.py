"""One review season (评审季): the proposals of a batch compared with each other and with what was refused."""

from queries.season.group import Group, GroupMember
from queries.season.service import Season, season
from queries.season.submission import Submission

__all__ = ["Group", "GroupMember", "Season", "Submission", "season"]
