"""Other hooks, and a selection said anew."""

import pytest

from composer.errors import WriterError
from composer.post.model import Brief
from composer.writers import prompts
from composer.writers.redraft import WAYS, hooks, rewrite
from tests.writers.harbour import Scripted, evidence


def test_three_hooks_that_differ():
    engine = Scripted(
        {"headline": ["Who Pays First", "who pays first?", "The Season Moved", "What the Boats Bring", "x"]}
    )
    assert hooks(engine, evidence(), Brief()) == ("Who Pays First", "The Season Moved", "What the Boats Bring")


def test_a_model_that_has_one_hook_only():
    assert hooks(Scripted({"headline": "Who Pays First"}), evidence(), Brief()) == ("Who Pays First",)
    assert hooks(Scripted(), evidence(), Brief()) == ()


@pytest.mark.parametrize("way", WAYS)
def test_a_selection_is_said_anew(way):
    engine = Scripted({"new": "Kelp needs nothing but time."})
    got = rewrite(engine, evidence(), Brief(), "Kelp grows while you sleep, and it needs nothing for it.", way)
    assert got == "Kelp needs nothing but time."
    assert prompts.words("rewrite", way) in engine.asked[0]
    assert engine.asked[0].startswith(beginning())


def beginning() -> str:
    """The beginning every prompt of a family shares."""
    return "<|im_start|>system\nYou are a ghostwriter."


def test_a_part_of_a_line_gets_no_full_stop():
    assert rewrite(Scripted({"new": "Fewer boats."}), evidence(), Brief(), "Less fish, fewer boats") == "Fewer boats"


def test_an_invention_is_refused():
    with pytest.raises(WriterError, match="no other way"):
        rewrite(
            Scripted({"new": "Kelp grows 87 centimetres a day."}), evidence(), Brief(), "Kelp grows while you sleep."
        )
    engine = Scripted({"new": ["Kelp grows 87 centimetres a day.", "Kelp grows almost a hand every day."]})
    said = rewrite(engine, evidence(), Brief(), "Kelp grows on its own while you are asleep.")
    assert said == "Kelp grows almost a hand every day."


def test_the_limits_of_a_selection():
    before = "Kelp grows while you sleep, almost a hand every day."
    engine = Scripted({"new": ["Kelp grows " + "and grows " * 40, "Kelp grows almost a hand every day."]})
    assert rewrite(engine, evidence(), Brief(), before, "shorter") == "Kelp grows almost a hand every day."
    with pytest.raises(WriterError, match="no other way"):  # cut off in the middle, both times
        rewrite(Scripted({"new": "Kelp grows " + "and grows " * 40}), evidence(), Brief(), before, "shorter")


@pytest.mark.parametrize("selection", ["", "   \n"])
def test_nothing_selected(selection):
    with pytest.raises(WriterError, match="nothing to rewrite"):
        rewrite(Scripted(), evidence(), Brief(), selection)


def test_a_long_source_is_shown_where_it_matters():
    engine = Scripted({"new": "Kelp needs nothing but time."}, context=2600)
    rewrite(engine, evidence(60), Brief(), "Kelp grows while you sleep.")
    assert "Kelp grows while you sleep" in engine.asked[0].split("The text:")[0]
