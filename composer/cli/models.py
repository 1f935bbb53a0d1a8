"""The verbs of the model library."""

import argparse
from pathlib import Path
from typing import Any


def add(verbs: Any, shared: argparse.ArgumentParser) -> None:
    """Add `models` with its verbs below the `verbs` of the parser."""
    parser = verbs.add_parser(
        "models", parents=[shared], help="See, find and check local models.", description="See, find and check models."
    )
    parser.set_defaults(verb=listed)
    what = parser.add_subparsers(metavar="WHAT")

    def verb(name: str, function: object, help: str) -> argparse.ArgumentParser:
        made: argparse.ArgumentParser = what.add_parser(name, parents=[shared], help=help, description=help)
        made.set_defaults(verb=function)
        return made

    verb("list", listed, "The models this app knows. The default.")
    verb("find", found, "The GGUF files that other programs keep on this machine.")
    check = verb("check", checked, "Say whether FILE is a model that can write text, reading only its header.")
    check.add_argument("file", type=Path, metavar="FILE")


def listed(options: argparse.Namespace) -> int:
    """The catalogue."""
    from composer.cli.verbs import dump
    from composer.library import catalogue

    entries = catalogue.load().entries
    if options.json:
        return dump([{"id": e.id, "name": e.name, "size": e.best_size, "licence": e.licence} for e in entries])
    for e in entries:
        print(f"{e.id:22} {gigabytes(e.best_size):>9}  {e.licence:11} {e.strengths}")
    return 0


def found(options: argparse.Namespace) -> int:
    """What is here already."""
    from composer.cli.verbs import dump
    from composer.library import discover

    rows = discover.find()
    if options.json:
        return dump([{"path": str(r.path), "program": r.program, "size": r.size, "problem": r.problem} for r in rows])
    if not rows:
        print("No model files were found in the folders of LM Studio, Ollama, GPT4All, Jan, llama.cpp or the hub.")
    for r in rows:
        print(f"{gigabytes(r.size):>9}  {r.program:12} {r.path}{'  ' + r.problem if r.problem else ''}")
    return 0


def checked(options: argparse.Namespace) -> int:
    """One file's header."""
    from composer.cli.verbs import dump
    from composer.library import gguf_header

    info = gguf_header.check(options.file)
    facts = {
        "path": str(info.path),
        "name": info.name,
        "architecture": info.architecture,
        "size": info.size,
        "parameters": info.parameters,
        "context": info.context,
        "file_type": info.file_type,
        "template": info.template,
    }
    if options.json:
        return dump(facts)
    for name, value in facts.items():
        print(f"{name.replace('_', ' ').capitalize():13} {value if value is not None else 'not known'}")
    return 0


def gigabytes(size: int | None) -> str:
    """3.4 GB, or `size ?` where it is not known."""
    return f"{size / 1e9:.1f} GB" if size is not None else "size ?"
