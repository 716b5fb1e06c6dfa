"""Deliveries: what each phone has, however it asks for it."""

from hypothesis import given
from hypothesis import strategies as st

from coach.http.byte_range import ByteRange
from coach.send.deliveries import Delivery, DeliveryLog, name_device

ANDROID = "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Mobile"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 Version/18.1 Safari/604.1"


class Time:
    """A clock that is set by hand."""

    now_s = 100.0

    def __call__(self) -> float:
        return self.now_s


@given(st.lists(st.integers(0, 30 * 12 - 1), max_size=8))
def test_bytes_that_are_sent_twice_count_once(pieces: list[int]) -> None:
    delivery = Delivery(phone="a phone", name="run.mp3", size_bytes=42)
    sent: set[int] = set()
    for piece in pieces:
        start, length = piece % 30, piece // 30 + 1
        delivery.add(ByteRange(start=start, end=start + length))
        sent |= set(range(start, start + length))
        assert delivery.received_bytes == len(sent)
        assert delivery.is_complete is (len(sent) == 42)


def test_phones_are_named_by_what_they_are() -> None:
    assert [name_device(each) for each in (ANDROID, IPHONE, "curl/8")] == ["Android phone", "iPhone", "device"]


def test_a_delivery_goes_on_after_a_break_and_a_new_version_begins_another() -> None:
    log = DeliveryLog(Time())
    phone = log.visit("192.168.1.5", IPHONE)
    assert (phone, log.phones) == ("iPhone 192.168.1.5", ("iPhone 192.168.1.5",))
    first = log.begin(phone, "run.mp3", 10, "version 1")
    log.add(first, ByteRange(start=0, end=4))
    again = log.begin(log.visit("192.168.1.5", IPHONE), "run.mp3", 10, "version 1")
    log.add(again, ByteRange(start=4, end=10))
    assert first.is_complete
    assert not log.begin(phone, "run.mp3", 10, "version 2").is_complete
    assert not log.begin("Android phone 192.168.1.6", "run.mp3", 10, "version 1").is_complete
    assert len(log.list_deliveries()) == 3
    assert log.phones == (phone,)


def test_it_is_idle_only_while_nothing_is_sent() -> None:
    clock = Time()
    log = DeliveryLog(clock)
    clock.now_s += 5.0
    assert log.measure_idle_s() == 5.0
    log.visit("192.168.1.5", "")
    assert log.measure_idle_s() == 0.0
    with log.send():
        clock.now_s += 700.0
        assert log.measure_idle_s() == 0.0
    clock.now_s += 2.0
    assert log.measure_idle_s() == 2.0
