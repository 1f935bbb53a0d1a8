"""The words of the command line. The reference in docs/command-line.md is generated from here."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from composer import __version__
from composer.cli import models, prompts, verbs
from composer.errors import UsageError
from composer.post.model import LENGTHS, SHAPES, TONES


class Parser(argparse.ArgumentParser):
    """A parser that raises UsageError, so that every failure is one line and one exit code."""

    def error(self, message: str) -> NoReturn:
        """Raise instead of printing the whole usage and leaving."""
        raise UsageError(f"{message[:1].upper()}{message[1:]}. See: {self.prog} --help")


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """The options of `arguments`, with the function of the verb in `verb`. Raises UsageError."""
    options = build().parse_args(arguments)
    options.home = getattr(options, "home", None)
    options.json = getattr(options, "json", False)
    return options


def build() -> Parser:
    """The whole parser."""
    # SUPPRESS: given before the verb, an option must not be reset by the verb's own default.
    shared = Parser(add_help=False, argument_default=argparse.SUPPRESS)
    group = shared.add_argument_group("everywhere")
    group.add_argument("--home", type=Path, metavar="DIR", help="keep drafts, settings and models under DIR")
    group.add_argument("--json", action="store_true", help="print JSON instead of text")

    parser = Parser(
        prog="post-composer",
        parents=[shared],
        description="Turn a transcript into a post you are proud to paste. Without a verb, opens the window.",
    )
    parser.add_argument("--version", action="version", version=f"post-composer {__version__}")
    parser.set_defaults(verb=verbs.window, files=[])
    verb = parser.add_subparsers(title="verbs", metavar="VERB", parser_class=Parser)

    def add(name: str, function: object, help: str) -> Parser:
        made = verb.add_parser(name, parents=[shared], help=help, description=help)
        made.set_defaults(verb=function)
        return made

    window = add("window", verbs.window, "Open the window, with files if any are named. The default.")
    window.add_argument("files", nargs="*", type=Path, metavar="FILE")

    read = add("read", verbs.read, "Show what a file is read as: format, language, length, speakers, first lines.")
    read.add_argument("file", metavar="FILE", help="a file, or - for standard input")

    points = add(
        "points",
        verbs.points,
        "Show the points worth posting, with their times. -n lists what an editor would post, best first; "
        "--words fills that many words for coverage. Both choose from the same scored sentences.",
    )
    points.add_argument("file", metavar="FILE", help="a file, or - for standard input")
    how = points.add_mutually_exclusive_group()
    how.add_argument("-n", type=_count, default=12, metavar="N", help="how many points (12)")
    how.add_argument("--words", type=_count, metavar="N", help="fill N words for coverage instead")

    tags = add("hashtags", verbs.hashtags, "Suggest hashtags for a post or a transcript, best first.")
    tags.add_argument("file", metavar="FILE", help="a file, or - for standard input")
    tags.add_argument("-n", type=_count, default=8, metavar="N", help="how many at most (8)")

    _draft(add("draft", verbs.draft, "Draft a post from one or several transcripts, print it and keep it."))

    style = add("style", verbs.style, "Write TEXT, or standard input, in a Unicode style such as sans_bold.")
    style.add_argument("name", metavar="NAME", help="a style; an unknown one lists them all")
    style.add_argument("text", nargs="?", metavar="TEXT")

    unstyle = add("unstyle", verbs.unstyle, "Write TEXT, or standard input, in plain letters again.")
    unstyle.add_argument("text", nargs="?", metavar="TEXT")

    check = add("check", verbs.check, "List what is worth a look in a post: length, tags, numbers, names, quotes.")
    check.add_argument("file", metavar="FILE", help="the post, or - for standard input")
    check.add_argument("--against", type=Path, metavar="SOURCE", help="hold the post against this transcript")
    check.add_argument("--network", default="linkedin", metavar="NAME", help="whose limits count (linkedin)")

    models.add(verb, shared)
    prompts.add(verb, shared)
    _drafts(add("drafts", verbs.drafts_list, "List, show, search or export the saved drafts."), shared)
    return parser


def _draft(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", nargs="+", metavar="FILE", help="transcripts; - for standard input")
    parser.add_argument("--shape", default="take", metavar="|".join(SHAPES), help="the shape of the post (take)")
    writers = ("builtin", "model", "server")
    parser.add_argument("--writer", default="builtin", choices=writers, help="who writes (builtin)")
    parser.add_argument(
        "--model", metavar="PATH", help="a GGUF file for --writer model, or a model's name for --writer server"
    )
    parser.add_argument("--server", metavar="URL", help="for --writer server (the one last used)")
    parser.add_argument("--key", action="store_true", help="ask for the server's key, for this run only")
    parser.add_argument("--tone", default="plain", choices=TONES, help="needs a model (plain)")
    parser.add_argument("--length", default="medium", choices=LENGTHS, help="how many points (medium)")
    parser.add_argument("--audience", metavar="WHO", help="whom the post is for; needs a model")
    parser.add_argument("--language", default="source", metavar="TAG", help="needs a model (the source's)")
    parser.add_argument("--network", default="linkedin", metavar="NAME", help="whose limits count (linkedin)")
    parser.add_argument("--variant", type=_count, default=0, metavar="N", help="another selection, by number (0)")


def _drafts(parser: argparse.ArgumentParser, shared: Parser) -> None:
    what = parser.add_subparsers(metavar="WHAT", parser_class=Parser)

    def add(name: str, function: object, help: str) -> argparse.ArgumentParser:
        made = what.add_parser(name, parents=[shared], help=help, description=help)
        made.set_defaults(verb=function)
        return made

    add("list", verbs.drafts_list, "All drafts, newest first. The default.")
    add("show", verbs.drafts_show, "Print a draft exactly.").add_argument("id", metavar="ID")
    add("search", verbs.drafts_search, "Drafts that hold WORDS.").add_argument("words", metavar="WORDS")
    export = add("export", verbs.drafts_export, "Write drafts as text files into DIR, all or those named.")
    export.add_argument("folder", type=Path, metavar="DIR")
    export.add_argument("ids", nargs="*", metavar="ID")


def _count(text: str) -> int:
    try:
        number = int(text)
    except ValueError:
        number = -1
    if number < 0:
        raise argparse.ArgumentTypeError(f"{text} is not a count")
    return number
