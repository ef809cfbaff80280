"""Messages wait in the window; none is shown twice."""

from lav_gui.errors import MediaError, SettingsError
from lav_gui.ui.viewmodels.messages import KEPT, Message, MessageKind, MessagesModel


def texts(model: MessagesModel) -> list[str]:
    return [message.text for message in model.shown]


def test_the_same_error_again_is_one_message_with_details() -> None:
    model = MessagesModel()
    for _ in range(3):
        model.report(MediaError("clip.mp4 is not a readable video."))
    (message,) = model.shown
    assert message.kind is MessageKind.ERROR
    assert "MediaError" in message.details
    assert message.can_be_closed


def test_many_errors_do_not_fill_the_window() -> None:
    model = MessagesModel()
    model.warn("weights", "UNTRAINED")
    for number in range(KEPT + 5):
        model.report(MediaError(f"error {number}"))
    assert len(model.shown) == KEPT + 1
    assert texts(model)[0] == "UNTRAINED"
    assert texts(model)[-1] == f"error {KEPT + 4}"


def test_a_banner_stays_until_its_cause_is_gone() -> None:
    model = MessagesModel()
    model.warn("weights", "UNTRAINED")
    assert not model.shown[0].can_be_closed
    model.warn("weights", None)
    assert model.shown == ()


def test_a_question_goes_with_its_answer() -> None:
    model = MessagesModel()
    answers: list[tuple[str, str]] = []
    model.chosen.connect(lambda key, choice: answers.append((key, choice)))
    model.ask("unfinished", "Go on?", (("resume", "Go on"), ("keep", "Keep")))
    model.choose("unfinished", "resume")
    assert answers == [("unfinished", "resume")]
    assert model.shown == ()


def test_a_message_takes_the_place_of_one_with_its_key() -> None:
    model = MessagesModel()
    model.show(Message("a", MessageKind.NOTICE, "first"))
    model.tell("other")
    model.show(Message("a", MessageKind.NOTICE, "second"))
    assert texts(model) == ["other", "second"]


def test_what_is_not_about_the_open_file_outlives_it() -> None:
    model = MessagesModel()
    model.report(MediaError("clip.mp4 is not a readable video."))
    model.report(SettingsError("settings.toml cannot be read; mend it."), stays=True)
    model.clear()
    assert texts(model) == ["settings.toml cannot be read; mend it."]


def test_clearing_is_told_only_when_something_was_there() -> None:
    model = MessagesModel()
    told: list[bool] = []
    model.changed.connect(lambda: told.append(True))
    model.clear()
    assert told == []
    model.tell("x")
    model.clear()
    assert told == [True, True]
    model.dismiss("unknown")
    assert told == [True, True]


def test_banners_stand_above_questions_and_what_passes() -> None:
    model = MessagesModel()
    model.tell("Written.")
    model.ask("unfinished", "Go on?", (("resume", "Go on"),))
    model.warn("weights", "UNTRAINED")
    assert texts(model) == ["UNTRAINED", "Go on?", "Written."]
