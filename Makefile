# make lab     set everything up and open JupyterLab on the demo project
# make test    set everything up and run every test
# make check   lint and types only
# make bench   print the table of benchmarks
# make torture  try to lose edits, some minutes; LONG=1: for hours; ARGS="soak git": only these
# make clean   remove what was built; the demo project stays

VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
TESTING := $(VENV)/.testing
RIVALS := $(VENV)/.rivals
TOOLS := extension/dev/node_modules/.installed

# Folders, too: their times tell of files that are gone.
FRONT := $(shell find extension/src extension/style extension/schema -not -path '*/__tests__*') \
	$(wildcard extension/*.json extension/*.mjs) extension/yarn.lock extension/.yarnrc.yml

.PHONY: lab test check bench torture clean install
.DEFAULT_GOAL := test

install: $(INSTALLED)

$(INSTALLED): pyproject.toml $(wildcard jupyter-config/*/*) $(FRONT)
	scripts/install $(VENV)
	touch $@

# What only tests need, apart: whoever wants to look does not wait for it.
$(TESTING): $(INSTALLED)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[lab,writing,test]'
	touch $@

$(TOOLS): extension/dev/package.json extension/dev/yarn.lock | $(INSTALLED)
	cd extension/dev && PATH="$(CURDIR)/$(BIN):$$PATH" jlpm install
	touch $@

lab: $(INSTALLED)
	scripts/lab $(VENV) $(ARGS)

test: $(TESTING) $(TOOLS)
	scripts/test $(VENV)

check: $(TESTING) $(TOOLS)
	scripts/test $(VENV) check

$(RIVALS): $(TESTING)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[bench]'
	touch $@

bench: $(RIVALS)
	$(BIN)/python -m benchmarks $(ARGS)

torture: $(TESTING)
	LONG=$(LONG) $(BIN)/python -m tests.torture $(ARGS)

clean:
	rm -rf $(VENV) dist extension/node_modules extension/dev/node_modules extension/lib
	rm -rf src/reviewkit/labextension src/reviewkit/kit/static
	rm -rf .mypy_cache .pytest_cache .ruff_cache .hypothesis
