"""English only: the run-up that a speaker takes to a claim, taken off: "What really happened is that X" -> "X".

What is left is the claim whole, with every "not", "if" and "unless" it has. A run-up that denies, doubts or gives the
claim to somebody else stays, and so does one that says more than that something follows.
"""

import re

from composer.post.english.grammar import whole
from composer.post.english.sentences.retold import expand
from composer.post.english.words.tagging import tag

# Who is told, whom a run-up quotes, what it denies: nothing of that may be taken off.
_KEEPS = re.compile(
    r"(?i)\b(?:not|no|never|nobody|nothing|none|neither|nor|hardly|without|if|unless|except|but|only|would|could|"
    r"might|may|should|or|doubt\w*|den(?:y|ies|ied)|claims?|claimed|myth|wrong|false|lie|hope\w*|fear\w*|wish\w*|"
    r"believe\w*|"
    r"think\w*|thought|assum\w+|pretend\w*|suppos\w+|say|says|said|saying|argu\w+|tells?|told|telling|suggest\w*|"
    r"wonder\w*|expect\w*|want\w*|used to|difference|problem|trouble|risk|danger|critic\w*)\b|n['’]t\b"
)
_NOUN = (
    r"(?:thing|truth|point|fact|reality|lesson|message|news|result|upshot|conclusion|bottom line|takeaway|insight|"
    r"finding|principle|rule|advice|piece of advice|bit of advice)s?"
)
_GRADE = (
    r"(?:(?:first|second|third|fourth|fifth|last|next|other|main|real|simple|sad|hard|plain|big|biggest|key|central|"
    r"important|most \w+|great|good|bad|basic|best|one|interesting|surprising|shocking|amazing|critical) )*"
)
_WHAT = re.compile(
    r"(?i)^what(?:['’]s| is| has| was)? (?:(?:really|actually|also|now) )?(?P<mid>\w[^;:?]{2,110}?),? (?:is|"
    r"was) that (?P<rest>\w.*)$",
    re.DOTALL,
)
_THE = re.compile(
    rf"(?i)^(?:the|one|another|a) {_GRADE}{_NOUN} (?P<mid>(?:that|which|here|about|you|we|I|to|"
    rf"of all)\b[^;:?]{{0,90}}?)"
    rf",? (?:is|was),? (?:that |really that )(?P<rest>\w.*)$",
    re.DOTALL,
)
# "The second thing Mira is saying is that X": who said so is the speaker's own source, and agreed with.
_TEACHES = re.compile(
    rf"(?i)(?:^|(?<=\w ))the {_GRADE}(?:thing|point|lesson|principle) (?:that )?(?P<who>[\w’'-]+(?: [A-Z][\w’'-]+)?) "
    r"(?:is|was) (?:saying|telling us|teaching(?: us)?) is,? (?:that )?(?P<rest>\w.*)$",
    re.DOTALL,
)
_FACT = re.compile(
    r"(?i)^(?:all (?:of )?)?(?:this|that|it|which) (?:is |was |all |really |rapidly |slowly |simply |basically )*"
    r"(?:progressing|leading|pointing|heading|moving|coming down|boiling down|leads?|led|comes?|came|boils?|boiled|"
    r"points?|pointed|amounts?|goes|went|speaks?)(?: us| you)?(?: back| down)? (?:to|towards?) the (?:\w+ )?fact "
    r"that (?P<rest>\w.*)$",
    re.DOTALL,
)
_CLEAR = re.compile(
    r"(?i)^I (?:just |really |also )?(?:want|need|would like|have) to (?:make|be) (?:it |this )?(?:\w+ly |very |"
    r"crystal )*"
    r"clear(?: (?:to|with|for) (?:you|you all|all of you|everyone|everybody))?(?: all)?(?:,|:| that|"
    r", that) (?P<rest>\w.*)$",
    re.DOTALL,
)
_WORSE = re.compile(
    r"(?i)^(?:and |as )*if (?:that|this|all (?:of )?that|it) (?:was|were|is)(?: not|n['’]t) (?:\w+ly )?"
    r"(?:bad|hard|strange|sad|difficult|complicated|confusing)?(?: ?enough),? (?:of course, |then, )?(?P<rest>\w.*)$",
    re.DOTALL,
)
# One of the best pieces of advice is that X.
_BEST = re.compile(
    rf"(?i)^one of the {_GRADE}(?:pieces of advice|lessons|insights|things|findings) (?P<mid>(?:that |I |"
    rf"we )?[^;:?,]{{3,70}}?) is that "
    r"(?P<rest>\w.*)$",
    re.DOTALL,
)
# "The reason why this happens is that X": what happens stands in the sentence before.
_WHY = re.compile(
    r"(?i)^(?:and |so )*(?:the|one|another) (?:main |real |only |big )?reason (?:why |that |for )?(?:all )?"
    r"(?:this|that|it)(?: all)?(?: (?:is|was|has|works?|worked|happens?|happened|matters?|mattered)(?: \w+){0,2}?)? "
    r"is (?:that|because) (?P<rest>\w.*)$",
    re.DOTALL,
)
# "We see more and more in the logs that X".
_SEEN = re.compile(
    r"(?i)^we (?:can |now |also )?(?:see|find|know|learn)(?: (?:more and more|again and again|over and over|"
    r"every day|clearly))?"
    r"(?: (?:in|from|all over) (?:the |our |every )?[\w’'-]+(?: [\w’'-]+)?)? that (?P<rest>(?!we\b)\w.*)$",
    re.DOTALL,
)
# What a sentence without commas says again, and where its next order begins.
_AGAIN = re.compile(r"(?i),? in other words,? .*$")
_NEXT = re.compile(r"(?i) if (?:you|we|they) [^,]*? (?:do not|don['’]t|then|you must|you should|you will|never) .*$")
# "There is no guarantee, if you sail early, that X": the condition first, then what it conditions.
_BETWEEN = re.compile(
    r"(?i)^(?P<main>(?:there is (?:no |a |little )?\w+|it is (?:not )?\w+)), (?P<if>(?:if|when|"
    r"unless) [^,]+(?:, (?:even if|or if|"
    r"and) [^,]+)?), (?P<rest>that \w.*)$",
    re.DOTALL,
)
# "Another piece of advice I would like to give you is to ask early": the advice is an order.
_ADVICE = re.compile(
    rf"(?i)^(?:the|one|another|my|a) {_GRADE}(?:little |small )?(?:pieces? of advice|bits? of advice|advice|lesson|"
    rf"rule|trick|tip|"
    r"suggestion|recommendation)(?P<mid>\b[^;:?]{0,120}?),? is to (?P<rest>(?!be able\b)\w.*)$",
    re.DOTALL,
)
_OFFERS = re.compile(
    r"(?i)(?:that |which )?(?:I|we) (?:would|will|want|could|can|['’]d|['’]ll)(?: like)?(?: to)? (?:offer|give|"
    r"mention|share|add|"
    r"leave|pass on)(?: you)?(?: with)?"
)
# "I will contend, of all I say here, that without a doubt X": the speaker contends that X.
_CONTEND = re.compile(
    r"(?i)^I (?:will |would |do |['’]ll |['’]d )?(?P<verb>contend|submit|maintain|insist)\b,?(?P<mid> (?:of|in|with|"
    r"from) "
    r"[^;:?]{3,110}?)?,? that (?:without (?:a |any )?doubt,? )?(?P<rest>\w.*)$",
    re.DOTALL,
)
# "I first declare to you that X": what is declared.
_DECLARE = re.compile(
    r"(?i)^I (?:\w+ )?(?:will |must |can |want to |have to )?(?:declare|say|tell|remind|put it|repeat|assure|promise) "
    r"(?:it |this )?(?:to )?(?:you|you all|all of you|everyone|everybody)(?: today| now| here)?,? that (?P<rest>\w.*)$",
    re.DOTALL,
)
# A caption, or a sign, that the speaker reads out and makes his own.
_CAPTION = re.compile(
    r"(?i)^the (?:caption|subtitle|headline|sign|poster|cartoon|footnote|punch ?line) (?:below |under it )?(?:notes?|"
    r"says?|"
    r"reads?|explains?|points out)(?: that|:) (?P<rest>[^\"“]\w.*)$",
    re.DOTALL,
)
_ASIDE = re.compile(
    r"(?i),? (?:of course|undoubtedly|in fact|by all means|no doubt|without (?:a )?doubt|clearly|surely|"
    r"certainly|naturally|it turns out|believe it or not|to be honest|as it were|needless to say|"
    r"literally|importantly|interestingly|in short)(?=,| is that\b)(?:,(?= )|)"
)
# "Many of you, about one in ten of you, will": the figure says how many.
_MANY = re.compile(
    r"(?i)^(?:many|some|most|a lot|lots) of (?P<who>you|us|them|people),? (?P<share>(?:(?:about|around|nearly|almost|"
    r"roughly|"
    r"over|at least) )?[\w-]+ (?:in|out of)(?: every)? [\w-]+)(?: of (?P=who))?(?: at this point| today| now)?,? "
)
_OPENS = re.compile(r"(?i)^(?:and|but|so|now|well|because|which|what|that|if only)\b")


def plain(text: str) -> str:
    """`text` without its asides and without what only announces its claim; as it is where that cannot be done."""
    text = " ".join(text.split())
    for _ in range(3):
        before = text
        text = _once(text)
        if text == before:
            break
    return text


# "It was the nets, not the storm, that sank the boat, that drowned three": the nets sank it.
_CLEFT = re.compile(
    r"(?i)^it(?:['’]s| is| was) (?P<what>(?:the |our |your |an? )[^,]{2,40}), (?:and )?(?P<not>not [^,]{2,40}), "
    r"(?:that|who|which) (?P<did>(?!(?:I|we|you|they|he|she|it|the|an?)\b)\w.*)$",
    re.DOTALL,
)


def _uncleft(found: re.Match[str]) -> str:
    rows = re.split(r", (?:and )?(?:that|who|which) (?=\w)", found["did"].rstrip(".! "))
    row = rows[0] if len(rows) == 1 else f"{', '.join(rows[:-1])} and {rows[-1]}"
    return _raised(f"{found['what']}, {found['not']}, {row}.")


def _once(text: str) -> str:
    lead = re.match(r"(?i)(?:and|but|so|now|well|you see),? (?=\w)", text)
    body = text[lead.end() :] if lead else text
    eased = _undashed(_eased(body))
    cleft = _CLEFT.match(eased)
    if cleft:
        eased = _uncleft(cleft)
    between = _BETWEEN.match(eased)
    if between:
        eased = f"{_raised(between['if'])}, {between['main'].lower()} {between['rest']}"
    advice = _ADVICE.match(eased)
    if advice and not _KEEPS.search(_OFFERS.sub("", advice["mid"])):
        return _raised(advice["rest"])
    declared = _DECLARE.match(eased)
    if declared:
        return _raised(declared["rest"])
    contends = _CONTEND.match(eased)
    if contends and (contends["mid"] or contends["verb"]) and len(contends.group()) - len(contends["rest"]) > 20:
        return f"I {contends['verb'].lower()} that {contends['rest']}"
    for pattern in (_FACT, _CLEAR, _WORSE, _WHY, _CAPTION, _SEEN):
        found = pattern.match(eased)
        if found:
            return _raised(found["rest"])
    for pattern in (_WHAT, _THE, _BEST):
        found = pattern.match(eased)
        if found and not _KEEPS.search(found["mid"]) and not _OPENS.match(found["rest"]) and _short(found["mid"]):
            return _raised(found["rest"])
    taught = _TEACHES.search(eased)
    if taught and not re.match(r"(?i)(?:he|she|it|they|people|critics|everyone|everybody|nobody)$", taught["who"]):
        return _raised(_to_seam(taught["rest"]))
    many = _MANY.match(eased)
    if many:
        who = many["who"].lower()
        return _raised(f"{many['share']}{'' if who == 'people' else ' of ' + who} {eased[many.end() :]}")
    return eased if eased != body else text


# "..., with your heart and lungs packing up": how it happens, beside the sentence.
_WITH = re.compile(r"(?i), with (?:your|the|their|our|his|her|its) [^.]*? \w+ing(?: up| down| out| off| away)?[.!]?$")


def _to_seam(text: str) -> str:
    """An order out of speech without marks, up to where the next clause begins."""
    text = text.rstrip(".! ")
    if "," in text:
        return text + "."
    text = _NEXT.sub("", text)
    words = text.split()
    for at in range(5, len(words)):
        tags, prior = tag(words[at].lower())[0], tag(words[at - 1].lower())[0]
        base = "VB" in tags and not tags & {"NS", "ADJ", "PREP", "ADV", "AND", "BEF"}
        if base and prior == {"N"} and words[at + 1 : at + 2] and tag(words[at + 1].lower())[0] & {"DET", "ADV"}:
            return " ".join(words[:at]) + "."
    return text + "."


def _short(mid: str) -> bool:
    return len(mid.split()) <= 18 and " that is " not in mid


def _eased(text: str) -> str:
    """Without "of course" and its like, where commas or the claim's own "is" set them off."""
    text = re.sub(r"(?i)\b(is|are|was|were) (\w+),? (?:--|–|—) so \2 that\b", r"\1 so \2 that", text)
    text = re.sub(r"(?i)\b(had|have|has) (plan|idea) (?=(?:about|for|to|of)\b)", r"\1 a \2 ", text).replace(
        " a idea", " an idea"
    )
    text = re.sub(
        r"(?i)\bthat ((?:view|idea|picture|kind|notion) (?:of [\w-]+ )?(?:where|in which))\b", r"the \1", text
    )
    text = re.sub(r"(?i)\bno-one\b", lambda found: found[0][:2] + " one", text)
    text = re.sub(r"(?i)(?<=\w)(, and ['’]?\w+), (?=(?:is|are|was|were|have|has) )", r"\1 ", text)
    head = _WITH.sub("", _AGAIN.sub("", text))
    if head != text and len(head.split()) >= 6 and whole(_bare(head)):
        text = head + "."
    text = re.sub(
        r"(?i)^(?:(?:right now|now|so|and|well),?(?: ?(?:—|–|--))? )*as (?:you|we)(?: all)?(?: may| might|"
        r" well)? know,? (?=\w)",
        "",
        text,
    )
    return _ASIDE.sub(
        "",
        re.sub(
            r"(?i)^(?:of course|undoubtedly|in fact|no doubt|by all means|after all|indeed|certainly|"
            r"right now), (?=\w)",
            "",
            text,
        ),
    )


# What turns, limits or conditions the words before a dash.
_TURN = re.compile(
    r"(?i)(?:and |or |at least )*(?:but|if|unless|except|only|although|though|not|never|without|when|while|yet|until|"
    r"or|that is|because|just|who|which|than|as long|provided|so(?! \w+ that\b)|no|maybe|perhaps|in theory|usually|"
    r"mostly|sometimes)\b"
)


def _undashed(text: str) -> str:
    """Without what is put in between two dashes, or added behind one, where the rest is whole and nothing limits it."""
    parts = re.split(r"\s+(?:--|–|—)\s*|\s*--\s+", text)
    if len(parts) == 3 and len(parts[1].split()) <= 12 and not _TURN.match(parts[1]):
        joined = f"{parts[0]} {parts[2]}"
        return joined if whole(_bare(joined)) else text
    if len(parts) == 2 and len(parts[0].split()) >= 7 and not _TURN.match(parts[1]) and whole(_bare(parts[0])):
        return parts[0].rstrip(" ,") + "."
    return text


def _bare(text: str) -> str:
    return expand(text).rstrip(".! ")


def _raised(text: str) -> str:
    return text[:1].upper() + text[1:]


_THEM = re.compile(
    r"(?i)^(?P<front>(?:only |about |around |just |nearly |almost |fewer than |more than |less than |"
    r"over )*(?:[\w.%-]+ (?:in|out of)"
    r"(?: every)? [\w,.-]+|half|(?:a|one|two|three) (?:third|quarter|fifth)s?|[\w.-]+ ?(?:%|percent|per cent)|"
    r"(?:a )?few|most|"
    r"many|all|none|some|[\d,]+)) of them\b"
)
_COUNTED = re.compile(
    r"(?i)\b(?:\d[\d,]*|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|thirty|forty|fifty|hundreds?|"
    r"thousands?|"
    r"millions?|billions?|half)(?: (?:of|hundred|thousand|million|billion|other|of the))* "
    r"(?P<noun>(?:(?!and\b|of\b|in\b|to\b|the\b|a\b|percent\b|per\b|out\b)[a-z-]+ ){0,2}[a-z-]{3,}(?<!s)s)\b"
    r"(?! (?:ago|later|old|earlier|years?|per)\b)"
)
_SPAN = re.compile(
    r"(?i)(?:years?|months?|weeks?|days?|hours?|minutes?|seconds?|times|dollars?|euros?|pounds?|miles?|degrees|"
    r"percents?|points?|thousands?|millions?|hundreds?|billions?|steps)$"
)


def of_whom(text: str, before: str) -> str:
    """ "One in ten of them" with the group counted in the sentence before; as it is where that is not plain."""
    found = _THEM.match(text)
    if found is None:
        return text
    groups = {noun.lower() for noun in (hit["noun"] for hit in _COUNTED.finditer(before)) if not _SPAN.search(noun)}
    if len(groups) != 1:
        return text
    return f"{found['front']} of the {groups.pop()}{text[found.end() :]}"
