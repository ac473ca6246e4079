"""Keys of the HTTP interface: keys add, list, revoke."""

from datetime import date
from typing import Annotated, Any

import typer

from api.audit.act import Act, this_user
from api.bootstrap import journal, key_file
from api.cli.answers import answer, print_message
from api.cli.options import Json, Store
from api.cli.said import said_date
from api.cli.session import settings_of
from api.keys.file import KeyFile
from api.keys.issue import issue, revoke
from api.keys.key import Key, check_name
from api.keys.ring import utc_day
from api.keys.scopes import LABELS, Scope
from api.settings import Settings
from kg.errors import StoreError, ValidationError

STATES = {"active": "有效", "expired": "已到期", "revoked": "已吊销"}
Name = Annotated[str, typer.Argument(metavar="NAME", help="名称，写入审计日志，如 门户、张三")]


def register(app: typer.Typer) -> None:
    """Adds the group of commands."""
    group = typer.Typer(rich_markup_mode=None)
    group.command("add", help="新建一把密钥，只显示这一次")(add_command)
    group.command("list", help="所有密钥的名称、权限和状态")(list_command)
    group.command("revoke", help="吊销一把密钥，下一个请求起即被拒绝")(revoke_command)
    app.add_typer(group, name="keys", help="HTTP 接口的密钥")


def _scopes(given: list[str]) -> list[str]:
    """The names, also where several stand in one option. Raises: BadParameter."""
    names = [name.strip() for one in given for name in one.replace("，", ",").split(",") if name.strip()]
    known = {scope.value for scope in Scope}
    if wrong := [name for name in names if name not in known]:
        raise typer.BadParameter(f"没有权限 {wrong[0]}；可用：{'、'.join(scope.value for scope in Scope)}")
    if not names:
        raise typer.BadParameter("请给出至少一个权限")
    return names


def _name(text: str) -> str:
    try:
        return check_name(text)
    except ValidationError as error:
        raise typer.BadParameter(str(error)) from error


def add_command(
    name: Annotated[str, typer.Argument(metavar="NAME", help="名称，写入审计日志，如 门户", callback=_name)],
    *,
    scopes: Annotated[
        list[str],
        typer.Option(
            "--scope",
            metavar="SCOPE",
            help="read 查询和推荐，check 查重，judge 判定和更正，load 载入和撤销；可给多个",
            callback=_scopes,
        ),
    ],
    expires: Annotated[
        str, typer.Option("--expires", metavar="DATE", help="最后可用的一天", callback=said_date)
    ] = "",
    store: Store = "",
    as_json: Json = False,
) -> None:
    """Makes a key and prints it, this once."""
    settings = settings_of(store)
    file, last = _file(settings), date.fromisoformat(expires) if expires else None
    wanted = frozenset(Scope(scope) for scope in scopes)
    _ready(settings)
    key = issue(file, name, scopes=wanted, today=utc_day(), expires=last)
    told = {"name": name, "scopes": sorted(wanted), "expires": expires or None}
    _tell(settings, "keys add", told | {"scopes": ",".join(sorted(wanted))})
    print_message("请立即保存，此密钥不会再次显示")
    answer(told | {"key": key}, [key], as_json=as_json)


def list_command(*, store: Store = "", as_json: Json = False) -> None:
    """Prints every key ever made, without the keys themselves."""
    today = utc_day()
    found = sorted(_file(settings_of(store)).keys(), key=lambda key: (key.created, key.name))
    shown = [_shown(key, today) for key in found]
    answer({"keys": shown}, map(_line, shown), as_json=as_json)


def revoke_command(name: Name, *, store: Store = "", as_json: Json = False) -> None:
    """Ends a key."""
    settings = settings_of(store)
    _ready(settings)
    revoke(_file(settings), name, today=utc_day())
    _tell(settings, "keys revoke", {"name": name})
    answer({"revoked": name}, [f"已吊销 {name}"], as_json=as_json)


def _file(settings: Settings) -> KeyFile:
    found = key_file(settings)
    if found is None:
        raise StoreError("此知识库不是文件，请用环境变量 KG_KEY_FILE 指明密钥文件")
    return found


def _ready(settings: Settings) -> None:
    log = journal(settings)
    if log:
        log.ready()


def _tell(settings: Settings, what: str, details: dict[str, Any]) -> None:
    log = journal(settings)
    if log:
        log.append(Act(what, "complete", details=details), this_user())


def _shown(key: Key, today: date) -> dict[str, Any]:
    dates = {"created": key.created, "expires": key.expires, "revoked": key.revoked}
    return {
        "name": key.name,
        "scopes": sorted(key.scopes),
        "state": key.state(today),
        **{name: day.isoformat() if day else None for name, day in dates.items()},
    }


def _line(shown: dict[str, Any]) -> str:
    opens = "、".join(LABELS[scope] for scope in shown["scopes"])
    until = f"，至 {shown['expires']}" if shown["expires"] else ""
    return f"{shown['name']}  {STATES[shown['state']]}  {opens}（{shown['created']} 建立{until}）"
