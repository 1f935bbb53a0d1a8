"""English only: title case, and a short claim turned into a question."""

import re

from composer.post.lexis import word_list

BASE = word_list("english_base")
_AUX = r"is|are|was|were|will|can|could|should|would|must|has|have|does|do|may|might"
_CLAIM = re.compile(
    rf"^(?P<subject>[^,;:()“”\"?]{{2,60}}?) (?P<aux>{_AUX}) (?P<not>not )?(?P<rest>[^,;:()?]{{3,70}})$", re.IGNORECASE
)
_BAD_SUBJECT = re.compile(
    r"(?i)\b(?:nobody|nothing|everybody|that|which|who|whom|if|when|because|what|why|how|where|and|but|so|"
    r"it|this|these|those|he|she|they|i|"
    r"you|there|we|us|our|"
    r"think|thinks|say|says|believe|believes|argues?|claims?|would|as|than|while|whether|to|says|said|one|my|your|"
    r"their|his|her|its)\b"
)
_SOFT = re.compile(
    r"(?i)\b(?:unquestionably|definitely|certainly|really|actually|basically|just|simply|obviously|clearly|"
    r"of course|probably|also|literally|indeed|gonna be|very) "
)


def question(claim: str) -> str | None:
    """A short claim as a question without its mark: "X will end." -> "Will X end". None where it does not turn."""
    found = _CLAIM.match(claim.strip().rstrip("."))
    if not found:
        return None
    subject, aux, rest = found["subject"], found["aux"].lower(), found["rest"]
    words = subject.split()
    # "pre-training as we know it" is one subject; other pronouns and clauses make a subject too long to turn.
    bare = re.sub(r"(?i) as we know it\b", "", subject)
    if _BAD_SUBJECT.search(bare) or not 1 <= len(bare.split()) <= 4:
        return None
    if re.match(r"(?i)(?:around|about|roughly|nearly|almost|over|up|one|two|three|four|more|most)\b", bare):
        return None
    if re.search(
        r"(?i)\b(?:first|second|third|next|last|only|thing|things|topic|point|question|decisions?|rest|"
        r"others?)\b",
        bare,
    ):
        return None
    if re.match(r"(?i)[a-z]+ing [\w-]", bare) or len(claim.split()) > 12:
        return None  # "generating the outputs" is an act, and cannot change places with its verb
    if aux in ("do", "does", "have", "has", "may", "might", "would", "must") and not found["not"]:
        return None
    if words[-1].lower() in BASE or words[0].lower() in (
        "not",
        "only",
        "just",
        "like",
        "here",
        "today",
        "now",
        "tonight",
        "in",
        "at",
        "on",
        "for",
        "with",
        "from",
        "of",
        "by",
    ):
        return None
    if re.search(
        r"(?i)\b(?:i|me|my|we|us|our|your|that|which|this|these|those|he|she|they|them|his|her|their|it|"
        r"here|there|now|today)\b",
        rest,
    ):
        return None
    rest = re.sub(r"(?i)^never\b", "ever", _SOFT.sub("", rest + " ").strip())
    loose = (
        r"(?i)^(?:if|when|because|that|as)\b|\b(?:better|worse|more|less|different|same|too|enough|one|"
        r"true|so)$"
    )
    if not 1 <= len(rest.split()) <= 11 or re.search(loose, rest):
        return None
    head = subject if _keeps_case(words[0]) and words[0] != "A" else subject[0].lower() + subject[1:]
    # A denial is asked without its "not": "Is a short week a gift" makes a reader stop and answer.
    return f"{aux.capitalize()} {head} {rest}"


def _keeps_case(word: str) -> bool:
    return not (word[:1].isupper() and word[1:].islower() and word.lower() in _LOWER) and word[:1].isupper()


_LOWER = word_list("english_lower")
_SMALL = word_list("english_small")


def title(text: str) -> str:
    """Title case as English headlines have it; words with capitals of their own keep them."""
    words = text.split(" ")
    out = []
    for at, word in enumerate(words):
        core = word.strip("“”\"'’(),.:;?!")
        if core.lower() in _SMALL and 0 < at < len(words) - 1 and not words[at - 1].endswith(":"):
            out.append(word.lower() if core.islower() or core.istitle() else word)
        elif core and core == core.lower() and core[0].isalpha():
            out.append("-".join(_raise(part, nth) for nth, part in enumerate(word.split("-"))))
        else:
            out.append(word)
    return " ".join(out)


def _raise(part: str, nth: int) -> str:
    if nth and part.lower() in _SMALL:
        return part
    for at, letter in enumerate(part):
        if letter.isalpha():
            # 3.5x and 10th are figures, not words
            return part if part[:at].strip("“\"'(") else part[:at] + letter.upper() + part[at + 1 :]
    return part
