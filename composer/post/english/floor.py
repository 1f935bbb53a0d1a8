"""Who has the floor: where an unlabelled talk is asked something, and its audience speaks."""

import re

from composer.evidence.model import Evidence

_OPENS_FLOOR = re.compile(
    r"(?i)\b(?:i have a question|question for you|my name is|thank(?:s| you) for (?:the|your) (?:great |wonderful |"
    r"amazing )?(?:talk|presentation)|"
    r"wanted to ask|want to ask(?! (?:yourself|ourselves|themselves)\b)|"
    r"i was wondering|questions? from the audience|our first question|next question)\b"
)


def asking_floor(evidence: Evidence) -> frozenset[int]:
    """Sentences after the floor was opened in the last half of a talk: there the first person may be anybody's."""
    found: set[int] = set()
    spans: dict[int, list[int]] = {}
    for index, sentence in enumerate(evidence.sentences):
        spans.setdefault(sentence.source, []).append(index)
    for rows in spans.values():
        late = rows[len(rows) * 2 // 5 :]
        opened = next((index for index in late if _OPENS_FLOOR.search(evidence.sentences[index].text)), None)
        if opened is not None:
            found.update(index for index in rows if index >= opened)
    return frozenset(found)


_ADDRESSED = re.compile(
    r"(?i)\byou(?:['’]ve| have)? (?:do not |don['’]t )?(?:think|talk|talked|said|say|mentioned|put|wrote|work)\b"
)


def two_voices(evidence: Evidence) -> bool:
    """Whether an unlabelled talk is a conversation: questions are answered, and somebody is asked what "you" think."""
    addressed = sum(bool(_ADDRESSED.search(sentence.text)) for sentence in evidence.sentences)
    return addressed > 1 and bool(questioners(evidence))


_ANSWERS = re.compile(
    r"(?i)(?:and |but |so |well,? |yeah,? |actually,? )*(?:i (?:do |just |would |also )?(?:think|mean|guess|"
    r"believe)|yes|"
    r"yeah|no|right|sure|exactly|absolutely)\b"
)


_TURNED = re.compile(
    r"(?i)^\W*(?:so |and |but )?(?:what|why|how|when|where|who|which|do|does|did|is|are|can|could|would|"
    r"should|will|have|has)\b|"
    r"\b(?:would|could|can|do|does|did|is|are|will|should|have|has) (?:that|it|this|you|they|there|people)\b"
)


def questioners(evidence: Evidence) -> frozenset[int]:
    """Sentences of an unlabelled talk that may be a questioner's: between a question and the answer to it, and the
    two before a question that says "you". Empty where voices are labelled or nobody is asked anything."""
    found: set[int] = set()
    for number, source in enumerate(evidence.sources):
        rows = [index for index, sentence in enumerate(evidence.sentences) if sentence.source == number]
        asked = [at for at, index in enumerate(rows) if evidence.sentences[index].text.rstrip().endswith("?")]
        if source.speakers or source.kind != "talk" or not len(asked) >= 2 or len(rows) > 120:
            continue
        for at in asked:
            question_ = evidence.sentences[rows[at]].text
            if not _TURNED.search(question_) or re.match(
                r"(?i)(?:do|should|what do|how do|can) (?:we|"
                r"i)\b",
                question_,
            ):
                continue
            for after in rows[at + 1 : at + 4]:
                if _ANSWERS.match(evidence.sentences[after].text):
                    break
                found.add(after)
            if re.search(r"(?i)\byou(?:r|'ve|'re)?\b", question_) and re.match(
                r"(?i)\W*(?:so |and |but )?(?:what|why|how|do|did|would|are|is|have|could)\b", question_
            ):
                for before in reversed(rows[max(0, at - 2) : at]):
                    if _ANSWERS.match(evidence.sentences[before].text):
                        break
                    found.add(before)
    return frozenset(found)
