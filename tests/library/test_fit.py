"""Memory needs, and what is said about them."""

from pathlib import Path

import pytest

from composer import paths
from composer.engine.messages import Gpu, Ready
from composer.library import fit, graphics, machine
from composer.library.catalogue import load
from composer.library.commands import Library
from composer.library.fit import Need, judge
from composer.library.gguf_header import check
from composer.library.graphics import Graphics
from composer.library.machine import Machine
from composer.library.notes import Notes
from tests.library.files import ARR, BOOL, I32, STR, U32, write
from tests.library.test_gguf_header import build_keys

GB = 10**9
PLAIN = Machine(16 * GB, 12 * GB, 4, "x86_64", frozenset({"avx2", "avx"}))


def test_the_cache_is_counted_by_layer_and_token(tmp_path: Path) -> None:
    info = check(write(tmp_path / "a.gguf"))
    # 2 layers, 2 key heads, 8 numbers a key and 8 a value, 2 bytes each
    assert fit.cache_bytes(info, 512) == 2 * 2 * 16 * 2 * 512
    assert fit.cache_bytes(info, 1) == fit.cache_bytes(info, 256)
    assert fit.estimate(info, 10**6, PLAIN).context == 512


def test_windowed_and_sharing_layers_are_counted_as_they_are(tmp_path: Path) -> None:
    keys = {key: None for key in build_keys() if key.startswith("llama.")}
    keys |= {key.replace("llama.", "gemma4."): value for key, value in build_keys().items() if key.startswith("llama.")}
    keys |= {
        "general.architecture": (STR, "gemma4"),
        "gemma4.block_count": (U32, 3),
        "gemma4.attention.sliding_window": (U32, 64),
        "gemma4.attention.sliding_window_pattern": (ARR, (BOOL, [True, False, False])),
        "gemma4.attention.head_count_kv": (ARR, (I32, [2, 1, 1])),
        "gemma4.attention.key_length_swa": (U32, 4),
        "gemma4.attention.value_length_swa": (U32, 4),
        "gemma4.attention.shared_kv_layers": (U32, 1),
    }
    info = check(write(tmp_path / "a.gguf", keys))
    assert fit.cache_bytes(info, 512) == (2 * 8 + 1 * 16) * 2 * 512


@pytest.mark.parametrize(
    ("processor", "features", "kinds"),
    [
        ("x86_64", {"avx2"}, {2, 12, 20, 39}),
        ("x86_64", {"avx2", "avx512f"}, {2, 10, 12, 20, 39}),
        ("x86_64", set(), set()),
        ("aarch64", {"asimd", "asimddp"}, {2, 8, 12, 13, 14, 20, 39}),
        ("aarch64", {"asimd"}, set()),
        ("arm64", None, {2, 8, 12, 13, 14, 20, 39}),
        ("amd64", None, {2, 12, 20, 39}),
        ("riscv64", None, set()),
    ],
)
def test_rearranged_copies_depend_on_the_processor(processor: str, features: set | None, kinds: set) -> None:
    there = Machine(1, 1, 1, processor, None if features is None else frozenset(features))
    assert fit.repacked(there) == kinds


def test_copies_count_for_the_peak_only(tmp_path: Path) -> None:
    tensors = [("token_embd.weight", (32, 16), 2), ("blk.0.attn_q.weight", (32, 32), 2)]
    info = check(write(tmp_path / "a.gguf", None, tensors))
    need = fit.estimate(info, 512, PLAIN)
    # The token table serves as the output table too, so it is copied as well.
    assert need.copies == 32 * 18 + 16 * 18
    assert need.peak - need.free == need.copies


@pytest.mark.parametrize(
    ("total", "free", "features", "colour", "words"),
    [
        (16, 12, {"avx2"}, "green", "are free."),
        (16, 4, {"avx2"}, "amber", "close other programs first"),
        (4, 4, {"avx2"}, "red", "more than this machine has"),
        (16, 12, {"avx"}, "amber", "lacks AVX2"),
        (0, 0, {"avx2"}, "grey", "cannot be told"),
    ],
)
def test_verdicts(total: int, free: int, features: set, colour: str, words: str) -> None:
    need = fit.Need(8192, 5 * GB, 4 * GB, GB // 2, GB // 10)
    verdict = fit.judge(need, Machine(total * GB, free * GB, 4, "x86_64", frozenset(features)))
    assert (verdict.colour, words in verdict.sentence) == (colour, True)
    assert "5.6 GB" in verdict.sentence
    assert "8,192 tokens" in verdict.sentence


def test_before_the_download_the_need_is_rough_and_says_so() -> None:
    entry = load().get("gemma-4-e2b")
    need = fit.estimate_entry(entry, 8192)
    assert need is not None
    assert need.rough
    assert need.free > entry.best_size
    assert "roughly" in fit.judge(need, PLAIN).sentence


def test_the_largest_context_that_fits(tmp_path: Path) -> None:
    info = check(write(tmp_path / "a.gguf", {"llama.context_length": (U32, 10_000)}))
    assert fit.largest_context(info, PLAIN) == 8192
    assert fit.largest_context(info, Machine(GB, 10**7, 1, "x86_64", None)) == 0


def test_this_machine_can_be_looked_at() -> None:
    here = machine.look()
    assert here.cores >= 1
    assert 0 <= here.free <= here.total


def test_the_limit_of_a_container_counts(tmp_path: Path) -> None:
    (tmp_path / "memory.max").write_text("4000\n")
    (tmp_path / "memory.current").write_text("1000\n")
    assert machine._limited(10_000, 9_000, tmp_path) == (4_000, 3_000)
    (tmp_path / "memory.max").write_text("max\n")
    assert machine._limited(10_000, 9_000, tmp_path) == (10_000, 9_000)
    assert machine._limited(10_000, 9_000, tmp_path / "none") == (10_000, 9_000)


def test_a_graphics_processor_is_told_of_where_the_build_has_one() -> None:
    machine = Machine(16 * 10**9, 12 * 10**9, 4, "x86_64", frozenset({"avx2"}))
    small, large = Need(8192, 3 * 10**9, 0, 10**9, 10**8), Need(8192, 30 * 10**9, 0, 10**9, 10**8)
    card = Graphics(True, "Card One", 8 * 10**9, 12 * 10**9)
    assert judge(small, machine, None) == judge(small, machine)
    # Built for the processor alone: said only where somebody would ask.
    assert judge(small, machine, Graphics(False)) == judge(small, machine)
    assert judge(large, machine, Graphics(False)).sentence.endswith(
        "This build of the engine uses no graphics processor."
    )
    assert judge(small, machine, card).sentence.endswith("and fits on Card One, with 8.0 GB free.")
    too_large = judge(large, machine, card)
    assert too_large.colour == "red"
    assert too_large.sentence.endswith("It is too large for Card One, with 8.0 GB free.")
    # More than the machine's memory, but the card holds it.
    assert judge(large, machine, Graphics(True, "Card Two", 80 * 10**9, 80 * 10**9)).colour == "green"
    assert "can use Card" in judge(small, machine, Graphics(True, "Card")).sentence


def test_the_engine_is_asked_once_for_its_version(tmp_path) -> None:
    notes, asked = Notes(tmp_path / "n.json"), []

    def engine() -> Ready:
        asked.append(1)
        return Ready(1, "x", offload=True, gpus=(Gpu("Small", 10, 20), Gpu("Large", 30, 40)))

    library = Library(paths.find(tmp_path).ensure(), engine=engine, places=tuple)
    assert library.cards() is None
    assert library.cards(ask=True) == Graphics(True, "Large", 30, 40)
    assert Library(library.paths).cards() == Graphics(True, "Large", 30, 40)
    assert library.cards(ask=True) is not None
    assert len(asked) == 1
    library.notes.keep("engine", "graphics", {"version": "0.0", "offload": True})
    assert library.cards() is None
    assert graphics.kept(notes) is None
    assert Library(library.paths, engine=lambda: None).cards(ask=True) is None


def test_the_real_engine_says_what_its_build_can_do() -> None:
    ready = graphics.ask()
    assert ready is not None
    assert ready.pid
    # A build without a backend for graphics sees none.
    assert ready.offload or ready.gpus == ()
