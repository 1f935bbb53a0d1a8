"""Finding words in a draft, in any case and however they are styled."""


def _folded(text: str) -> str:
    # Imported on first use: a search should find styled words typed plainly.
    from composer.text.style import unstyle

    return unstyle(text).casefold()


def contains(text: str, query: str) -> bool:
    """Whether a text holds a query, in any case, plain or styled."""
    return _folded(query) in _folded(text)


def excerpt(text: str, query: str) -> str:
    """The first line that holds the query, else the first line below the headline."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if query:
        hit = next((line for line in lines if contains(line, query)), None)
        if hit:
            return hit[:160]
    return (lines[1] if len(lines) > 1 else lines[0] if lines else "")[:160]
