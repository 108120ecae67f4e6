# Every command of the project. `make` alone lists them.
# PYTHON chooses the interpreter that makes the environment; afterwards everything runs from .venv.
PYTHON ?= python3
BIN := .venv/bin
LOCK_FLAGS ?=
PYTEST_FLAGS ?= -n 2 --dist loadgroup
TESTS ?=
N ?= 500
SEED ?=

.DEFAULT_GOAL := help
.PHONY: help demo test check bench bench-routes torture format lock clean env dev-env browser

help: ## list the commands
	@awk -F ':.*## ' '/^[a-z][a-z-]*:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: env ## serve a small agency of synthetic people at http://localhost:8000
	@$(BIN)/fieldapp demo

test: dev-env browser ## run every test (TESTS=tests/rules for some of them)
	@$(BIN)/python -m pytest $(PYTEST_FLAGS) $(TESTS)

check: dev-env ## format, lint, types, import rules: what must hold before a commit
	@$(BIN)/python tools/check.py

bench: dev-env browser ## measure the budgets: the server under load, routes, a slow phone
	@failed=0; for file in tools/bench_*.py; do $(BIN)/python "$$file" || failed=1; done; exit $$failed

bench-routes: dev-env ## compare planned days with published best answers, an exact program, VROOM and OR-Tools
	@$(BIN)/python -m uv pip install --quiet --python $(BIN)/python --constraints requirements-dev.lock --group bench-routes
	@failed=0; for name in routes known; do $(BIN)/python "tools/bench_$$name.py" || failed=1; done; exit $$failed

torture: dev-env browser ## make N=500 visits on the worst of roads and prove that nothing is lost (SEED=7 again as then)
	@$(BIN)/python -m tests.road.torture --visits $(N) $(if $(SEED),--seed $(SEED))

format: dev-env ## rewrite Python files in the house's format
	@$(BIN)/ruff check --quiet --fix-only .
	@$(BIN)/ruff format .

lock: dev-env ## choose versions anew where pyproject.toml asks for it (LOCK_FLAGS=--upgrade: everywhere)
	@$(BIN)/python tools/lock.py $(LOCK_FLAGS)

clean: ## remove what the other commands made; the demo's database stays
	@rm -rf .venv node_modules dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

env:
	@$(PYTHON) tools/environment.py

dev-env:
	@$(PYTHON) tools/environment.py dev

browser: dev-env
	@$(BIN)/python tools/browser.py
