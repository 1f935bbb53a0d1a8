"""How many threads a machine has to give."""

import os
from pathlib import Path


def default_threads() -> int:
    """Physical cores less one, at least one: with every core busy elsewhere decoding falls to a fortieth."""
    return max(1, physical_cores() - 1)


def physical_cores() -> int:
    """Cores this process may run on, hyper-threads counted once where Linux tells."""
    allowed = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else set(range(os.cpu_count() or 1))
    seen = set()
    for cpu in sorted(allowed):
        try:
            seen.add(Path(f"/sys/devices/system/cpu/cpu{cpu}/topology/thread_siblings_list").read_text().strip())
        except OSError:
            seen.add(str(cpu))
    return max(1, len(seen))
