# Two commands matter: `make run` and `make test`. Both set everything up on first use.
.PHONY: run test check bench shots setup docs clean

PYTHON := .venv/bin/python
READY := .venv/.ready

run: $(READY)
	@$(PYTHON) -m composer window $(if $(FILE),"$(FILE)")

test: $(READY)
	@scripts/test

check: $(READY)
	@scripts/check

# One table; `make bench ONLY=style` runs a part of it.
bench: $(READY)
	@scripts/bench $(ONLY)

shots: $(READY)
	@QT_QPA_PLATFORM=offscreen $(PYTHON) -m scripts.shots

docs: $(READY)
	@$(PYTHON) scripts/reference.py
	@$(PYTHON) -m scripts.readme

setup: $(READY)

# Runs again when what it installs has changed; an interrupted set-up has left no .ready and resumes.
$(READY): pyproject.toml uv.lock scripts/setup
	@scripts/setup
	@touch $@

clean:
	rm -rf .venv build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
