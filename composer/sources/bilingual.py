"""A text followed by its own translation: one language is chosen, the other kept."""

import re
from itertools import groupby

from composer.sources import facts, language, prose
from composer.sources.base import Draft, Format, Sample
from composer.sources.markdown import inline

_WORD = re.compile(
    r"(?:(?:english|chinese|german|french|spanish|japanese|korean|russian|italian|portuguese|dutch|machine|auto(?:matic)?)"
    r"[ ])?translat(?:ion|ed(?: text)?)(?:[ ](?:to|into)[ ]\w+)?|übersetzung|traduction|traducción|tradução|traduzione|"
    r"vertaling|перевод|переклад|tłumaczenie|překlad|översättning|翻译|翻譯|译文|譯文|中文翻译|中文翻譯|翻訳|日本語訳|번역|"
    r"الترجمة|çeviri",
    re.I,
)
_NAMES = {
    "en": "English", "de": "German", "fr": "French", "es": "Spanish", "it": "Italian", "pt": "Portuguese",
    "nl": "Dutch", "pl": "Polish", "ru": "Russian", "uk": "Ukrainian", "zh": "Chinese", "ja": "Japanese",
    "ko": "Korean", "ar": "Arabic", "he": "Hebrew", "el": "Greek", "tr": "Turkish", "sv": "Swedish", "hi": "Hindi",
    "th": "Thai", "cs": "Czech", "da": "Danish", "no": "Norwegian", "fi": "Finnish",
}  # fmt: skip


_LABELS = {name.lower() for name in _NAMES.values()} | {
    "deutsch", "français", "español", "italiano", "português", "nederlands", "polski", "русский", "українська", "中文",
    "简体中文", "繁體中文", "日本語", "한국어", "العربية", "עברית", "ελληνικά", "türkçe", "svenska",
    "हिन्दी", "ไทย", "original",
}  # fmt: skip


def score(sample: Sample) -> float:
    """A heading that says translation, or two long runs of paragraphs in different scripts."""
    head = sample.text[:60_000]
    return 0.85 if _split(head) is not None else 0.0


def _split(text: str) -> int | None:
    """The offset where the translation begins, or None."""
    place = 0
    paragraphs: list[tuple[int, str]] = []
    for line in text.split("\n"):
        stripped = line.strip()
        name = inline(stripped.lstrip("#")).strip(" :*-–—=()[]【】") if len(stripped) < 60 else ""
        if name and len(name) < 40 and _WORD.fullmatch(name) and place > 0:
            rest = text[place + len(line) :]
            if len(rest.split()) >= 5 or len(rest.strip()) > 40:
                return place
        if len(stripped) > 20:
            paragraphs.append((place, stripped))
        place += len(line) + 1
    # A translation in another script stands at the end; where both ends agree there is none.
    part = min(1500, len(text) // 3)
    ends = (language.script(text[:part]), language.script(text.rstrip()[-part:]))
    return _by_script(paragraphs) if ends[0] != ends[1] else None


def _by_script(paragraphs: list[tuple[int, str]]) -> int | None:
    """Where the script changes once, with a good part of the letters on both sides."""
    if not 2 <= len(paragraphs) <= 2000:
        return None
    scripts = [(language.script(text), place, len(text)) for place, text in paragraphs]
    runs = [(key, list(group)) for key, group in groupby(scripts, key=lambda s: s[0])]
    if len(runs) != 2 or any(key is None for key, _ in runs):
        return None
    first, second = (sum(size for _, _, size in group) for _, group in runs)
    # Chinese, Japanese and Korean say the same in about a third of the letters.
    return runs[1][1][0][1] if first > 0.15 * second and second > 0.15 * first else None


def parse(sample: Sample) -> Draft:
    """The first text, and the second as its translation."""
    at = _split(sample.text)
    if at is None:
        return prose.parse(sample)
    first = prose.parse(Sample(sample.text[:at], sample.name))
    second = prose.parse(Sample(_without_heading(sample.text[at:]), sample.name))
    for draft in (first, second):
        _drop_labels(draft)
        draft.language = language.detect(" ".join(c.text for c in draft.cues))
    if not first.cues or not second.cues or first.language == second.language:
        return prose.parse(sample)
    first.format = "bilingual"
    second.format, second.recognised = "bilingual", False
    second.title = second.title or None
    first.translations.append(second)
    kept, other = (_NAMES.get(d.language or "", d.language or "another language") for d in (first, second))
    first.notices.append(f"The text is followed by its translation: {kept} was chosen, {other} is kept beside it.")
    body = "\n".join(c.text for c in first.cues)
    if first.title:
        first.context.update(facts.of_title(first.title, body))
    return first


def _drop_labels(draft: Draft) -> None:
    """Lines at either end that only name a language."""
    while draft.cues and _is_label(draft.cues[0].text):
        draft.cues.pop(0)
    while draft.cues and _is_label(draft.cues[-1].text):
        draft.cues.pop()


def _is_label(text: str) -> bool:
    return text.strip(" :*#()[]").lower() in _LABELS


def _without_heading(text: str) -> str:
    line, _, rest = text.partition("\n")
    name = inline(line.strip().lstrip("#")).strip(" :*-–—=()[]【】")
    return rest if _WORD.fullmatch(name) else text


FORMAT = Format("bilingual", score, parse)
