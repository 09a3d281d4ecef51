# What a laptop and the CI run; `make help` lists the targets.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
# Cargo, maturin and pytest use every core by themselves. What cargo builds here is of one profile in one
# target folder, so that C code and build scripts are compiled once.
.NOTPARALLEL:

PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
# Commands and benches show real speed, so they have an environment of their own with the release
# build: neither build replaces the other.
RELEASE := .venv-release
# Seconds each fuzz target runs, and how it is built: `--dev`, without optimisation, is there sooner.
SECONDS := 60
FUZZ_BUILD :=

PYTHON_CODE := python tests benches docs/hooks notebooks
SOURCES := $(shell find src python -type f -not -name '*.so' -not -name '*.pyc' 2>/dev/null)

CARGO_FUZZ := target/tools/bin/cargo-fuzz
CARGO_FUZZ_VERSION := 0.13.2
# What is run from here remembers nothing in the user's own folders.
export XDG_CACHE_HOME := $(CURDIR)/target/cache

# What IMF packages are judged by beside us; its findings are known for this version.
IMFERNO := target/tools/bin/imferno
IMFERNO_VERSION := 3.0.1

FUZZ_RUNS := $(patsubst fuzz/fuzz_targets/%.rs,fuzz-%,$(wildcard fuzz/fuzz_targets/*.rs))

# command:package; the readers that tests hold our zips and frames against.
DEBIAN := unzip:unzip 7z:p7zip-full bsdtar:libarchive-tools jar:default-jdk-headless \
	gm:graphicsmagick unshare:util-linux setpriv:util-linux strace:strace \
	mkfs.xfs:xfsprogs mkfs.btrfs:btrfs-progs mount:mount \
	chromium:chromium pdftoppm:poppler-utils ffmpeg:ffmpeg rhash:rhash xxhsum:xxhash xmllint:libxml2-utils \
	mediainfo:mediainfo zbarimg:zbar-tools soffice:libreoffice-calc

.PHONY: demo
demo: $(RELEASE)/.stamp ## List, pack and check 240 real frames with the release build
	PYTHONPATH=tests $(RELEASE)/bin/python tests/material/demo.py

.PHONY: dev
dev: $(VENV)/.stamp ## Build the extension into .venv, quickly
	VIRTUAL_ENV="$(CURDIR)/$(VENV)" $(BIN)/maturin develop --quiet --profile quick

.PHONY: fmt
fmt: $(VENV)/.stamp ## Format Rust and Python
	cargo fmt
	$(BIN)/ruff check --quiet --fix $(PYTHON_CODE) || true
	$(BIN)/ruff format $(PYTHON_CODE)

.PHONY: lint
lint: dev ## Formats, lints, types, and the stub against the extension
	cargo fmt --check
	@# The binding only adds to the crate, and `cargo test` builds it without.
	PYO3_PYTHON="$(CURDIR)/$(BIN)/python" cargo clippy --profile quick --all-targets --features python -- -D warnings
	$(BIN)/ruff format --check $(PYTHON_CODE)
	$(BIN)/ruff check $(PYTHON_CODE)
	$(BIN)/mypy
	$(BIN)/python -m mypy.stubtest reelpack._native

.PHONY: test
test: debian lint test-rust test-python docs ## Everything the CI checks
	$(MAKE) fuzz SECONDS=5 FUZZ_BUILD=--dev

.PHONY: test-rust
test-rust:
	cargo test --profile quick
	cargo test --profile quick --doc

.PHONY: test-python
test-python: dev imferno
	@mkdir -p target/coverage
	$(BIN)/pytest --numprocesses auto --dist worksteal --cov --cov-report=term
	$(BIN)/pytest --quiet --doctest-modules python/reelpack

.PHONY: bench
bench: $(RELEASE)/.stamp debian ## Criterion benches, then whole commands against npack (minutes, 30 GB of disk)
	cargo bench
	PYTHONPATH=tests $(RELEASE)/bin/python benches/commands.py $(BENCH)

.PHONY: docs
docs: dev ## Build the documentation site into target/site, whose tables the extension writes
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --quiet --strict --config-file .mkdocs.yml

.PHONY: fuzz
fuzz: $(FUZZ_RUNS) ## Run each fuzz target for SECONDS (60)

.PHONY: $(FUZZ_RUNS)
$(FUZZ_RUNS): fuzz-%: $(CARGO_FUZZ)
	@# Without a sanitizer a stable compiler will do; the crate is safe code but for a few blocks. One unit of
	@# code, the default, keeps one core busy for minutes.
	@mkdir -p fuzz/corpus/$*
	$(CARGO_FUZZ) fuzz run $(FUZZ_BUILD) --sanitizer none --codegen-units 16 --target-dir target/fuzz \
		$* fuzz/corpus/$* fuzz/seeds/$* -- \
		-max_total_time=$(SECONDS) -verbosity=0

.PHONY: wheel
wheel: $(VENV)/.stamp ## Build the release wheel into target/wheels
	$(BIN)/maturin build --release --out target/wheels

.PHONY: debian
debian:
	@missing=""; \
	for pair in $(DEBIAN); do \
		command -v "$${pair%%:*}" >/dev/null || missing="$$missing $${pair##*:}"; \
	done; \
	if [ -z "$$missing" ]; then exit 0; fi; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		apt-get update -qq; \
		DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends $$missing; \
	else \
		echo "some tests will be skipped; to run them: apt-get install$$missing" >&2; \
	fi

.PHONY: help
help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "%-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# `--group` needs pip 25.1, newer than what Python 3.11 brings along.
$(VENV)/.stamp: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --group dev
	@touch $@

$(RELEASE)/.stamp: pyproject.toml Cargo.toml Cargo.lock $(SOURCES)
	$(PYTHON) -m venv $(RELEASE)
	@echo "building with the release profile: a minute or two, once"
	$(RELEASE)/bin/python -m pip install --quiet --force-reinstall .
	@touch $@

.PHONY: imferno
imferno: ## Build the judge of IMF packages; without a network the tests that ask it are skipped
	@test -x $(IMFERNO) || cargo install --quiet --debug --locked --root target/tools imferno@$(IMFERNO_VERSION) || true

$(CARGO_FUZZ):
	cargo install --quiet --debug --locked --root target/tools --version $(CARGO_FUZZ_VERSION) cargo-fuzz
