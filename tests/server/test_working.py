"""One thread asks, another one does, and a signal breaks off what it is at."""

from __future__ import annotations

import signal
import threading
import time

from notesite.server.working import Work


def test_it_is_done_in_turn_and_what_comes_of_it_is_handed_back() -> None:
    work = Work()
    seen: list[int] = []

    def divide() -> float:
        seen.append(len(seen))
        return 1 / seen[-1]

    infinite, one = work.ask(divide), work.ask(divide)
    work.end()
    third = work.ask(divide)
    work.do()
    assert seen == [0, 1]
    assert isinstance(infinite.exception(0), ZeroDivisionError)
    assert one.result(0) == 1
    assert not third.done()


def test_what_nobody_waits_for_any_more_is_not_begun() -> None:
    work = Work()
    seen: list[int] = []
    assert work.ask(lambda: seen.append(1)).cancel()
    work.end()
    work.do()
    assert seen == []


def test_a_signal_breaks_off_what_is_done() -> None:
    work = Work()
    before = signal.signal(signal.SIGUSR1, lambda *_: work.stop())
    main = threading.main_thread().ident
    assert main
    ended: list[str] = []

    def sleep() -> None:
        try:
            time.sleep(10)
        finally:
            ended.append("cleaned up")
            # Whoever asks twice does not break off the cleaning up.
            signal.pthread_kill(main, signal.SIGUSR1)
            ended.append("to the end")

    slow, never = work.ask(sleep), work.ask(lambda: ended.append("begun"))
    timer = threading.Timer(0.1, signal.pthread_kill, (main, signal.SIGUSR1))
    timer.start()
    begin = time.monotonic()
    try:
        work.do()
    finally:
        signal.signal(signal.SIGUSR1, before)
        timer.join()
    assert time.monotonic() - begin < 5
    assert ended == ["cleaned up", "to the end"]
    assert not slow.done()
    assert not never.done()


def test_stopped_before_it_began_it_does_nothing() -> None:
    work = Work()
    work.stop()
    asked = work.ask(lambda: 1)
    work.do()
    assert not asked.done()
