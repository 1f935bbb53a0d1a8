"""English only: a claim of the source turned into the question it answers, where grammar surely allows.

Only a claim with a helping verb behind a short plain subject changes places: "Pre-training will end" asks "Will
Pre-training End". Every other claim is left as it stands.
"""

import re

from composer.post.grammar import whole
from composer.post.lexicon import frames
from composer.post.tagging import tag
from composer.post.titles import title

_TURNS = re.compile(
    r"^(?P<subject>(?:[\w’'/&.-]+ ){1,5}?)(?P<verb>is|are|was|were|will|can|cannot|should|must|could|"
    r"does(?= not )|do(?= not )) (?P<no>not )?(?P<rest>.+)$"
)
_HEDGE = re.compile(r"(?i)^(?:unquestionably|definitely|really|certainly|probably|largely|very|also|particularly) ")
_SUBJECT = re.compile(
    r"(?i)(?:i|we|you|it|nobody|nothing|no|none|everybody|people|some|most|many|they|he|she|this|that|these|those|there|here|what|who|which|one|to|if|when)\b"
)
MOST = 13
"""Words of a headline; a longer one is read by nobody."""


def question(claim: str) -> str:
    """The question a claim answers, in title case and without its mark; "" where the claim is better left alone."""
    bare = _written(claim.strip().rstrip(".! "))
    found = _TURNS.match(bare)
    if found is None or len(bare.split()) > MOST or re.search(r"[,;:“”\"]", bare):
        return ""
    subject, verb, rest = found["subject"].strip(), found["verb"], found["rest"]
    core = re.sub(r"(?i) as we know it$", "", subject)
    if _SUBJECT.match(core) or not _plain(core) or re.search(r"\b\d{3,}$", bare) or not whole(bare):
        return ""
    if " and " in core and verb in ("is", "was"):
        return ""
    if re.match(
        r"(?i)(?:because|when|where|going|an? (?!\w+ of\b)|the (?:first|same|second)|like|able|about|that|how|why|"
        r"what)\b",
        rest,
    ):
        return ""  # a definition, or nothing anybody would ask
    if re.search(r"(?i)\b(?:I|we|our|my|he|she|they|it)\b", re.sub(r"(?i)as we know it", "", bare)):
        return ""
    low = subject[:1].lower() + subject[1:] if _ordinary(subject.split()[0]) else subject
    if found["no"] or verb == "cannot" or rest.startswith("never "):
        helper = {"cannot": "can"}.get(verb, verb)
        return title(f"Why {helper} {low} {'' if rest.startswith('never ') else 'not '}{rest}")
    rest = _HEDGE.sub("", rest)
    return title(f"{verb} {low} {rest}"[:1].upper() + f"{verb} {low} {rest}"[1:])


def why(label: str, text: str) -> str:
    """A label that is advice as a reader's question: "Why Keep Your Options Open"; "" where it is no advice."""
    words = label.split()
    if len(words) < 2 or not re.search(
        r"(?i)\b(?:must|should|need to|needs to|have to|has to|sense to|important)\b", text
    ):
        return ""
    tags, _ = tag(words[0].lower())
    behind = re.search(rf"(?i)\b(?:to|must|should) {re.escape(label)}\b", text)
    return f"Why {label}" if "VB" in tags and behind and " not " not in text[: behind.start()] else ""


def _written(claim: str) -> str:
    """A title as a sentence has it: words with a capital only at their start lose it, except the first."""
    words = claim.split()
    if len(words) < 3 or sum(word[:1].isupper() for word in words) * 3 < 2 * len(words):
        return claim
    return " ".join([words[0], *(word.lower() if word[1:] == word[1:].lower() else word for word in words[1:])])


def _plain(subject: str) -> bool:
    """Whether a subject is a noun phrase without a clause in it: its last word a noun, no verb before it."""
    words = subject.lower().split()
    if re.fullmatch(r"[\w-]+ and [\w-]+", subject):
        words = [words[0], words[2]]  # "stacks and queues"
    if not words or len(words) > 4 or {"that", "which", "who", "where", "if", "and", "or", "of"} & set(words):
        return False
    tags, _ = tag(words[-1])
    first, _ = tag(words[0])
    noun = bool(tags & {"N", "NS"}) or words[-1] in frames()["plural"] or subject.split()[-1][:1].isupper()
    acting = any(tag(word)[0] & {"VBZ", "VBD", "VBP"} and not tag(word)[0] & {"N", "NS", "ADJ"} for word in words)
    return noun and not acting and not first & {"ADV", "PREP", "SUB"}


def _ordinary(word: str) -> bool:
    """Whether a word that opens a sentence is written small inside one."""
    if word[1:] != word[1:].lower() or len(word) < 2:
        return False
    tags, _ = tag(word.lower())
    return bool(tags - {"PN"})
