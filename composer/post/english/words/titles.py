"""English only: title case."""

from composer.post.lexis import word_list

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
