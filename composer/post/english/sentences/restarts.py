"""English only: what a careful typist writes down of a speaker's stumbles, taken out before a sentence is told.

"It is critical — critical to know", "be — to be", "he ent- — he entered", "The mine — that mine would": the second
start counts. Whom a sentence is called out to ("Folks, ...") is nothing it says.
"""

import re

_DASH = r"\s*(?:—|–|--|\.\.\.|…)\s*"
_WORDS = r"[\w’'-]+(?: [\w’'-]+){0,4}"
# One to five words, a dash, and the same words again.
_TWICE = re.compile(rf"(?i)(?<![\w’'-])(?P<run>{_WORDS}){_DASH}(?:and |or |it(?:['’]s| is) )?(?P=run)(?![\w’'-])")
# "The rope — that rope would", "for a net — the net".
_THE_SAME = re.compile(
    rf"(?i)\b(?P<one>the|a|an|this|that|these|those|my|our|your|its|their) (?P<thing>[\w’'-]+){_DASH}"
    r"(?:the|that|this|these|those|a|an) (?P=thing)\b"
)
# "he ent- — he entered", "with- — it".
_BEGUN = re.compile(r"(?<![\w’'-])(?:(?i:he|she|it|they|we|I|you) )?[A-Za-z’']*[a-z]-(?:\s*(?:—|–|--)\s*|\s+)(?=[a-z])")
# "the net — of the harbour": a pause, and nothing put in.
_PAUSE = re.compile(r"(?i)(?<=\w) ?(?:—|–|--) ?(?=(?:of|to|that|which|who|in|on|at|from|with|by|into|as) [^—–]*$)")
_CALLED = re.compile(
    r"(?i)^(?:(?:and|but|so|now|well|look),? )?(?:folks|friends|my friends|dear friends|ladies and gentlemen|"
    r"my fellow [a-z]+|brothers and sisters|everybody|everyone|graduates|students|colleagues|boys and girls)"
    r"(?:,| ?—| ?–| ?--|:) ?(?=\w)"
)
_ENDED = re.compile(r"(?i),? (?:period|full stop|folks|my friends|ladies and gentlemen|man)(?=[.!]*$)")


# "Ten per cent of those same 7,800 nets": the figure says which.
_THOSE = re.compile(r"(?i)\b(?:those|these) (?:same |very )?(?=\d[\d,]* [a-z])")


# "It does not take a law -- it takes a net": what is so, behind what is not, is a sentence of its own.
_DENIAL = re.compile(r"(?i)(?:\bnot\b|n['’]t\b|\bnever\b)[^.—–]*?(?:—|–|--|;)")
_INSTEAD = re.compile(
    r"(?i)\s*(?:—|–|--|;)\s*(?P<who>it|they|he|she|we|you)(?P<be>['’]s|['’]re| is| are| was| were| will| takes?|"
    r" needs?| means?)"
    r"(?= (?!not\b|n['’]t)\w)"
)


# "The best of it is this: the net": what "this" is comes next.
_THIS = re.compile(r"(?<=\bis) this ?(?:—|–|--|-|:|,) ?(?=(?:the|an?|that|our|your|to)\b)")


# "A non-E.U. Harbour": the full stop ends nothing.
_LETTERS = re.compile(r"\b(?:an?|the|our|every) non-(?:[A-Z]\.){2,} [A-Z](?=[a-z])")


# "It feeds 100 — or 150 boats": the second figure is meant.
_RATHER = re.compile(r"(?i)\b\d[\d,.]*(?: \w+)?\s*(?:—|–|--)\s*(?:or|sorry,?|no,?|I mean,?|rather,?) (?=\d)")


def unbroken(text: str) -> str:
    """`text` without the starts that were taken up again and without whom it calls. The words left keep their order."""
    called = _CALLED.match(text)
    if called:
        text = text[called.end() :]
        text = text[:1].upper() + text[1:]
    text = _THOSE.sub("", _ENDED.sub("", text))
    text = _THIS.sub(" ", _LETTERS.sub(lambda found: found[0][:-1] + found[0][-1].lower(), text))
    if not re.search(r"—|–|--|\.\.\.|…|;|[a-z]- ", text):
        return text
    for _ in range(3):
        before = text
        text = _BEGUN.sub("", text)
        text = _RATHER.sub("", text)
        text = _TWICE.sub(lambda found: found["run"], text)
        text = _THE_SAME.sub(lambda found: f"{found['one']} {found['thing']}", text)
        if text == before:
            break
    if _DENIAL.search(text):
        text = _INSTEAD.sub(lambda found: f". {found['who'].capitalize()}{found['be']}", text, count=1)
    if len(re.findall(r"—|–|--", text)) == 1:
        text = _PAUSE.sub(" ", text)
    return text[:1].upper() + text[1:] if text[:1].islower() else text
