"""Whom a post gives a quotation to: before it, after it, in the next short sentence, on the line above or below."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from composer.post.grounding.names.people import Who, people_in
from composer.post.grounding.quotations.quotes import Quoted
from composer.post.grounding.source.ground import Ground
from composer.post.grounding.source.terms import KANA, WORD, fold
from composer.post.lexis import word_list


@dataclass(frozen=True, slots=True)
class Given:
    """The one a post gives a quotation to. `coined` says that the words are theirs ("the phrase is Anna Berg's"), not
    only that they say them; `at` is the place of the name where a sentence of its own says so, an offset into the
    line or, with `below`, into the line after it."""

    who: Who
    coined: bool = False
    below: bool = False
    at: int = -1


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around a line of a post: its label, the line above it, the line below it; `source` that the line
    is of a source, whose quotations all are somebody's."""

    label: str = ""
    above: str = ""
    below: str = ""
    source: bool = False


_VERBS = "|".join(sorted(word_list("quotes_saying") | word_list("quotes_gives")))
SAYS = frozenset(fold(word) for word in word_list("quotes_saying") | word_list("quotes_gives"))
_HE = frozenset(
    "he she they it i we you er sie es ich wir il elle ils elles je nous él ella ellos yo ele ela eles eu".split()  # noqa: SIM905
)
_PERSONS = _HE - {"it", "es", "on", "i", "we", "je", "ich"}
_TO = re.compile(
    r"(?i)\b(?:to|tells?|told|asks?|asked|with|against|about|on|reminds?|zu|mit|an|über|gegen|für|à|sur|avec|contre|"
    r"a|con|sobre|contra|para|com|for|beyond|without|ohne|sans|sin|sem)(?: (?:the|a|an|den|dem|der|die|el|la|le|o))?\s$"
)
_FROM = re.compile(
    r"(?i)(?:\b(?:as|like|so|laut|nach|according to|in the words of|to quote|quoting|selon|d['’]après|comme|según|como|"
    r"segundo|conforme|wie|per|via|by|from|dixit|source:?|credit:?)|[—–(-]) ?(?:the |der |die |le |la |el |o )?$"
)
_ITS = re.compile(r"^['’]s? (?:own )?(?:\w+ ){0,3}?(?P<w>[\w-]+)\b")
_WORDING = (
    r"(?:words?|line|phrase|sentence|quote|advice|rule|motto|joke|verdict|answer|reply|question|formula|maxim|summary|"
    r"description|term|name|definition|conclusion|warning|comment|remark|take|saying|metaphor|image|point|view|opinion)s?"
)
WORDS_OF = re.compile(rf"{_WORDING}|frase|satz|spruch|motto|lema|dicho|mot|formule|phrase|devise|ditado|sprichwort")
_ITS_WORDS = re.compile(rf"(?i)^['’]s? (?:[\w-]+ ){{0,3}}?{_WORDING}\b")
_NEXT = re.compile(
    r"(?i)[\W_]*(?:(?:and |but )?(?:that|this|those|these|it|such|which)(?: \w+)?(?:['’]s|['’]re| is| was| are| were|"
    r" came| comes?)?(?: (?:how|what|the (?:words?|line|verdict|advice|answer)))?(?: (?:by|from|of))?|"
    rf"(?:(?:the|these|those|this|that|with that|with this|with these|my) (?:\w+ ){{0,2}})?{_WORDING}"
    r"(?: (?:of|in|from|at) (?:the|this|that|my|our|his|her)(?: \w+){1,2})?"
    r"(?: (?:is|was|are|were|comes?|came|belongs?|goes))?(?: (?:from|to|by|of|with))?,?|"
    r"(?:so|thus) (?:says|said|wrote|spoke|put it)|says|said|so|by|from|credit(?: goes)? to|source|quote|"
    r"(?:der|dieser) (?:satz|spruch|rat)(?: \w+)?(?: (?:von|stammt von|kommt von))?|"
    r"(?:die|diese) worte(?: \w+)?(?: von)?|das (?:motto|zitat)(?: \w+)?(?: von)?|"
    r"das (?:sagte?|schrieb|schreibt|meinte?|stammt|kommt|ist|war|sind|waren)(?: \w+)?(?: von)?|"
    r"so (?:\w+ ){1,2}(?:es )?|(?:sagte?|meinte?) |von|"
    r"(?:la|esa|esta|con esa|con esta) (?:frase|idea)(?: (?:es|era|fue))?(?: de)?,?|"
    r"(?:las|sus|son) palabras(?: son)?(?: de)?|"
    r"(?:se )?lo (?:dijo|dice|decía|escribió|resumió|resume|afirma|cuenta|contó)|así (?:lo )?\w+|eso (?:dijo|dice)|"
    r"quien (?:lo )?(?:dijo|dice)(?: fue| es)?|palabra de|"
    r"(?:la|cette|le|ce|ces) (?:phrase|mots?|formule)(?: (?:est|sont|vient|viennent))?(?: de| d['’])?|"
    r"ainsi \w+|c['’](?:est|était)|voilà (?:ce que|comment) (?:\w+ ){0,2}|signé|"
    r"(?:a|essa|esta|com essa) frase(?: (?:é|era|foi|vem))?(?: d[eao]s?)?,?|as palavras(?: são)?(?: d[eao])?|"
    r"são palavras d[eao]|palavras? d[eao]|quem (?:o )?(?:disse|diz|falou)(?: foi| é)?(?: [oa])?|foi|"
    r"(?:disse|diz|escreveu)-?[oa]?|assim (?:falou|disse|diz))"
    r"[ :]*(?:the |a |an |der |die |el |la |le |o |l['’])?"
)
_AFTER_NEXT = re.compile(
    r"(?i)^(?: (?:of|der|des|von|de|du|da|do) [^,.]{2,30}?)?(?:,[^,.]{2,60},)?(?: \([^)]*\))? ?(?:"
    r"on\b|über\b|sobre\b|sur\b|à propos|"
    rf"(?:\w+ ){{0,2}}?(?:{_VERBS}) (?:it|so|that|this|these|those|the (?:line|words?)|es|das|lo|esto|"
    r"eso|cela|ça|isso|isto)\b|"
    r"(?:coined|keeps saying|always says|used to say|likes? to say|put it|le (?:dit|disait|répète)|lo (?:dijo|dice|"
    r"repite|escribió)|(?:o )?(?:disse|diz|escreveu|repete)(?:-o|-a)?\b|hat (?:es|das) (?:so )?(?:gesagt|geschrieben)))"
)


def given(line: str, one: Quoted, others: Sequence[Quoted], around: Around, ground: Ground) -> Given | None:
    """Whom the words around a quotation give it to, or None where they do not say."""
    begin = max((other.end for other in others if other.end <= one.start), default=0)
    end = min((other.start for other in others if other.start >= one.end), default=len(line))
    ahead, behind = _clause(line[begin : one.start]), line[one.end : end]
    if KANA.search(line) or KANA.search(ground.flat[:200]):
        return _eastern(line[:end], ahead, behind, around, one, begin == 0 and end == len(line), ground)
    closed = bool(re.search(r"[.!?…]\W*$", one.text))
    stop = _STOP.search(behind)
    tail, rest = (behind[: stop.end()], behind[stop.end() :]) if stop else (behind, "")
    if (closed and re.match(r"\s+[A-ZÀ-Þ]", behind)) or re.match(r"\s*[.!?…]", behind):
        rest, tail = re.sub(r"^\s*[.!?…]+", "", behind), ""
    found = _after(tail, one, ground) if tail else None
    found = found or _before(ahead, ground, source=around.source)
    if found:
        return found
    if rest.strip() and _own_sentence(ahead):
        after = _STOP.search(rest)
        if found := _next(rest[: after.end()] if after else rest, ground):
            return replace(found, at=end - len(rest) + found.who.start)
    if not ahead.strip(' "“„«:*•–—-') and begin == 0:
        for text in (around.label, around.above if re.search(r"[:：]\s*$", around.above) else ""):
            if text and (found := _before(re.sub(r"[:：]?\s*$", ": ", text), ground)):
                return found
        if not re.search(r"\w", behind) and end == len(line) and around.below:
            return _below(around.below, ground)
    return None


_GOES_ON = re.compile(r"(?i)\s*(?:it|that|this|the line|der satz|das|la frase|a frase|la phrase)\b")


def _below(text: str, ground: Ground) -> Given | None:
    """What the line after a quotation says, in its first sentence, or in a second one that goes on with it."""
    stop = _STOP.search(text)
    end = stop.end() if stop else len(text)
    found = _next(text[:end], ground, alone=True)
    if not found and _GOES_ON.match(text, end):
        again = _STOP.search(text, end)
        found = _next(text[end : again.end() if again else len(text)], ground)
        if found:
            found = replace(found, who=replace(found.who, start=found.who.start + end, end=found.who.end + end))
    return replace(found, below=True, at=found.who.start) if found else None


_STOP = re.compile(r"(?<!\b[A-Z])(?<!\b[DM]r)(?<!\bMrs)(?<!\bMs)(?<!\bProf)(?<!\bRev)(?<!\bSt)[.!?…](?=[\s\"”’»)]|$)")


def _clause(text: str) -> str:
    """What of a text is of its last sentence."""
    last = 0
    for stop in _STOP.finditer(text):
        last = stop.end()
    return text[last:]


def _own_sentence(ahead: str) -> bool:
    """Whether a quotation stands as a sentence by itself."""
    return not re.search(r"\w{3}", ahead)


def _words(text: str) -> list[str]:
    return [fold(word) for word in WORD.findall(text)]


def _says(words: Sequence[str]) -> bool:
    return any(word in SAYS or word.removesuffix("s") in SAYS for word in words)


def _after(tail: str, one: Quoted, ground: Ground) -> Given | None:
    """„...", said Anna Berg | Anna Berg told the meeting | as Anna Berg puts it | (Anna Berg) | — Anna Berg."""
    people = people_in(tail, ground)
    if not people:
        return None
    first = people[0]
    gap, behind = tail[: first.start], tail[first.end :]
    words = _words(gap)
    comma = bool(re.match(r"\s*,", tail)) or one.text.rstrip().endswith((",", "!", "?"))
    if not words:
        if re.fullmatch(r"\s*[—–-]+\s*", gap):
            return Given(first)
        if re.search(r"\(\s*$", gap):
            return Given(first) if re.match(r"\s*[,)]", behind) else None
        its = _ITS.match(behind)
        if its:
            return Given(first, True) if _ITS_WORDS.match(behind) else None
        close = re.sub(r"^\s*,[^,]{2,60},|^\s*\([^)]*\)", "", behind)
        if _says(_words(close)[:3]):
            return Given(first)
        return Given(first) if comma and re.match(r" [a-zà-ÿ]+", close) and not _joins(close) else None
    if len(words) > 6 or words[0] in _HE or (len(words) > 1 and words[1] in _HE):
        return None
    if _FROM.search(gap) and not re.search(r"\w", re.sub(_FROM, "", gap)):
        early = len(words) == 1 and words[0] in ("by", "from", "via", "per", "nach", "like", "como", "comme", "wie")
        return None if early and len(WORD.findall(one.text)) < 4 else Given(first)
    so = re.fullmatch(r"(?i)\W*(?:that|this|which|so)(?:['’]s| is| was) (?:how|what) ", gap)
    if so and _says(_words(behind)[:2]):
        return Given(first)
    if words[0] in ("as", "wie", "comme", "como", "so", "which", "was") and len(words) < 3:
        return Given(first)
    if _TO.search(gap) or re.search(r"['’]s? $", gap):
        return None
    if _says(words[:3]) and not re.search(r"[,;:]\s*\w+\s+\w+", gap.strip(" ,")):
        return Given(first)
    # "..., laughed Anna Berg": any verb of one word.
    return Given(first) if comma and len(words) == 1 and not _joins(" " + gap.strip(" ,")) else None


def _joins(text: str) -> bool:
    """Whether a text begins with a small word that joins: "and", "but", "with"."""
    word = re.match(r"\W*([\w’']+)", text)
    return bool(word) and word is not None and fold(word[1]) in word_list("quotes_joins")


def _before(ahead: str, ground: Ground, *, source: bool = False) -> Given | None:
    """Anna Berg: "..." | Anna Berg on the bridge: "..." | what Anna Berg calls "..." | said Anna Berg, is "..."."""
    people = people_in(ahead, ground)
    if not people:
        return None
    if re.search(r"[:：]\W*$", ahead):
        return _announced(ahead, people)
    last = people[-1]
    for nth in range(len(people) - 1, -1, -1):
        one = people[nth]
        if _TO.search(ahead[: one.start]):
            continue
        between = ahead[one.end :]
        words = _words(between)
        if re.match(r"['’]s\b", between):
            if _ITS_WORDS.match(between) and one is last and len(words) < 5:
                return Given(one, True)
            continue
        before = _words(ahead[: one.start])
        if before and before[-1] in SAYS and one is last and len(words) < 9:
            return Given(one)
        if re.search(r"(?i)\b(?:as|laut|according to|in the words of|to quote|selon|según|segundo|for|für|pour|para) $",
                     ahead[: one.start]) and one is last and len(words) < 9:  # fmt: skip
            return Given(one)
        if _says(words[-7:]) and not _HE & set(words[:-1]) and nth == 0:
            return Given(one)
        if one is last and re.search(r", $", ahead) and 0 < len(words) < 4:
            return Given(one)
        if source and not nth and not _words(ahead[: one.start]) and one is last and not _PERSONS & set(words):
            return Given(one)  # the subject of the sentence, and nobody else there
        return None
    return None


_OF = re.compile(r"(?i)\b(?:of|from|by|von|vom|de|du|del|da|do|des)(?: (?:the|der|la|le))? $")


# A clause with another subject: "Anna is right, and the author agreed:".
_TURNS = re.compile(
    r"(?i)[,;] (?:and|but|while|whereas|und|aber|während|y|pero|et|mais|e|mas)\s+(?:the|an?|her|his|their|its|our|my|"
    r"der|die|das|ein|eine|el|la|un|una|su|le|les|une|o|a|um|uma)\b"
)


_WHEN = re.compile(
    r"(?i)\W*(?:when|after|while|as|if|because|once|before|als|nachdem|während|wenn|weil|bevor|cuando|mientras|si|quand|"
    r"lorsque|après|pendant|quando|enquanto|depois|se)\b"
)


# "Anna preguntó por los cementerios y la respuesta fue:" is not Anna's.
ANSWER = re.compile(
    r"(?i)\b(?:pregunt|demand|frag|pergunt)\w+[^.]*\b(?:respuesta|réponse|antwort|antwortete|resposta|répons\w+|respond\w+)\b"
)
_QUOTES = re.compile(
    r"(?i)\b(?:quot(?:es?|ed|ing)|cit(?:es?|ed|ing|er|e|ant|ait|é|a|ar|ó|ou|ando)|zitiert\w*)"
    r"(?: (?:the|le|la|el|o|a))? $"
)


_SAYS_SO = re.compile(rf"(?i)\b(?:{_VERBS}|puts?) (?:it|so)\b")


def _announced(ahead: str, people: Sequence[Who]) -> Given | None:
    """The one before a colon: the first who is not spoken to, nor of, nor the owner of what follows."""
    if _QUOTES.search(ahead[: people[-1].start]) and not re.search(r"\w", ahead[people[-1].end :]):
        return Given(people[-1])  # "She likes to quote Ole Ness:"
    comma = ahead.find(", ") if _WHEN.match(ahead) else -1
    for nth, one in enumerate(people):
        before, behind = ahead[: one.start], ahead[one.end :]
        if one.start < comma and people[-1].start > comma:
            continue  # of the clause before: "When Anna wanted to sell, Ole had one condition:"
        if _TO.search(before):
            continue
        its = _ITS.match(behind)
        if its or re.match(r"['’] ", behind):
            if len(people) > nth + 1:
                continue
            return Given(one, True) if _ITS_WORDS.match(behind) else None
        if nth and re.search(r"(?i)\b(?:and|und|y|et|e|or)\b[^,]*$", before) and not _says(_words(behind)):
            return None
        if _OF.search(before):
            if len(people) == 1:
                return Given(one, True)
            continue
        if _TURNS.search(behind):
            return None
        if ANSWER.search(behind):
            return None
        if _HE & set(_words(_SAYS_SO.sub("", behind))[:8]) and not _says(_words(behind)[:1]):
            return None
        return Given(one)
    return None


def _next(text: str, ground: Ground, *, alone: bool = False) -> Given | None:
    """The one whom the sentence after a quotation gives it to: "That was Anna Berg", "Anna Berg on the bridge"."""
    people = people_in(text, ground)
    if not people:
        return None
    first = people[0]
    gap, behind = text[: first.start], text[first.end :]
    if not re.search(r"\w", gap):
        its = _ITS.match(behind)
        if its:
            return Given(first, True) if _ITS_WORDS.match(behind) else None
        if _AFTER_NEXT.match(behind):
            return Given(first)
        if re.match(r"\s*[—–-]", gap) and alone:
            return Given(first)
        return Given(first) if alone and re.fullmatch(r"(?:, [^.!?]{2,60})?\W*", behind) else None
    if _NEXT.fullmatch(gap):
        coined = bool(re.search(r"(?i)\b(?:stammt|comes?|came|by|from|es de|é d[eao]|est de|words?|worte)\b", gap))
        return Given(first, coined)
    return None


_EAST_SAYS = "说|讲|道|表示|认为|写|问|答|笑|叹|告诉|称|言|話|述|語|答|書|つぶや|いわく|曰く"


# Whoever a source lets speak: the two or three characters before the verb.
_HAN_SPEAKER = re.compile(
    "((?:(?![他她它我你这那人])[\u4e00-\u9fff]){2,3}?)(?:则|还|也|常|曾|笑着|后来|接着|最后)?(?:说|表示|认为|写道|问道|回答)[：:]\\s*$"
)
# "贺长庚的父亲": of another than the one who speaks.
_OWNS = re.compile("的(?!话|口头禅|原话|名言|建议|说法|比喻|总结|回答|评价|一句)")


def _eastern(
    line: str, ahead: str, behind: str, around: Around, one: Quoted, alone: bool, ground: Ground
) -> Given | None:
    stop = re.search("[。！？]", behind)
    first = behind[: stop.start()] if stop else behind
    rest = behind[stop.end() :] if stop else ""
    if re.search(rf"(?:{_EAST_SAYS})[^。]{{0,6}}[：:，,]\s*$", ahead):
        people = people_in(ahead, ground)
        if not people and around.source and (match := _HAN_SPEAKER.search(ahead)):
            return Given(Who(match.start(1), match.end(1), match[1], (match[1],), frozenset()))
        return Given(people[-1]) if people else None
    people = people_in(first, ground)
    closed = bool(re.search("[。！？]$", one.text))
    if people and not (closed and _OWNS.match(first, people[0].end)):
        gap, after = first[: people[0].start], first[people[0].end :]
        if re.fullmatch(
            r"[\s」』”\"—－–（(]*(?:と(?:話す|語る|言う|いう|述べる|振り返る|説明する|笑う)(?:のは、?)?|と、?|，|,|、|——)?(?:这是|这句话是|这句是|出自|来自|是|那是|これは|それは)?"
            r"(?:[一-鿿々ァ-ヶー]{2,8}の?、?)?",
            gap,
        ) and re.match(
            r"(?:さん|氏|様|先生|教授|老师|女士|师傅)?(?:$|[）)]|[、，]?(?:は|が|も|の|的|这|常|曾|后来|当时|还|也|在)|.{0,6}"
            rf"(?:{_EAST_SAYS}))",
            after,
        ):
            return Given(people[0])
    people = people_in(ahead, ground)
    if people:
        last = people[-1]
        gap = ahead[last.end :]
        if (
            re.search(r"[：:]\s*$", gap)
            or re.fullmatch(r"(?:さん|氏|様|先生|教授|老师|女士|师傅)?(?:は|が|も)[^。]{0,12}[、,]?\s*", gap)
            or (re.search(_EAST_SAYS, gap) and len(gap) < 24)
        ):
            return Given(last)
    below = around.below if alone and not re.search(r"\w", behind) else ""
    first_rest = re.split("[。！？\n]", rest)[0]
    for text in (first_rest, re.split("[。！？\n]", below)[0]):
        people = people_in(text, ground)
        if people and re.fullmatch(
            r"\W*(?:这句话|这话|这是|此话|说这话的|说这句话的|那是|これは|それは|そう|こう)?(?:的?是|出自|来自|は|语出)?"
            r"(?:[^、。，]{0,14}[、の，])?",
            text[: people[0].start],
        ):
            lower = bool(below) and text is not first_rest
            at = people[0].start + (0 if lower else len(line) - len(rest))
            return Given(people[0], below=lower, at=at)
    if around.label and not ahead.strip() and (people := people_in(around.label, ground)):
        return Given(people[-1])
    return None
