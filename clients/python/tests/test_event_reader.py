"""How the stream of events is read, line by line."""

from gapless_client.events import LONGEST_PAUSE_SECONDS, Event, EventReader


def events(reader: EventReader, text: str) -> list[Event]:
    return [event for line in text.split("\n") if (event := reader.read(line)) is not None]


def test_an_event_has_its_kind_its_data_and_its_id() -> None:
    reader = EventReader(None)
    text = ': listening\nretry: 3000\n\nevent: run\nid: 7\ndata: {"title":\ndata: "Oz"}\n\n'
    assert events(reader, text) == [Event("run", {"title": "Oz"}, 7)]
    assert (reader.pause_seconds, reader.headers()) == (3.0, {"Last-Event-ID": "7"})


def test_an_event_without_an_id_does_not_move_the_place_to_continue_at() -> None:
    reader = EventReader(5)
    assert events(reader, "event: transfer\ndata: {}\n\n") == [Event("transfer", {}, None)]
    assert reader.headers() == {"Last-Event-ID": "5"}


def test_an_interrupted_event_is_forgotten() -> None:
    reader = EventReader(None)
    assert events(reader, 'event: run\nid: 8\ndata: {"half": 1}') == []
    reader.begin()
    assert events(reader, "event: book\ndata: {}\n\n") == [Event("book", {}, None)]
    assert reader.headers() == {}


def test_the_pause_before_a_new_connection_is_bounded() -> None:
    reader = EventReader(None)
    assert events(reader, "retry: 99999999\n") == []
    assert reader.pause_seconds == LONGEST_PAUSE_SECONDS
