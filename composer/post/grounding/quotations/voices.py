"""The quotations of a post held against the source, and against the voice they are given to."""

import re
from collections.abc import Iterator, Sequence

from composer.evidence.words import lexicon
from composer.post.grounding.names.cases import speaks_of_self
from composer.post.grounding.names.eastern import NOBODY
from composer.post.grounding.names.entities import titles
from composer.post.grounding.quotations.credits import ROLE, credits, verdict
from composer.post.grounding.quotations.given import ANSWER, Around, Given
from composer.post.grounding.quotations.given import given as whom
from composer.post.grounding.quotations.quotes import Found, Quoted, look_up, quotations, tokens
from composer.post.grounding.quotations.sayings import holders
from composer.post.grounding.source.ground import Ground
from composer.post.grounding.source.lines import openers
from composer.post.grounding.source.terms import KANA, WORD, fold
from composer.post.grounding.values.numerals import tongue
from composer.post.lexis import word_list
from composer.text.problems import Problem

_NEAR = 90


def quote_problems(
    line: str, ground: Ground, skip: Sequence[tuple[int, int]], below: tuple[int, str] = (0, ""),
    label: str = "", above: str = "",
) -> Iterator[Problem]:  # fmt: skip
    """The quotations of a line that the source does not have, or has of somebody else; offsets into the line.

    `below` is the line after it, with its offset: "..." / "The words are Anna Berg's"; `label` is that of its point,
    `above` the line before it.
    """
    quoted = quotations(line)
    for one in quoted:
        if any(one.start < b and a < one.end for a, b in skip):
            continue
        if _at_arms_length(one, line):
            continue
        found = look_up(one.text, ground.running)
        words = tokens(one.text, ground.running.language)
        told = list(holders(words, ground.sayings))
        if found is None and not told:
            why = "These words are not in the source in this order."
            yield Problem(one.start, one.end, "quote", "warn", why)
            continue
        if found and not told and found.negated and not _denied(line, one, ground):
            why = "The source denies these words: the “not” before them is left out."
            yield Problem(one.start, one.end, "quote", "warn", why)
            continue
        if _title(one.text, line):
            continue
        held = whom(line, one, quoted, Around(label, above, below[1]), ground)
        if held and (who := verdict(held, credits(words, found, told, ground), ground)) is not None:
            if who:
                why = f"In the source {who} says this, not {held.who.name}."
                yield Problem(*_spot(one, held, below), "quote", "warn", why)
            continue
        spoken = found.speakers if found else ()
        voices = sorted({saying.who for saying in told} if told else {voice or "" for voice in spoken})
        given = _given(line, one, quoted, ground) or (_holder(line, one, quoted) if told else "")
        if not held and not given and not _holder(line, one, quoted):
            yield from _told_below(line, one, quoted, found, voices, ground, below)
        if given and all(voices) and not any(_same(given, voice) for voice in voices):
            yield Problem(one.start, one.end, "quote", "warn", f"In the source {voices[0]} says this, not {given}.")
        elif (
            found
            and not told
            and (name := _lent(line, one, quoted, found, ground, held.who.name if held and held.who.words else ""))
        ):
            why = f"In the source somebody else says this, not {name}."
            yield Problem(*_spot(one, held, below), "quote", "warn", why)


def _title(text: str, line: str) -> bool:
    """Whether quotation marks hold a title, which nobody says: "Low Water" was recorded, read or shown."""
    words = text.split()
    return (
        len(words) in (2, 3)
        and all(word[:1].isupper() for word in words)
        and not re.search(r"[.!?,;:]", text)
        and _MADE.search(line[: line.find(text)].rstrip('"“„«» ')) is not None
    )


_MADE = re.compile(
    r"(?i)\b(?:record\w*|album|song|film|book|novel|play\w*|paint\w*|direct\w*|wrote|publish\w*|title\w*|called|podcast|"
    r"show|"
    r"series|episode|piece|poem|essay|game|buch|film|lied|livre|libro|livro|filme|chanson|canción|canção)\b[^.!?\"“„«]{0,30}$"
)


def _spot(one: Quoted, held: Given | None, below: tuple[int, str]) -> tuple[int, int]:
    """Where to point: at the name where a sentence of its own has it, otherwise at the quotation."""
    if held is None or held.at < 0:
        return one.start, one.end
    start = held.at + (below[0] if held.below else 0)
    return start, start + held.who.end - held.who.start


def _at_arms_length(one: Quoted, line: str) -> bool:
    """Whether quotation marks hold a word at arm's length, and quote nobody: a single word; a few characters where
    words stand unparted and nobody says them."""
    if not re.fullmatch(r"\W*[\w'’.&-]+\W*", one.text):
        return False
    letters = len(KANA.findall(one.text))
    behind, ahead = line[one.end - 1 :], line[: one.start + 1]
    said = re.match(r"\W*(?:と|这句话|说)", behind) or re.search("[说讲道][^。]{0,10}$", ahead)
    return letters < (4 if said else 6)


_NAME_BELOW = r"(?P<n>[A-ZÀ-Þ][\w’'-]+(?: (?:(?:de|da|do|van|von|der|di|la|le|del|dos) )?[A-ZÀ-Þ][\w’'-]+)*)"
# After a quotation, whose words they are: "The line is Anna Berg's", "So schrieb Anna Berg", "Anna Berg on ...".
_OPENS_BELOW = (
    r"That(?:['’]s| is| was| comes from)|Those (?:are|were)|This (?:is|was|comes from)|Words (?:of|from|by)|"
    r"(?:The|These|Those) (?:line|words?|sentence|quote|phrase|advice|rule|motto|joke)s?"
    r"(?: (?:is|was|are|were|comes?|came|belongs?))?(?: (?:from|to|by|of))?|(?:So|Thus|As) (?:says|said|wrote)|"
    r"With (?:that|this|these|those) (?:line|words?|sentence|phrase),?|"
    r"(?:Der Satz|Die Worte|Der Spruch|Das Motto|Das Zitat|Das)(?: \w+)? "
    r"(?:stammt|stammen|kommt|ist|sagte|sagt|schrieb)(?: von)?|"
    r"(?:So|Das) (?:schrieb|sagte|sagt|schreibt|meinte|meint|nennt)|"
    r"(?:La frase|Esa frase|Las palabras|Son palabras|Palabras|Con esa frase,?|Lo|As[ií] lo|Así)"
    r"(?: (?:es|son|dijo|dice))?(?: de)?|"
    r"(?:La phrase|Cette phrase|Le mot|Ces mots|Ainsi|C['’]est|C['’]était)"
    r"(?: (?:est|sont|parlait|disait))?(?: de)?|"
    r"(?:A frase|Essa frase|As palavras|São palavras|Palavras|Com essa frase,?|Foi|"
    r"Quem (?:o )?(?:disse|diz)(?: foi| é)?)"
    r"(?: (?:é|são|foi))?(?: d[eao])?"
)
_BELOW = re.compile(
    rf"[\W_]*(?:{_OPENS_BELOW}) {_NAME_BELOW}|^[\W_]*{_NAME_BELOW.replace('<n>', '<m>')}(?:,[^,.]{{3,40}},)? "
    r"(?:on|said (?:it|so|that)|says (?:it|so)|put it|coined|keeps saying|always says|used to say|likes? to say|"
    r"über|sobre|sur|à propos)\b"
)
_HAN_BELOW = re.compile(
    r"^\W*(?:(?:这句话|这话|这是|此话|说这话的是)(?:是|出自|来自)?|[^、。，]{0,12}?の)?(?:[\u3400-\u9fff]{2,4}、)?"
    r"(?P<n>[\u3400-\u9fff\u30a0-\u30ff]{2,7}?)(?:さん|氏|先生|教授|老师|女士)?"
    r"(?:の(?:口ぐせ|口癖|言葉|ことば|一言|名言|せりふ)|的(?:口头禅|原话|一句话|话)|这么说|说的)"
)


def _told_below(
    line: str, one: Quoted, others: Sequence[Quoted], found: Found | None, voices: Sequence[str], ground: Ground,
    below: tuple[int, str],
) -> Iterator[Problem]:  # fmt: skip
    """A quotation whose next sentence, or line, gives it to somebody whom the source does not give it to."""
    end = min((other.start for other in others if other.start >= one.end), default=len(line))
    rest, offset = line[one.end : end], one.end
    if not re.search(r"\w", rest) and end == len(line):
        offset, rest = below
    match = _BELOW.match(rest) or _HAN_BELOW.match(rest)
    if not match:
        return
    group = "n" if match["n"] else "m"
    name = _cleared(match[group])
    start = offset + match.start(group)
    known = [who for who in sorted(ground.speakers) if _same(name, who)]
    if all(voices) and voices and known and not any(_same(name, voice) for voice in voices):
        yield Problem(start, start + len(name), "name", "warn", f"In the source {voices[0]} says this, not {name}.")
    elif found and (who := _not_of(name, one, found, ground)):
        yield Problem(start, start + len(name), "name", "warn", f"In the source somebody else says this, not {who}.")


_SAYING = word_list("quotes_saying")
_NAMED = r"(?P<n>[A-ZÀ-Þ][\w’'-]+(?: (?:(?:de|da|do|van|von|der|di|la|le|del|dos) )?[A-ZÀ-Þ][\w’'-]+)*)"
_HAN_NAME = re.compile(
    r"^[」』”]?(?:と、?|，|。|——)?(?:这是|这句话是)?(?P<n>[\u3400-\u9fff\u30a0-\u30ff]{2,6}?)"
    r"(?:さん|氏|様|先生|教授|老师|女士|说|(?<!。)(?:は|が)(?![^。]*[\d〇一二三四五六七八九十]))"
)
_HAN_BEFORE = re.compile(
    r"(?:^|[。！？，\s])(?P<n>[\u3400-\u9fff]{2,4}?)(?:常常|常|曾|还|也)?(?:打趣)?[说讲][：:，,]?\s*$"
)
# Who says so himself: "I said", "le dije", "hab ich gesagt".
_I_SAID = re.compile(r"(?:^| )(?:(?:i|ich|je|yo|eu) (?:\w+ ){0,2}?\w+|dije|disse eu|contesté)$")
_HAN_I_SAID = re.compile("(?:我|咱|俺)[^他她你]{0,8}[说讲道]$|(?:私|僕|俺|わたし)[^。]{0,10}(?:言|話|述)[^。]{0,6}$")
_HAN_HE = re.compile("[他她它我你这那]|彼")
# What anybody could say, the voice says: "you might as well say that ...".
_ANYBODY_SAYS = re.compile(
    r"(?:^| )(?:you|one|we|man|on|nous|uno|una|nosotros|se|a gente|nós)"
    r"(?: (?:could|can|might|may|would|should|must|even|also|almost|go|so|as|well|far|to|kann|könnte|sogar|auch|fast|"
    r"peut|pourrait|même|aller|jusqu|à|puede|podría|podemos|incluso|hasta|pode|poderia|podemos|até|mesmo))+ \w+$"
)
# A clause of the voice's own after what it reports: "one says considerable and i hate that word because".
_AND_I = re.compile(r"(?<!you )\b(?:and|but|so) i (?!said|say|was told)\w+ \w+")
# How far before reported words, and after them, the name of the one who said them stands, in words.
_FAR, _BEHIND, _CLOSE = 45, 14, 9
# The words of one who says "my name is" are given to another only right behind a verb of saying.
_RIGHT_BEFORE = 4


def _lent(line: str, one: Quoted, others: Sequence[Quoted], found: Found, ground: Ground, name: str = "") -> str:
    """The name a post gives a quotation to, where the source reports the words of somebody else: "I said", "he said"
    stands before them and that name does not. "" where it may be right."""
    return _not_of(name or _holder(line, one, others), one, found, ground)


def _not_of(name: str, one: Quoted, found: Found, ground: Ground) -> str:
    """The name, where the source reports the words of somebody else; or ""."""
    if name in NOBODY:
        return ""  # "the mayor" may be named by his office alone
    if " " not in name and not KANA.match(name) and fold(name) not in ground.called_by:
        return ""  # "Note: ..."
    if not name or (ground.language == "de" and " " not in name):
        return ""  # in German "sagt der Direktor" looks like a name
    words, size = ground.running.words, len(tokens(one.text, ground.running.language))
    own = {fold(part) for part in WORD.findall(name)}
    # "Kwabena says" for Kwabena Osei-Lund.
    stop = lexicon(ground.language).stop
    own |= {
        word
        for part in sorted(own)
        for one in ground.called_by.get(part, ())
        if len(one.words) < 4
        for word in one.words
        if word not in stop
    }
    for at in found.starts:
        voice = ground.running.speakers[at]
        if voice is not None and _same(name, voice) and _reported(at, name, ground):
            continue
        if voice is not None and (_same(name, voice) or own & {fold(part) for part in WORD.findall(voice)}):
            return ""  # "Nuzum" for a label that has only Eric
        begin = at
        while begin > max(0, at - _FAR) and ground.running.speakers[begin - 1] == voice:
            begin -= 1
        end = at + size
        while end < min(len(words), at + size + _BEHIND) and ground.running.speakers[end] == voice:
            end += 1
        ahead, behind = words[begin:at], words[at + size : end]
        if KANA.match(name):
            if _HAN_I_SAID.search("".join(ahead[-14:])) or _HAN_HE.match(name) or name[-2:] in "".join(ahead):
                return ""  # the voice's own, or somebody who is not named
            if name[:2] in "".join((*ahead, *behind)) or not re.search(
                "[说讲道言話述]", "".join((*ahead[-10:], *behind[:6]))
            ):
                return ""
            continue
        if ground.language != "en" and own & set(map(fold, behind)) and not _SAYING.isdisjoint(behind):
            return ""  # "C'est ce que disait ma grand-mère Fernande."
        last = max((nth for nth, word in enumerate(ahead) if word in _SAYING), default=-1)
        mine = bool(_I_SAID.search(" ".join(ahead[-4:]))) or (
            last >= len(ahead) - _CLOSE
            and bool(
                _I_SAID.search(" ".join(ahead[max(0, last - 3) : last + 1]))
                or _ANYBODY_SAYS.search(" ".join(ahead[max(0, last - 12) : last + 1]))
            )
        )
        mine = mine or bool(_AND_I.search(" ".join(ahead[last + 1 :])))
        near = _RIGHT_BEFORE if voice is None and speaks_of_self(own, ground) else _CLOSE
        said = [word for word in ahead[-near:] if word in _SAYING]
        if ground.lowercase:
            said = [word for word in said if word != "called"]  # "a yard called pellerine"
        if not said or mine:
            if voice is None:
                return ""
            continue  # the voice's own
        if own & {fold(word) for word in (*ahead, *behind)}:
            return ""
    return name


def _reported(at: int, name: str, ground: Ground) -> bool:
    """Whether a voice gives the words at a place to somebody else, by name and right before: "Anna Berg said, ..."."""
    words = ground.running.words[max(0, at - 10) : at]
    last = [nth for nth, word in enumerate(words) if word in _SAYING]
    if not last or len(words) - last[-1] > 3 or _I_SAID.search(" ".join(words[-4:])):
        return False
    own = {fold(part) for part in WORD.findall(name)}
    near = [fold(word) for word in words[max(0, last[-1] - 6) :]]
    people = [one for word in near for one in ground.entities_of.get(word, ()) if one.kind == "person"]
    return any(len(one.words) > 1 and set(one.words) <= set(near) and not own & set(one.words) for one in people)


def _holder(line: str, one: Quoted, others: Sequence[Quoted]) -> str:
    """The name right beside a quotation with a verb of saying, or ""."""
    begin = max((other.end for other in others if other.end <= one.start), default=0)
    end = min((other.start for other in others if other.start >= one.end), default=len(line))
    after, ahead = line[one.end : min(end, one.end + 80)], line[max(begin, one.start - 80) : one.start]
    if ANSWER.search(ahead):
        return ""
    verbs = "|".join(sorted(_SAYING, key=lambda word: (-len(word), word)))
    match = re.match(
        rf"\W{{0,3}}(?:[a-zà-þ]+ ){{0,2}}?(?i:\b(?:{verbs})\b)(?: [a-zà-þ’']+){{0,3}} {_NAMED}", after
    ) or re.match(rf"\W{{0,3}}{_NAMED}(?: [a-zà-þ]+)? (?i:(?:{verbs})\b)", after)
    match = match or re.match(
        rf"\W{{0,3}}(?:hatte|hat|habe|had|has|a|avait|ha|había|tinha) {_NAMED} (?i:(?:{verbs}))\b", after
    )
    match = match or re.search(rf"{_NAMED}(?: [a-zà-þ]+)? (?i:(?:{verbs})\b)[^.:]{{0,30}}[:,]?\s*$", ahead)
    match = match or re.search(
        rf"(?:^|[.!?:•▪–-] ){_NAMED}(?:,? (?:on|about|again|beim|über|zu|sobre|sur|à|em)\b[^:.]{{0,60}})? ?[:：]\s*$",
        ahead,
    )
    if match and re.search(r"['’]s?$", match["n"]):
        return ""  # "says Westgate Savings' chief executive": nobody is named
    match = match or _HAN_NAME.match(after)
    match = match or _HAN_BEFORE.search(ahead)
    return _cleared(match["n"]) if match else ""


def _cleared(name: str) -> str:
    """A name without what opens its sentence, and without its 's: "And Dave's answer"."""
    words = name.split()
    while words and words[0].lower() in openers():
        words.pop(0)
    return re.sub(r"['’]s$", "", " ".join(words))


def _denied(line: str, quoted: Quoted, ground: Ground) -> bool:
    before = [fold(word) for word in WORD.findall(line[: quoted.start].replace("n’t", " not").replace("n't", " not"))][
        -4:
    ]
    return any(word in tongue(ground.language).negation for word in before) or any(
        word in ("denies", "rejects", "refuses", "against", "instead") for word in before
    )


def _same(a: str, b: str) -> bool:
    return bool({fold(word) for word in WORD.findall(a)} & {fold(word) for word in WORD.findall(b)})


_HE_SAID = re.compile(
    r"(?i)\W{0,3}(?:(?:he|she) \w+|\w+ (?:he|she|er|sie)|(?:dit|dijo|disse|dice|diz)[ -](?:il|elle|él|ella|ele|ela))\b"
)


def _given(line: str, quoted: Quoted, others: Sequence[Quoted], ground: Ground) -> str:
    """The speaker of the source that the words around a quotation give it to, or ""."""
    begin = max((one.end for one in others if one.end <= quoted.start), default=0)
    end = min((one.start for one in others if one.start >= quoted.end), default=len(line))
    ahead = line[begin : quoted.start]
    after = line[quoted.end : end]
    if ANSWER.search(ahead):
        return ""
    if not _HE_SAID.match(after):
        ahead = ahead[max(ahead.rfind(". "), ahead.rfind("! "), ahead.rfind("? ")) + 1 :]
    inside_ended = bool(re.search(r"[.!?]\s*$", quoted.text))
    stop = re.search(r"[.!?](?:\s|$)", after)
    after = after[: stop.start()] if stop else after
    if inside_ended and re.match(r"\s+[A-ZÀ-Þ]", after) and not re.match(r"\s+[-–—]", after):
        after = ""
    found: list[tuple[int, str]] = []
    for voice in sorted({*ground.speakers, *(saying.who for saying in ground.sayings if saying.who)}):
        for distance, text in ((len(ahead), ahead), (0, after)):
            for part in sorted(_called(voice, ground)):
                for match in re.finditer(rf"(?i)(?<!\w){re.escape(part)}(?!\w)", text):
                    if part[:1].isupper() and not match[0][:1].isupper() and not ROLE.fullmatch(voice):
                        continue  # "he will" is not Will
                    gap = distance - match.end() if distance else match.start()
                    if 0 <= gap <= _NEAR and not _to(text, match.start()):
                        found.append((gap, voice))
    return min(found)[1] if found else ""


def _called(voice: str, ground: Ground) -> set[str]:
    """What a post may call a voice: its label, and the words of it that are names: none of what its office is, which
    stands in brackets, no title and no small word."""
    bare = re.sub(r"\s*[(\[（].*", "", voice).strip() or voice
    small = lexicon(ground.language).stop
    words = [word for word in WORD.findall(bare) if len(word) > 2 and fold(word) not in small | titles()]
    return {voice, bare, *words}


def _to(text: str, at: int) -> bool:
    """Whether a name is the one spoken to or of."""
    return bool(
        re.search(
            r"(?i)\b(?:to|tells?|told|asks?|asked|with|for|of|about|reminds?|interrupts?|answers|zu|mit|an|à|a|"
            r"con|para|com)\s$",
            text[:at],
        )
    )
