"""Prompts of a person's own: changed, used, and taken back."""

import pytest

from composer.errors import WriterError
from composer.post.model import Brief
from composer.writers import own_prompts, prompts
from composer.writers.model import ModelWriter
from tests.writers.harbour import GOOD, Scripted, evidence


@pytest.fixture(autouse=True)
def own(tmp_path, monkeypatch):
    monkeypatch.setenv("POST_COMPOSER_RESOURCES", str(tmp_path / "resources"))
    return tmp_path / "resources" / "prompts"


def test_every_prompt_there_is_can_be_edited():
    found = {prompt.name for prompt in own_prompts.every()}
    ours = prompts.resource("prompts/system.txt").parent
    assert found == {path.name for path in ours.iterdir()}
    assert not any(prompt.changed for prompt in own_prompts.every())
    assert all(prompt.about and prompt.text == own_prompts.original(prompt.name) for prompt in own_prompts.every())


def test_a_changed_prompt_is_what_a_model_is_shown_and_reset_takes_it_back(own):
    saved = own_prompts.save("system.txt", "Write like a fisherman.\n\n")
    assert saved.changed
    assert saved.text == "Write like a fisherman.\n"
    engine = Scripted(GOOD)
    list(ModelWriter(engine).write(evidence(), Brief()))
    assert "Write like a fisherman." in engine.asked[0]
    assert "You are a ghostwriter." not in engine.asked[0]
    assert not own_prompts.reset("system.txt").changed
    assert not (own / "system.txt").exists()
    assert prompts.text("system").startswith("You are a ghostwriter.")
    assert own_prompts.reset("system.txt") == own_prompts.one("system.txt")


def test_saving_ours_takes_the_change_back(own):
    own_prompts.save("list.txt", "Shout.")
    assert not own_prompts.save("list.txt", own_prompts.original("list.txt")).changed
    assert not (own / "list.txt").exists()


def test_words_are_checked_before_they_are_used(own):
    text = own_prompts.original("words.toml")
    changed = text.replace("Tone: dry. Understated, with a straight face.", "Tone: as dry as a ship's biscuit.")
    own_prompts.save("words.toml", changed)
    assert prompts.words("tone", "dry") == "Tone: as dry as a ship's biscuit."
    for bad in (
        "tone = ",
        text.replace("bold =", "loud ="),
        text.replace("[rewrite]", "[other]"),
        "tone = 3",
        "[[tone]]",
    ):
        with pytest.raises(WriterError):
            own_prompts.save("words.toml", bad)
    assert own_prompts.one("words.toml").text.strip() == changed.strip()


@pytest.mark.parametrize("text", ["", " \n ", "x" * (own_prompts.MOST + 1)])
def test_what_no_prompt_can_be(text, own):
    with pytest.raises(WriterError, match="unchanged"):
        own_prompts.save("system.txt", text)
    assert not own.exists()


@pytest.mark.parametrize("name", ["", "other.txt", "../system.txt", "system"])
def test_no_other_file_is_touched(name):
    for call in (own_prompts.one, own_prompts.original, own_prompts.reset, lambda n: own_prompts.save(n, "x")):
        with pytest.raises(WriterError, match="no prompt called"):
            call(name)


def test_one_that_cannot_be_read_can_still_be_reset(own):
    own.mkdir(parents=True)
    (own / "take.txt").write_bytes(b"\xff\xfe\xfa")
    with pytest.raises(WriterError, match="cannot be read"):
        own_prompts.one("take.txt")
    assert not own_prompts.reset("take.txt").changed
