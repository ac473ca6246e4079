"""The open questions put one by one: what is told of each, which key answers it, and why."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol

from api.cli.answers import print_message, print_text
from api.decisions.judging import Asked
from kg.errors import KgError
from kg.model import EntityId
from kg.store.judgements import Sameness
from kg.store.unsettled import Reason
from queries.review import Candidate, OpenQuestion, ReviewList, question_lines
from queries.suggestions import Suggestion

ANSWERS = {"y": Sameness.SAME, "n": Sameness.DIFFERENT, "u": Sameness.UNSURE}
SKIP, QUIT = "s", "q"
CHOICE = "y 是同一  n 不是  u 不确定  s 跳过  q 结束："


class Asking(Protocol):
    """Whoever answers."""

    def line(self, prompt: str) -> str | None:
        """What is answered; None when nobody answers any more."""
        ...


class Keyboard:
    """A person at a terminal."""

    def line(self, prompt: str) -> str | None:
        """See Asking."""
        try:
            return input(prompt)
        except EOFError:
            return None


@dataclass(frozen=True, slots=True)
class Said:
    """A verdict on a candidate of a question, with the reason."""

    question: OpenQuestion
    candidate: Candidate
    verdict: Sameness
    because: str

    @property
    def suggestion(self) -> Suggestion:
        """On which suggestion it is judged."""
        return Suggestion(self.question.reason.value, self.question.score)

    def asked(self, *, by: str, on: str) -> Asked:
        """As a judgement."""
        pair: tuple[EntityId, EntityId] = (self.question.mention.id, self.candidate.entity.id)
        return Asked(pair, self.verdict, by, self.because, on)


class _Done(Exception):  # noqa: N818 - the end of a session, no error
    """Nobody answers any more."""


def put_questions(found: ReviewList, asked: Asking, decided: Callable[[Said], Iterable[str]]) -> int:
    """Asks about each candidate of each question until one is accepted; returns how many were decided.

    `decided` writes a judgement and tells of it; where it fails the session goes on.
    """
    count = 0
    try:
        for number, question in enumerate(found.items, 1):
            print_text(f"—— {number}/{len(found.items)}（共 {found.total} 项）")
            for line in question_lines(question):
                print_text(line)
            count += _put(question, asked, decided)
    except _Done:
        pass
    print_text(f"本次判定 {count} 项；撤回用 kg judge --withdraw ID")
    return count


def _put(question: OpenQuestion, asked: Asking, decided: Callable[[Said], Iterable[str]]) -> int:
    count = 0
    for candidate in question.candidates:
        verdict = _verdict(question, candidate, asked)
        if verdict is None:
            continue
        said = Said(question, candidate, verdict, _reason(asked))
        try:
            told = list(decided(said))
        except KgError as error:
            print_message(f"错误：{error}")
            continue
        count += 1
        for line in told:
            print_text(line)
        if verdict is Sameness.SAME:
            break
    return count


def _verdict(question: OpenQuestion, candidate: Candidate, asked: Asking) -> Sameness | None:
    """None to skip."""
    same = "是同一系统吗" if question.reason is Reason.MAY_BE_ONE else "指的是它吗"
    print_text(f"{question.mention.name} ＝ {candidate.entity.name}（{candidate.of or '单位不明'}）？{same}")
    while True:
        key = _answered(asked, CHOICE)[:1].lower()
        if key == QUIT:
            raise _Done
        if key == SKIP:
            return None
        if key in ANSWERS:
            return ANSWERS[key]


def _reason(asked: Asking) -> str:
    """Why; it cannot be left out."""
    while not (because := _answered(asked, "理由：")):
        print_message("请写明理由")
    return because


def _answered(asked: Asking, prompt: str) -> str:
    line = asked.line(prompt)
    if line is None:
        raise _Done
    return line.strip()
