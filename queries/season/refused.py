"""Projects of the ledger that were refused, with the functions of the systems they would have delivered."""

from kg.store.base import GraphReader
from queries.check.filed import filed_proposal
from queries.estate import Estate
from queries.estate.delivering import delivered_by
from queries.policy.season import SeasonRules
from queries.season.submission import Submission


def refused_projects(estate: Estate, reader: GraphReader, rules: SeasonRules) -> list[Submission]:
    """Refused projects in the order of their ids."""
    refused = [member for member in estate.of_type("Project") if member.stage in rules.refused_stages]
    delivered = delivered_by([member.id for member in refused], reader)
    return [
        Submission(
            "",
            filed_proposal(member, delivered.get(member.id, ()), estate),
            id=member.id,
            stage=member.stage or "",
        )
        for member in refused
    ]
