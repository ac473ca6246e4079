# Everything the project does, from a machine with Python 3.11, make and nothing else.
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
MODEL := $(VENV)/share/reuse-knowledge-graph
WEIGHTS := $(MODEL)/bge-small-zh-v1.5-q.onnx
STAMP := $(VENV)/.complete

.PHONY: venv demo serve test browser test-slow check format bench clean java neo4j neo4j-stop test-neo4j

venv: $(STAMP) $(WEIGHTS)

$(STAMP): pyproject.toml constraints.txt
	@command -v $(PYTHON) >/dev/null || { echo "需要 Python 3.11（可用 make PYTHON=/路径/python3.11 指定）" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null \
	  && apt-get update -qq && apt-get install -y -qq python3-venv; } || { echo "缺少 Python 的 venv 模块" >&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[neo4j,py2neo,ocr,notebook,dev]'
	@touch $@

# The sentence model is fetched once, checked by checksum and used offline; without it everything works lexically.
$(WEIGHTS): kg/matching/encoder/model.yaml | $(STAMP)
	$(BIN)/python -m kg.matching.encoder.fetch $(MODEL)
	@touch $@

demo: venv
	$(BIN)/python -m examples.demo

serve: venv
	$(BIN)/kg serve

test: venv
	$(BIN)/python -m pytest

# The slow tests look at the pages in Chromium; it is installed when it is missing and apt may be used.
browser:
	@command -v chromium >/dev/null || command -v google-chrome >/dev/null || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null \
	  && apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-noto-cjk; } \
	  || { echo "慢测试需要 Chromium，请先安装" >&2; exit 1; }

# Neo4j is assembled by Maven and runs on Java; both are installed when missing and apt may be used.
java:
	@command -v java >/dev/null && command -v mvn >/dev/null || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null \
	  && apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends default-jre-headless maven; } \
	  || { echo "Neo4j 需要 Java 17 以上与 Maven，请先安装" >&2; exit 1; }

# On every line of the server that a Java of this machine can run; fails when the server does not come up.
test-neo4j: venv java
	$(BIN)/python -m pytest -m neo4j

test-slow: venv browser
	$(BIN)/python -m pytest -m 'slow and not neo4j'

# A real Neo4j server in .neo4j/, from its published artifacts; no Docker.
neo4j: venv java
	$(BIN)/python -m tools.neo4j start

neo4j-stop: venv
	$(BIN)/python -m tools.neo4j stop

check: venv
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: venv
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: venv
	$(BIN)/python -m benchmarks

clean:
	rm -rf $(VENV) build dist demo out .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache kg.db*
