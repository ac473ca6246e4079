import threading

import pytest

from api.http.once import Once


def test_a_value_is_made_by_the_first_that_asks() -> None:
    once, made = Once[int](), list[int]()

    def make() -> int:
        made.append(len(made) + 1)
        return made[-1]

    askers = [threading.Thread(target=lambda: once.get(make)) for _ in range(8)]
    for asker in askers:
        asker.start()
    for asker in askers:
        asker.join()
    assert once.get(make) == 1
    assert made == [1]


def test_what_failed_is_tried_again() -> None:
    once = Once[int]()
    with pytest.raises(ZeroDivisionError):
        once.get(lambda: 1 // 0)
    assert once.get(lambda: 7) == 7
