"""A thing the source counts once, and the hour of a day in words."""

from composer.post.grounding import check
from composer.post.grounding.values.numbers import facts

BRIDGE = (
    "The bridge opened in June. It was 268 metres long, with five spans, and carried two railway tracks. "
    "The engineer had wanted a chain bridge in two halves. The town paid for it."
)


def test_a_thing_counted_by_another_number() -> None:
    post = "The bridge had two spans and was 268 metres long."
    assert [(post[one.start : one.end], one.why) for one in check(post, BRIDGE)] == [
        ("two", "The source has five spans, not two.")
    ]
    assert check("The bridge had five spans and two tracks.", BRIDGE) == []


def test_an_hour_in_words() -> None:
    source = "We had a rule, no robot after seven pm, and the parents love it. They eat at half past six pm."
    post = "No robot after nine pm."
    assert [post[one.start : one.end] for one in check(post, source)] == ["nine pm"]
    assert check("No robot after 7 pm.", source) == []
    assert [one.value for one in facts("half past six pm")] == [390.0]
    assert 1140.0 - 720.0 in [one.value for one in facts("from five to seven pm", source=True)]
