"""The registry of shared abilities is whole and found by every name."""

from kg.registry import abilities, ability, ability_by_name


def test_every_ability_is_found_by_its_id_and_its_name() -> None:
    assert len(abilities()) == 48
    assert all(ability(one.id) is one and ability_by_name(one.name) is one for one in abilities())


def test_every_alias_leads_to_one_ability_that_has_it() -> None:
    for one in abilities():
        for alias in one.aliases:
            found = ability_by_name(alias)
            assert found is not None
            assert alias in (found.name, *found.aliases)


def test_names_are_compared_folded() -> None:
    assert ability_by_name(" 統一身份認證 ") == ability("identity")
    assert ability_by_name("ｓｓｏ") == ability("identity")


def test_an_unknown_name_or_id_is_none() -> None:
    assert ability_by_name("养老服务") is None
    assert ability("nothing") is None
