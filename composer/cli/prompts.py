"""The verb `prompts`: what a model is told, shown, changed and taken back."""

import argparse
from typing import Any

from composer.cli import show, verbs
from composer.errors import UsageError
from composer.writers import own_prompts


def add(verb: Any, shared: argparse.ArgumentParser) -> None:
    """Put the words of `prompts` under `verb`."""
    text = "List, show, change or reset what a model is told."
    top = verb.add_parser("prompts", parents=[shared], help=text, description=text)
    top.set_defaults(verb=listed)
    what = top.add_subparsers(metavar="WHAT", parser_class=type(top))

    def one(name: str, function: object, help: str) -> argparse.ArgumentParser:
        made: argparse.ArgumentParser = what.add_parser(name, parents=[shared], help=help, description=help)
        made.set_defaults(verb=function)
        return made

    one("list", listed, "All prompts, and which are your own. The default.")
    shown = one("show", print_one, "Print a prompt as it is used now.")
    shown.add_argument("name", metavar="NAME")
    shown.add_argument("--original", action="store_true", help="as it came, whatever you changed")
    edit = one("edit", change, "Use the words of FILE from the next draft on.")
    edit.add_argument("name", metavar="NAME")
    edit.add_argument("file", metavar="FILE", help="a file, or - for standard input")
    back = one("reset", take_back, "Use the prompt that came with the app again.")
    back.add_argument("name", nargs="?", metavar="NAME")
    back.add_argument("--all", action="store_true", help="reset every prompt")


def listed(options: argparse.Namespace) -> int:
    """All prompts."""
    with verbs.session(options):
        found = own_prompts.every()
    if options.json:
        return show.dump([{"name": p.name, "about": p.about, "changed": p.changed} for p in found])
    for prompt in found:
        print(f"{prompt.name:13} {prompt.about}{' (your own)' if prompt.changed else ''}")
    return 0


def print_one(options: argparse.Namespace) -> int:
    """One prompt, exactly."""
    with verbs.session(options):
        text = own_prompts.original(options.name) if options.original else own_prompts.one(options.name).text
    if options.json:
        return show.dump({"name": options.name, "text": text})
    print(text, end="" if text.endswith("\n") else "\n")
    return 0


def change(options: argparse.Namespace) -> int:
    """Save a person's own words."""
    text = verbs.text_of(options.file)
    with verbs.session(options):
        saved = own_prompts.save(options.name, text)
    state = "is your own now" if saved.changed else "is as it came"
    print(f"{saved.name} {state}. It counts from the next draft on.")
    return 0


def take_back(options: argparse.Namespace) -> int:
    """Reset one prompt, or all."""
    if options.all == bool(options.name):
        raise UsageError("Name one prompt, or give --all. See: post-composer prompts --help")
    with verbs.session(options):
        names = [prompt.name for prompt in own_prompts.every()] if options.all else [options.name]
        for name in names:
            own_prompts.reset(name)
    print("All prompts are as they came." if options.all else f"{options.name} is as it came.")
    return 0
