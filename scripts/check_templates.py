"""For development: render the makers' own chat templates and compare ours with them, byte for byte.

    python scripts/check_templates.py PATH/TO/llama.cpp

PATH is `vendor/llama.cpp` of llama-cpp-python's source package. The app itself never renders a template from a file.
Exit code 1 where one differs. `strftime_now` gives a fixed day, because some templates write today's date.
"""

import sys
from pathlib import Path

import jinja2
from jinja2.sandbox import ImmutableSandboxedEnvironment

from composer.engine import templates
from composer.engine.messages import Piece

SYSTEM, USER = "You write.", "Source: one\n\ntwo"

# our family -> the original's file, the text before ours that is not ours to write (the start token), variables
ORIGINALS: dict[str, list[tuple[str, str, dict[str, object]]]] = {
    "gemma4": [
        ("google-gemma-4-31B-it", "<bos>", {"enable_thinking": False}),
        ("google-gemma-4-31B-it-interleaved", "<bos>", {"enable_thinking": False}),
    ],
    "gemma3": [("google-gemma-2-2b-it", "<bos>", {})],
    "qwen3": [("Qwen-Qwen3-0.6B", "", {"enable_thinking": False})],
    "qwen35": [("Qwen3.5-4B", "", {"enable_thinking": False})],
    "qwen2": [("Qwen-Qwen2.5-7B-Instruct", "", {})],
    "llama3": [
        ("meta-llama-Llama-3.1-8B-Instruct", "<s>", {}),
        ("meta-llama-Llama-3.2-3B-Instruct", "<s>", {}),
        ("meta-llama-Llama-3.3-70B-Instruct", "<s>", {}),
    ],
    "mistral": [("mistralai-Mistral-Nemo-Instruct-2407", "<s>", {})],
    "mistral-system": [
        ("Mistral-Small-3.2-24B-Instruct-2506", "<s>", {}),
        ("mistralai-Ministral-3-14B-Reasoning-2512", "<s>", {}),
        ("unsloth-mistral-Devstral-Small-2507", "<s>", {}),
    ],
    "phi3": [("microsoft-Phi-3.5-mini-instruct", "", {})],
    "smollm3": [("HuggingFaceTB-SmolLM3-3B", "", {"enable_thinking": False})],
    "granite": [
        ("ibm-granite-granite-3.3-2B-Instruct", "", {}),
        ("ibm-granite-granite-4.0", "", {}),
        ("ibm-granite-granite-4.1", "", {}),
    ],
    "lfm2": [("LFM2-8B-A1B", "<s>", {}), ("LFM2.5-Instruct", "<s>", {})],
}


def original(path: Path, variables: dict[str, object], system: bool = True) -> str:
    """What the template in `path` makes of a system text and a user text."""
    environment = ImmutableSandboxedEnvironment(
        trim_blocks=True, lstrip_blocks=True, extensions=["jinja2.ext.loopcontrols"]
    )

    def refuse(message: str) -> None:
        raise jinja2.TemplateError(message)

    environment.globals["raise_exception"] = refuse
    environment.globals["strftime_now"] = lambda form: "26 Jul 2024" if "%b" in form else "July 26, 2024"
    messages = [{"role": "system", "content": SYSTEM}] if system else []
    messages += [{"role": "user", "content": USER if system else f"{SYSTEM}\n\n{USER}"}]
    start = "<bos>" if "gemma" in path.name else "<s>"
    template = environment.from_string(path.read_text(encoding="utf-8"))
    return template.render(
        messages=messages, add_generation_prompt=True, bos_token=start, eos_token="</s>", tools=None, **variables
    )


# families without a template file, but with code of the library's own (llama-chat.cpp) under this name
CODED = {"phi3": "phi3", "phi4": "phi4", "chatml": "chatml"}


def coded(name: str) -> str:
    """What the library's own code makes of the two texts."""
    import ctypes

    import llama_cpp

    texts = [(b"system", SYSTEM.encode()), (b"user", USER.encode())]
    chat = (llama_cpp.llama_chat_message * 2)(*[llama_cpp.llama_chat_message(role, text) for role, text in texts])
    buffer = ctypes.create_string_buffer(4096)
    length = llama_cpp.llama_chat_apply_template(name.encode(), chat, 2, True, buffer, 4096)
    return buffer.raw[:length].decode()


def ours(family: str) -> str:
    """What we make of the same two texts."""
    return "".join(piece.text for piece in templates.render(family, SYSTEM, [Piece(USER)]))


def main() -> int:
    """Compare all, print a line each."""
    folder = Path(sys.argv[1]) / "models" / "templates"
    wrong = 0
    for family, style in templates.FAMILIES.items():
        for name, start, variables in ORIGINALS.get(family, []):
            theirs = original(folder / f"{name}.jinja", variables, style.system is not None)
            same = theirs == start + ours(family)
            wrong += not same
            print(f"{'same' if same else 'DIFFERS':8} {family:15} {name}")
            if not same:
                print(f"  theirs {theirs!r}\n  ours   {start + ours(family)!r}")
        if family in CODED:
            same = coded(CODED[family]) == ours(family)
            wrong += not same
            print(f"{'same' if same else 'DIFFERS':8} {family:15} llama-chat.cpp")
        elif family not in ORIGINALS:
            print(f"{'unverified':8} {family}")
        if style.verified != (family in ORIGINALS or family in CODED):
            wrong += 1
            print(f"{family} says verified={style.verified}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
