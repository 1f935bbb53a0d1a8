"""English only: a speaker's sentence told by a writer, and a claim turned into a question."""

import re

# Past forms that do not end in -ed, so that "I went" keeps its form and "I go" becomes "goes".
_PAST = frozenset(
    """was were had did went got made said told took came saw knew thought found gave kept left felt brought began
    became built bought caught chose drew drove ate fell fought flew forgot grew heard held hit hurt led lost meant met
    paid put ran read rode rose sent set shot showed shut sang sat slept spoke spent stood swam taught threw understood
    woke wore won wrote broke dealt dug froze hid laid lay lent lit quit sold shook struck swore tore learnt could would
    should might must will can may shall ought used cut let cost stuck sought spun wound""".split()
)
_MODAL = frozenset("could would should might must will can may shall cannot".split())
_ADVERB = (
    r"(?:(?:just|really|also|still|always|never|personally|certainly|probably|strongly|actually|simply|often|usually|"
    r"sometimes|generally|kind of|sort of|definitely|truly|firmly|honestly|totally|absolutely|now|then|already|even|"
    r"only|obviously|literally|basically|clearly|mostly|completely|fully|quite|rather|first|recently|finally|once|"
    r"originally|currently|deeply|genuinely|very much|somewhat|especially|particularly|initially|eventually|rarely)\s+)*"
)
_WE_PAST = re.compile(rf"\bwe(?:'d)?\s+{_ADVERB}(\w+)\b(?:\s+(\w+))?", re.IGNORECASE)
_SHORT = [
    (r"\b(can)(?:'|’)t\b", r"\1not"),
    (r"\b(w)on(?:'|’)t\b", r"\1ill not"),
    (r"\bain(?:'|’)t\b", "is not"),
    (r"\b(\w+)n(?:'|’)t\b", r"\1 not"),
    (r"\b(i)(?:'|’)m\b", r"\1 am"),
    (r"\b(\w+)(?:'|’)re\b", r"\1 are"),
    (r"\b(\w+)(?:'|’)ve\b", r"\1 have"),
    (r"\b(\w+)(?:'|’)ll\b", r"\1 will"),
    (r"\b(it|that|there|what|he|she|here|who|where|how|this|everything|nothing|something)(?:'|’)s (been|got|had|become|gone)\b", r"\1 has \2"),
    (r"\b(it|that|there|what|he|she|here|who|where|how|this|everything|nothing|something|everyone|everybody)(?:'|’)s\b", r"\1 is"),
    (r"\b(let)(?:'|’)s\b", r"\1 us"),
    (r"\b(i|you|we|they|he|she|it)(?:'|’)d (better|been|had)\b", r"\1 had \2"),
    (r"\b(i|you|we|they|he|she|it|that|there)(?:'|’)d\b", r"\1 would"),
    (r"\b(g)onna\b", r"\1oing to"),
    (r"\b(w)anna\b", r"\1ant to"),
    (r"\bgotta\b", "have to"),
    (r"\b(?:'|’)?(?:cause|cuz)\b(?= (?:it|they|we|you|the|there|that|if|he|she|i)\b)", "because"),
    (r"\bthings like that\b", "the like"),
    (r"\b(a) (?:ton|bunch|whole bunch) of\b", r"\1 lot of"),
]
_SHORT_RE = [(re.compile(pattern, re.IGNORECASE), put) for pattern, put in _SHORT]


def expand(text: str) -> str:
    """Contractions written out, as a text is written and not as it is spoken."""
    for pattern, put in _SHORT_RE:
        text = pattern.sub(put, text)
    return text


def third(verb: str) -> str:
    """The verb as it follows a name: think -> thinks, try -> tries; past forms and modals as they are."""
    low = verb.lower()
    if low in ("am", "have", "do"):
        return {"am": "is", "have": "has", "do": "does"}[low]
    if low in _PAST or low.endswith("ed") and len(low) > 4 and low not in ("need", "proceed", "exceed", "succeed"):
        return verb
    if re.search(r"(?:s|x|z|ch|sh|o)$", low):
        return verb + "es"
    if re.search(r"[^aeiou]y$", low):
        return verb[:-1] + "ies"
    return verb + "s"


def retell(text: str, name: str) -> str | None:
    """The sentence with its "I" told of `name`, or None where that cannot be done without inventing.

    "I don't think X" -> "Name does not think X"; "and I saw" -> "and saw"; "my" -> "Name’s". Past "we" is the team.
    `text` has no contractions (see `expand`).
    """
    out = _team(text)
    if not re.search(r"\b(?:I|me|my|mine|myself)\b", out):
        return out
    # "To me, X" and "in my opinion" say who thinks so; other uses of "me" have no name to stand for them.
    out = re.sub(rf"(?i)^(?:to|for) me,? ", f"To {name}, ", out)
    out = re.sub(r"(?i)\b(?:in|to) my (?:opinion|view|mind)\b", f"in {_own(name)} view", out)
    out = re.sub(r"(?i)\b(and|but|because|so) (I) (think|guess|believe|feel) (?:that )?(?=\w)", r"\1 ", out)
    subjects = list(re.finditer(r"\bI\b", out))
    if len(subjects) > 2 or re.search(r"\b(?:me|mine|myself)\b", out):
        return None
    if re.search(r"(?i)\bif I\b|\bwhen I was\b|\bI (?:do not know|am not sure|forget|forgot|remember|hesitate|wish)\b", out):
        return None
    if len(subjects) == 2:
        joined = re.sub(rf"(\b(?:and|but|or),? )I ({_ADVERB})(\w+)", lambda m: m[1] + m[2] + _agree(m[3]), out, count=1)
        if len(re.findall(r"\bI\b", joined)) != 1:
            return None
        out = joined
    out = re.sub(rf"\bI ({_ADVERB})(do|am|have|\w+)( not)?(?: (\w+))?", lambda m: _subject(m, name), out, count=1)
    mentions = len(re.findall(r"\bmy\b", out, re.IGNORECASE))
    if mentions > 1 or mentions and name in out:
        return None
    out = re.sub(r"\bmy\b", _own(name), out, flags=re.IGNORECASE)
    return None if re.search(r"\b(?:I|me|mine|myself)\b", out) else out


def _own(name: str) -> str:
    return name + ("’" if name.endswith("s") else "’s")


def _agree(verb: str) -> str:
    return verb if verb.lower() in _MODAL else third(verb)


def _subject(found: re.Match[str], name: str) -> str:
    adverb, verb, negated, after = found[1], found[2], found[3] or "", found[4]
    adverb = re.sub(r"(?i)\b(?:just|really|personally|actually|kind of|sort of|honestly|totally|obviously|literally|basically)\s+", "", adverb)
    rest = f" {after}" if after else ""
    if verb.lower() == "do" and not negated and after and after.lower() not in ("the", "a", "an", "it", "that", "this", "so", "my"):
        return f"{name} {adverb}{third(after)}"  # "I do think" -> "Name thinks"
    return f"{name} {adverb}{_agree(verb)}{negated}{rest}"


_COMMON_VERBS = frozenset(
    """have has is are were do need want know think see say call use keep get make take live can could will would should
    must may might cannot believe expect understand""".split()
)


def _team(text: str) -> str:
    """Past "we" is a group that did something: the team. Present "we" means people at large, and stays."""
    past = False
    for found in _WE_PAST.finditer(text):
        verb = found[1].lower()
        if verb in _MODAL or verb in ("used", "read", "put", "set", "cut", "hit", "let", "cost") and not _past_around(text):
            continue
        past = past or verb in _PAST or verb.endswith("ed") and verb not in _COMMON_VERBS | {"need", "proceed", "succeed"}
    if not past:
        return text
    text = re.sub(r"\b[Ww]e\b", "the team", text, count=1)
    text = re.sub(r"\b[Ww]e\b", "they", text)
    text = re.sub(r"\b[Oo]ur\b", "their", text)
    text = re.sub(r"\b(?:us|ourselves)\b", "them", text)
    return text.replace("the team have ", "the team has ").replace("the team are ", "the team is ").replace("the team were ", "the team was ")


def _past_around(text: str) -> bool:
    words = re.findall(r"[a-z]+", text.lower())
    return any(word in _PAST - _MODAL - {"used", "read", "put", "set", "cut", "hit", "let", "cost"} for word in words)


_AUX = r"is|are|was|were|will|can|could|should|would|must|has|have|does|do|may|might"
_CLAIM = re.compile(rf"^(?P<subject>[^,;:()“”\"?]{{2,60}}?) (?P<aux>{_AUX}) (?P<not>not )?(?P<rest>[^,;:()?]{{3,70}})$", re.IGNORECASE)
_BAD_SUBJECT = re.compile(
    r"(?i)\b(?:that|which|who|whom|if|when|because|what|why|how|where|and|but|so|it|this|these|those|he|she|they|i|you|there|"
    r"think|thinks|say|says|believe|believes|argues?|claims?|would|as|than|while|whether|to|says|said|one|my|your|"
    r"their|his|her|its)\b"
)
_SOFT = re.compile(r"(?i)\b(?:unquestionably|definitely|certainly|really|actually|basically|just|simply|obviously|clearly|of course|probably|also|literally|indeed|gonna be|very) ")


def question(claim: str) -> str | None:
    """A short claim as a question without its mark: "X will end." -> "Will X end". None where it does not turn."""
    found = _CLAIM.match(claim.strip().rstrip("."))
    if not found:
        return None
    subject, aux, rest = found["subject"], found["aux"].lower(), found["rest"]
    words = subject.split()
    # "pre-training as we know it" is one subject; other pronouns and clauses make a subject too long to turn.
    if _BAD_SUBJECT.search(re.sub(r"(?i)\bas we know it\b", "", subject)) or not 1 <= len(words) <= 7:
        return None
    if aux in ("do", "does", "have", "has", "may", "might", "would", "must") and not found["not"]:
        return None
    if words[-1].lower() in _COMMON_VERBS or words[0].lower() in ("not", "only", "just", "like", "here", "in", "at", "on", "for", "with", "from", "of", "by"):
        return None
    if re.search(r"(?i)\b(?:i|me|my|that|which|this|these|those|he|she|they|them|his|her|their|it)\b", rest):
        return None
    rest = _SOFT.sub("", rest + " ").strip()
    if not 1 <= len(rest.split()) <= 11:
        return None
    head = subject if _keeps_case(words[0]) else subject[0].lower() + subject[1:]
    middle = "not " if found["not"] else ""
    return f"{aux.capitalize()} {head} {middle}{rest}"


def _keeps_case(word: str) -> bool:
    return not (word[:1].isupper() and word[1:].islower() and word.lower() in _LOWER) and word[:1].isupper()


_LOWER = frozenset("the a an our your some most many all every each any no people we one more".split())
_SMALL = frozenset("a an the and but or nor for of in on at to by as from with into over vs via per if".split())


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
