"""Answers are worked out once for each question, whoever asks, and failures are not remembered."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from api.http.remembered import LARGEST, RememberedAnswers


def test_equal_questions_asked_at_once_are_worked_out_once() -> None:
    answers, made, gate = RememberedAnswers(), list[int](), threading.Event()

    def make() -> bytes:
        made.append(1)
        gate.wait(5)
        return b"answer"

    with ThreadPoolExecutor(8) as pool:
        asked = [pool.submit(answers.get, ("need", 1), make) for _ in range(8)]
        gate.set()
        assert {one.result() for one in asked} == {b"answer"}
    assert len(made) == 1


def test_no_more_than_two_are_worked_out_at_a_time() -> None:
    answers, lock = RememberedAnswers(), threading.Lock()
    running, most = 0, 0

    def make() -> bytes:
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        threading.Event().wait(0.01)
        with lock:
            running -= 1
        return b""

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda question: answers.get(question, make), range(12)))
    assert most == 2


def test_a_failure_is_told_and_asked_again() -> None:
    answers = RememberedAnswers()

    def fail() -> bytes:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        answers.get("need", fail)
    assert answers.get("need", lambda: b"yes") == b"yes"


def test_the_oldest_and_the_large_are_forgotten() -> None:
    answers = RememberedAnswers(most=2)
    for question in ("a", "b", "c"):
        answers.get(question, lambda: b"first")
    assert [answers.get(question, lambda: b"again") for question in ("b", "c", "a")] == [
        b"first",
        b"first",
        b"again",
    ]
    large = b"x" * (LARGEST + 1)
    assert answers.get("large", lambda: large) == large
    assert answers.get("large", lambda: b"again") == b"again"
