"""For development: see exactly what a model is shown, and what becomes of answers that somebody writes in its place.

    python scripts/prompts.py SOURCE --out DIR [--flow take ...] [--family qwen3]
    python scripts/prompts.py SOURCE --answers FILE ...

The first writes a file for each flow: the rendered prompt, and after it, slot by slot, what the model sees and has to
answer at every ⟨slot⟩. The second runs the writer on files of answers and prints the posts. `tests/writers/player.py`
explains the files. The answers behind the slots of the first are sentences of the source.
"""

import argparse
import sys
from pathlib import Path

from composer.errors import ComposerError
from composer.post.layout import lay
from composer.post.model import Post
from tests.writers.player import FLOWS, Player, load, parrot, parse, perform, shown


def dump(source: Path, out: Path, flows: list[str], family: str) -> None:
    """Write the prompts of the flows."""
    evidence = load(source)
    out.mkdir(parents=True, exist_ok=True)
    for flow in flows:
        player = Player(parrot(evidence), family=family, context=4096 if flow == "parts" else 16_384)
        try:
            perform(flow, evidence, player)
        except ComposerError as error:
            print(f"{flow}: {error}", file=sys.stderr)
        path = out / f"{flow}.txt"
        path.write_text(shown(player.requests), encoding="utf-8", newline="\n")
        print(f"{path}: {len(player.requests)} requests, {sum(len(r.slots) for r in player.requests)} slots")


def answered(source: Path, files: list[Path], family: str) -> None:
    """Run the writer on answers and print what comes of them."""
    evidence = load(source)
    for file in files:
        play = parse(file.read_text(encoding="utf-8"))
        player = Player(play.answer, family=family, context=16_384)
        print(f"== {file.stem}: {play.flow}: {play.plays}\n")
        try:
            made = perform(play.flow, evidence, player)
        except ComposerError as error:
            print(f"{error}\n")
            continue
        if isinstance(made, Post):
            print(lay(made).plain + "\n")
            print("".join(f"- {notice}\n" for notice in made.notices))
        else:
            print("\n".join(made) + "\n")


def main() -> int:
    """Run."""
    parser = argparse.ArgumentParser(description="See what a model is shown, and play one.")
    parser.add_argument("source", type=Path)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--answers", type=Path, nargs="*", default=[])
    parser.add_argument("--flow", action="append", choices=FLOWS)
    parser.add_argument("--family", default="qwen3")
    given = parser.parse_args()
    if given.out:
        dump(given.source, given.out, given.flow or list(FLOWS), given.family)
    answered(given.source, given.answers, given.family)
    return 0


if __name__ == "__main__":
    sys.exit(main())
