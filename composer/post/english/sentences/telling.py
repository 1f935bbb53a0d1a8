"""A sentence as it was said, told as it would be written: whole, attributed, leaning on nothing before it."""

import re

from composer.evidence.model import Evidence, Point
from composer.post.english.grammar import whole
from composer.post.english.sentences.restarts import unbroken
from composer.post.english.sentences.retold import expand, heap, retell, settle
from composer.post.english.sentences.retold import owner as _own
from composer.post.english.sentences.runups import of_whom, plain
from composer.post.english.sentences.shorten import shorten
from composer.post.english.sentences.spoken import Spoken, finish, reason, stands, strip_spoken
from composer.post.english.words.tagging import tag
from composer.post.lexis import word_list
from composer.post.voice import Voices, short_name

MOST_WORDS = 35
LEAST_WORDS = 6
_SENTENCE = re.compile(
    r"(?<!\b[A-Za-z]\.)(?<!\bvs\.)(?<!\betc\.)(?<!\bDr\.)(?<!\bMr\.)(?<!\bNo\.)(?<=[.!…])\s+(?=[^a-z\s])"
)
# The second half of "A, and B" may stand where A leans on what went before.
_SECOND = re.compile(r"(?:;|,? (?:and|but|so)) (?=(?:I|you|we|they|there|the|people|our|every|most|nobody|no)\b)")


# "That process of drying" says what it is: the reader needs no "that".
_OF = re.compile(r"\b(?:that|this) ((?:process|practice|habit|problem|question|feeling|fear|notion) of \w)")
DIGEST = re.compile(
    r"(?i)\b(?:(?:discuss(?:es|ed|ing)|discussions? (?:on|of|about))|"
    r"(?:sparked|caused|drew|led to) (?:controversy|discussion|debate|criticism)|talks? about|"
    r"talked about|revolve[sd]? around|topics (?:such as|like)|"
    r"is about|"
    r"was about|covers|covered|spoke about|speak about|key points include|well-received|upvotes?|engagement|"
    r"describes? the (?:transition|shift|change|move|evolution|state|role|impact|history|development)|"
    r"(?:primarily|mainly) focuse[sd]|the post is|is a detailed|commenters?|the (?:original )?post (?:received|"
    r"fostered)|"
    r"community appears|nature of the post|summary of)\b"
)
"""What only says that something was talked about, and withholds what was said."""


# What recognisers and editors leave in a line, and speech that imitates speech.
_DEBRIS = re.compile(
    r"""[\[\]<>{}|♪#*_]|\d:\d\d|^[^"]*"[^"]*$|"""
    r"""(?i:\blike,? ["“]|\b(?:be|was|were|is|am|are|'s|'m) like,? (?:oh|well|wow|okay|hey|no|yeah)\b)"""
)
# Letters spelled out, as meetings are transcribed: "T_V_", "L_C_D_".
SPELLED = re.compile(r"\b(?:[A-Z]_)+(?:[A-Z]\b)?")
# Contractions as some meetings are transcribed: "they 're", "do n't".
SPACED = re.compile(r"(?<=\w) (?=(?:['’](?:s|re|ve|ll|d|m)|n['’]t)\b)")
# Two verbs where only one can stand: the recogniser, or a restart.
_TWO_VERBS = re.compile(r"(?i)\b(?:is|are|was|were) (?:will|can|is|are|was|were|would|has|have|does|do)\b")
# A small word with a capital in mid-sentence: two sentences that ran together.
_FUSED = re.compile(
    r"(?<=[a-z] )(?:And|But|So|Not|The|It|This|That|They|We|Because|If|Or|Is|Are|In|On|At|You|Who|What|Like|Then|"
    r"There|When|An?|To|Of|For|Most|Some|All|Many|My|Our|Your|He|She|How|Why|Where|From) "
)
_NO_SUBJECT = re.compile(
    r"(?:Wanted|Went|Got|Had|Was|Were|Thought|Felt|Said|Made|Came|Took|Looking|Going|Trying|Talking|Saying|Sounds|"
    r"Seems|Looks|Means|Depends|Makes|Goes|Gets|Happens) "
)
# "Looking at a map is the way to get there": what is done is the subject.
_DOING = re.compile(
    r"(?:Looking|Going|Trying|Talking|Saying) [^,;]{3,60}? (?:is|was|makes|means|helps|takes|will|can) \w"
)


def tell(
    text: str, point: Point, evidence: Evidence, people: Voices, form: Spoken, *, labelled: bool = False
) -> tuple[str, bool] | None:
    """One or two written sentences of a point, and whether they name who says so; None where they cannot stand.

    `labelled` notes (`Data: the need for ...`) need no verb. `text` is a point's or a sentence's own.
    """
    text = SPELLED.sub(lambda found: found[0].replace("_", ""), SPACED.sub("", text))
    if point.role == "speech" and form.language == "en":
        text = unbroken(text)
    if "?" in text or _DEBRIS.search(text):
        return None
    parts = [text] if point.role == "comment" else [part for part in _SENTENCE.split(text) if part and part.strip()]
    out: list[str] = []
    named = False
    for part in parts:
        if out and re.match(r"That (?:the|an?|they|we|you|it|he|she)\b", part):
            break  # of a sentence that a pause cut in two
        told = _one(part, point, evidence, people, form, first=not out, labelled=labelled)
        if told is None and not out:
            told = _second_half(part, point, evidence, people, form)
        if told is None:
            if out:
                break
            if len(parts) == 1:
                return None
            continue
        if out and told[0].startswith("Because "):
            told = (f"{re.sub(r'(?<![.][A-Z])[.]$', '', out.pop())}, b{told[0][1:]}", told[1])
        if out and sum(len(item.split()) for item in [*out, told[0]]) > MOST_WORDS:
            break
        out.append(told[0])
        named = named or told[1]
    joined = " ".join(out)
    return (joined, named) if len(joined.split()) >= (3 if labelled else LEAST_WORDS) else None


def denied_before(said: str, kept: str) -> bool:
    """Whether what was taken off the front of a sentence ended in a denial of what is kept: "no one" -> "one"."""
    at = said.lower().find(" ".join(kept.lower().split()[:3]))
    front = said[:at].rstrip().lower() if at > 0 else ""
    return bool(re.search(r"(?:\b(?:no|not|never|nobody|none|neither|nor|cannot|hardly|without)|n['’]t)$", front))


def follow(text: str, point: Point, evidence: Evidence, people: Voices, form: Spoken) -> str | None:
    """A sentence told as the second of two: it may lean on the first, and begin with "because"."""
    text = unbroken(text) if point.role == "speech" else text
    front = re.match(r"(?P<front>(?:[\w’',-]+ ){3,}[\w’'-]+) (?:—|–|--) [^—–]+$", text)
    if front and re.search(r"\d", front["front"]):
        text = front["front"] + "."  # the figure, without what is added behind it
    if "?" in text or len(_SENTENCE.split(text)) > 1:
        return None
    because = re.match(
        r"(?i)(?:(?:and|but|so),? )?(?:(?:that|this|it)(?:['’]s| is) (?:just |only |mostly |mainly )?)?because (?=\w)",
        text,
    )
    body = text[because.end() :] if because else text
    told = _one(body, point, evidence, people, form, first=bool(because), labelled=False)
    if told is None or (told[1] and not told[0].startswith("The team ")):
        return None
    return f"Because {lower_first(told[0])}" if because else told[0]


def _second_half(part: str, point: Point, evidence: Evidence, people: Voices, form: Spoken) -> tuple[str, bool] | None:
    for found in _SECOND.finditer(part):
        rest = part[found.end() :]
        if len(rest.split()) >= 7 and not re.match(r"(?i)then\b", rest):
            told = _one(rest, point, evidence, people, form, first=True, labelled=False)
            if told is not None:
                return told
    return None


# "With regard to your second question, Mira, we have ...": said to one who asked.
_ANSWERS = re.compile(
    r"(?i)^(?:(?:and|so|but|now|well|okay|yes),? )*(?:with (?:regards?|respect) to|regarding|as (?:to|for)|"
    r"in (?:answer|response|reply) to|on|to answer|to) (?:your (?:\w+ ){0,3}(?:questions?|points?|comments?|remarks?)|"
    r"the (?:first|second|third|last|other) (?:part of (?:the|your) )?(?:question|half|part)),? "
    r"(?:(?-i:[A-Z])[\w’'-]+, )?(?=\w)"
)


# "Madam Chair, the harbour is shut", "as I said on Monday, the harbour is shut", "thanks Mira, the harbour is shut".
_CHAIR = re.compile(
    r"(?i)^(?:(?:thanks?|thank you),? )?(?:(?:madam|mister|mr\.?|mrs\.?|deputy) (?:chair(?:man|woman|person)?|speaker|"
    r"president|minister), |as (?:I|we)(?:['’]ve| have)? (?:just |already )?(?:said|mentioned)[^,]{0,20}, "
    r"|(?<=thanks )(?-i:[A-Z])[\w’'-]+, |(?<=thank you )(?-i:[A-Z])[\w’'-]+, |(?<=you, )(?-i:[A-Z])[\w’'-]+, )(?=\w)"
)


def _one(
    part: str, point: Point, evidence: Evidence, people: Voices, form: Spoken, *, first: bool, labelled: bool
) -> tuple[str, bool] | None:
    if point.role == "speech" and form.language == "en":
        part = of_whom(plain(_CHAIR.sub("", _ANSWERS.sub("", part))), _before(point, evidence))
    told = reason(strip_spoken(part, form)) if point.role == "speech" else strip_spoken(part, form)
    if denied_before(part, told) or DIGEST.search(told):
        return None
    settled = _english(told, point, evidence, people, form, labelled)
    if settled is None:
        return None
    told, named = settled
    # "One speaker thinks" leans on nothing, as "one is" would.
    if not stands(re.sub(r"(?i)^one speaker\b", "The speaker", told), form, opening=first):
        return None
    short = shorten(told, MOST_WORDS)
    if short is None or (not labelled and _verbless(short)):
        return None
    return finish(short, form.language, keep=tuple(name for name in (people.author, point.speaker) if name)), named


def _english(
    told: str, point: Point, evidence: Evidence, people: Voices, form: Spoken, labelled: bool
) -> tuple[str, bool] | None:
    name = people.of(point.speaker) if point.role != "comment" else point.speaker or people.somebody
    told = strip_spoken(expand(told), form)
    told = strip_spoken(settle(told), form)
    told = _whose(told, point, evidence, people)
    told = _attributed(told, point, name, evidence)
    again = retell(told, name, group=people.group)
    if again is None:
        return None
    named = again != told or bool(people.short and people.short in again)
    again = strip_spoken(settle(again), form)
    if point.role == "speech":  # "also" behind the subject adds to a sentence the reader has not read
        again = re.sub(r"^((?:\w+ ){1,2})also (?=[a-z])", r"\1", again)
        again = _OF.sub(r"the \1", again)
    again = re.sub(
        r"(?i)^(?:for example|for instance|to clarify|ideally|sadly|"
        r"honestly),? (?=\w)",
        "",
        again,
    )
    again = re.sub(r"(?i)^(?:(?:and )?finally|lastly|first of all|second(?:ly)?|third(?:ly)?), (?=\w)", "", again)
    again = _MANY_THERE.sub(_there_are, again)
    again = re.sub(
        r"(?i)\b(who|he|she|it|that) is just (joined|arrived|started|finished|left|"
        r"gone)\b",
        r"\1 has just \2",
        again,
    )
    again = re.sub(
        r"\b(thinks|believes|argues) (?:that )?(?:in particular|in general|actually|basically|in fact|of course|again|"
        r"at the end of the day|overall|honestly),? (?=\w)",
        r"\1 ",
        again,
    )
    if re.match(r"(?:To|For) [A-Z]\w+ (?:is|was|\w+ed)\b", again):
        return None
    raised = again[:1].upper() + again[1:]
    if _TWO_VERBS.search(again) or _FUSED.search(again) or (_NO_SUBJECT.match(raised) and not _DOING.match(raised)):
        return None
    if re.match(
        r"(?i)(?:is|are|was|were|do|does|did|can|could|has|have|had|will|would|should|let us|"
        r"let)\b",
        again,
    ):
        return None
    if not labelled and _verbless(again):
        return None
    return again, named


# "There's a lot of ropes", "there is often sailors": what there is, is many.
_MANY_THERE = re.compile(
    r"(?i)^there is (?=(?:(?:a lot of|lots of|many|some|a few|several|two|three) )?(?:(?!an?\b|one\b|no\b)\w+ )?"
    r"(?P<noun>people|\w+[^su\W]s) )"
)


def _there_are(found: re.Match[str]) -> str:
    """ "There are", where a noun in the plural comes next: "always" and "perhaps" are none."""
    noun = found["noun"].lower()
    return "There are " if noun == "people" or ("NS" in tag(noun)[0] and "ADV" not in tag(noun)[0]) else found[0]


def _verbless(text: str) -> bool:
    """Whether no verb carries a sentence: none of the usual ones, and none that the grammar finds behind a noun."""
    if not heap(text):
        return False
    if _CLAUSED.search(text) or not whole(text.rstrip(".! ")):
        return True
    words = re.findall(r"[\w'’-]+", text)
    classes = [tag(word.lower())[0] for word in words]
    for at in range(1, min(len(words) - 1, 12)):
        behind = (
            classes[at - 1] & {"N", "NS", "PRON"} and not words[at].endswith("ed") and not words[at - 1].endswith("ing")
        )
        acts_ = "VBZ" in classes[at] and classes[at + 1] & {"DET", "ADV", "NUM", "POSS", "PRON"}
        if behind and (acts_ or ("VBP" in classes[at] and "NS" in classes[at - 1] and not classes[at] & {"N", "NS"})):
            return False
    return True


# A clause has a verb of its own, and carries nothing.
_CLAUSED = re.compile(
    r"(?i)^(?:if|when|once|unless|because|although|though|while|as|since|whenever|after|before|until|each|rules?|how|"
    r"why|what|where)\b|\b(?:that|which|who|whose|where|what|how|depending)\b"
)


def _whose(text: str, point: Point, evidence: Evidence, people: Voices) -> str:
    """In a report, "he" or "the author" is the person it reports on, "they" those the sentence before names."""
    if point.role == "speech" and people.kind in ("talk", "conversation"):
        return text
    who = short_name(people.about) if people.about and people.kind != "thread" else people.short
    if people.kind == "thread" and people.author:
        who = None
        text = re.sub(r"(?i)^the (?:author|poster|original poster|op)\b", people.author, text)
        text = re.sub(r"(?i)^the original post\b", "The post", text)
    if who:
        text = re.sub(r"(?i)^(?:he|she) (?=\w)", who + " ", text)
        text = re.sub(r"(?i)^(?:his|her) (?=\w)", _own(who) + " ", text)
        text = re.sub(r"(?i)^((?:although|while|though|when|because) )(?:he|she) (?=\w)", rf"\1{who} ", text)
    if re.match(r"They (?:also )?\w", text):
        before = _people_before(point, evidence)
        if before:
            text = re.sub(r"^They (?=also |\w)", before[0].upper() + before[1:] + " ", text)
    return text


def _before(point: Point, evidence: Evidence) -> str:
    """The two sentences before a point's own, of the same source; "" where there is none."""
    rows = evidence.sentences[max(0, point.sentence - 2) : max(0, point.sentence)]
    return " ".join(sentence.text for sentence in rows if sentence.source == point.source)


def _people_before(point: Point, evidence: Evidence) -> str | None:
    """The plural of people that the last sentences end on: `... among industry professionals, including X and Y`."""
    for back in range(1, 4):
        at = point.sentence - back
        if point.sentence < 0 or at < 0 or evidence.sentences[at].source != point.source:
            return None
        found = re.search(
            r"\b(?:among|by|with|from|of|between|for)(?: the| some| many)? ((?:[\w-]+ )?[a-z-]+s),? (?:including|"
            r"such as|like)\b",
            evidence.sentences[at].text,
        )
        if found:
            return found[1]
    return None


def _attributed(text: str, point: Point, name: str, evidence: Evidence) -> str:
    """A comment belongs to who wrote it; a note about a comment says what that person does in it."""
    note = re.match(r"(?i)^\W*comment by ([\w.-]+)\W*[:：]\**\s*(\w+)(.*)$", text)
    if note:
        return f"{note[1]} {note[2].lower()}{note[3]}"
    if point.role != "comment" or name in text:
        return text
    if re.match(
        r"[A-Z][a-z]+s (?:the|a|an|for|on|into|that|how|several|different|some|more|insights?|with|to)\b", text
    ):
        return f"{name} {text[0].lower()}{text[1:]}"
    if not re.search(r"\bI\b", text):
        return f"For {name}, {_small(text, evidence)}"
    return text


def _small(text: str, evidence: Evidence) -> str:
    """`text` with a small first letter, unless its first word has capitals of its own or is a name in the source."""
    word = re.match(r"[\w'’-]+", text)
    if not word or word.group()[1:] != word.group()[1:].lower() or word.group() == "I":
        return text
    inside = re.compile(rf"(?<=[a-z,] ){re.escape(word.group())}\b")
    return text if any(inside.search(sentence.text) for sentence in evidence.sentences) else text[0].lower() + text[1:]


def lower_first(text: str, common: frozenset[str] = frozenset()) -> str:
    """`text` with a small first letter where its first word is an ordinary one, or one of `common`."""
    word = re.match(r"[\w'’-]+", text)
    if word and word.group()[1:] == word.group()[1:].lower() and word.group().lower() in _OPEN | common:
        return text[0].lower() + text[1:]
    return text


_OPEN = word_list("telling_open")
