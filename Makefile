# 同融. `make run` shows the product, `make test` proves it, `make help` lists the rest.
# Needs Python 3.11 to 3.13 with pip, and make: no venv package, no compiler, no Node.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(PYTHON) -m pip --python $(BIN)/python --disable-pip-version-check --no-input --quiet
LOCKED := --only-binary :all: --require-hashes
VENDOR := src/tongrong/portal/static/vendor
STYLE := $(VENDOR)/bootstrap.min.css
UV := ../bin/uv pip compile --quiet --python-version 3.11 --generate-hashes --no-header --system-certs $(UPGRADE)

.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

.PHONY: help
help: ## 列出全部命令
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 18

.PHONY: run
run: $(VENV)/run.stamp $(STYLE) ## 演示：导入虚构集团，逐项判定，接着打开门户
	$(BIN)/tongrong demo --run --serve

.PHONY: assets
assets: ## 取门户的样式和图标（联网一次，按散列值核对）；已有时重取
	@rm -f $(STYLE)
	@$(MAKE) --no-print-directory $(STYLE)

.PHONY: test
test: lint types contracts pytest docs ## 提交前必须通过的全部检查

.PHONY: lint
lint: $(VENV)/test.stamp ## 代码风格与习惯（ruff）
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

.PHONY: types
types: $(VENV)/test.stamp ## 类型（mypy --strict）
	$(BIN)/mypy

.PHONY: contracts
contracts: $(VENV)/test.stamp ## 各部分之间的引用约定（import-linter）
	$(BIN)/lint-imports --no-logo

.PHONY: pytest
pytest: $(VENV)/test.stamp ## 测试（pytest）
	$(BIN)/pytest -n 2 --dist worksteal --durations 25 --durations-min 10

# With CI set a server that does not answer is a failure: skipped, nothing would have been tested.
.PHONY: test-postgres
test-postgres: $(VENV)/test.stamp ## 只在 PostgreSQL 上测试一切用到数据库的（make test 两种数据库都测）
	CI=true $(BIN)/pytest -n 2 --dist worksteal -m needs_postgres

.PHONY: differential
differential: $(VENV)/test.stamp ## 引擎与独立读法在大量随机集团上逐条比对，情形逐一单独判定（不在 make test 之内）
	TONGRONG_DIFFERENTIAL=1000 $(BIN)/pytest --timeout 0 -n 2 --dist worksteal tests/science/test_differential.py \
	  tests/science/test_demo_stories.py tests/scenarios

.PHONY: soak
soak: $(VENV)/test.stamp ## 读文件十分钟的模糊测试，每种数据库在随机时刻杀进程 200 次（不在 make test 之内）
	TONGRONG_SOAK_SECONDS=$${TONGRONG_SOAK_SECONDS:-600} $(BIN)/pytest --timeout 0 tests/platform/test_reader_fuzz.py
	TONGRONG_KILLS=$${TONGRONG_KILLS:-200} $(BIN)/pytest --timeout 0 -n 2 --dist worksteal -rP tests/portal/test_cli_killed.py

.PHONY: bench
bench: $(VENV)/test.stamp $(VENV)/peers.stamp ## 性能：200、2000、20000 单位（TONGRONG_BENCH_UNITS 可只选其中几个）；不在 make test 之内
	$(BIN)/python -m bench

.PHONY: bench-web
bench-web: $(VENV)/test.stamp $(STYLE) ## 性能：门户在 1000、10000 单位时的页面（PostgreSQL；TONGRONG_BENCH_WEB_UNITS 可另选）
	$(BIN)/python -m bench.web

.PHONY: screenshots
screenshots: $(VENV)/test.stamp ## 门户主要页面的图片，放在 docs/screenshots/（用 Chromium）
	$(BIN)/python docs/screenshots.py

.PHONY: docs
docs: $(VENV)/test.stamp ## 生成手册到 site/
	$(BIN)/mkdocs build --strict --quiet

.PHONY: format
format: $(VENV)/test.stamp ## 自动改正 ruff 能改的
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/ruff format --quiet .

.PHONY: clean
clean: ## 删除可以再生成的；var/ 里是数据，不删
	rm -rf $(VENV) $(VENDOR) site build dist bench/out .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

# --- the environment -----------------------------------------------------------------------
# ensurepip is not part of a bare Debian, so the venv has no pip of its own: the pip of $(PYTHON)
# installs into it. A stamp is newer than all that went into the environment.

# A venv has the version of Python and its own place written into it: changed, it is made anew.
ORIGIN := $(shell $(PYTHON) -c 'import sys; print("%d.%d" % sys.version_info[:2])') $(CURDIR)
ifneq ($(file <$(VENV)/origin),$(ORIGIN))
.PHONY: $(VENV)/origin
endif
$(VENV)/origin:
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' || \
	  { echo '需要 Python 3.11 至 3.13。办法：make PYTHON=python3.11 …' >&2; exit 1; }
	@$(PYTHON) -m pip --version >/dev/null || \
	  { echo '$(PYTHON) 没有 pip。办法：apt-get install python3-pip' >&2; exit 1; }
	$(PYTHON) -m venv --clear --without-pip $(VENV)
	@printf '%s' '$(ORIGIN)' >$@

$(VENV)/run.stamp: $(VENV)/origin requirements/run.lock requirements/build.lock pyproject.toml
	@echo '安装或核对所需的包（首次约 400 MB）……'
	$(PIP) install $(LOCKED) -r requirements/run.lock -r requirements/build.lock
	$(PIP) install --no-index --no-deps --no-build-isolation --editable .
	@touch $@

# Styles of others are not kept in git. The wheel is only unpacked: what it asks for is not installed.
$(STYLE): requirements/assets.lock src/tongrong/portal/vendor.py
	@rm -rf build/assets && mkdir -p build/assets
	$(PYTHON) -m pip --disable-pip-version-check --no-input --quiet download --no-deps $(LOCKED) \
	  --dest build/assets -r requirements/assets.lock
	$(PYTHON) src/tongrong/portal/vendor.py build/assets
	@touch $@

$(VENV)/test.stamp: $(VENV)/run.stamp $(STYLE) requirements/test.lock
	$(PIP) install $(LOCKED) -r requirements/test.lock
	@touch $@

# In a folder of its own, never among the product's packages. Without it the benchmark runs, and says so.
$(VENV)/peers.stamp: $(VENV)/origin requirements/peers.lock
	$(PYTHON) -m venv --clear --without-pip $(VENV)/peers
	-$(PYTHON) -m pip --python $(VENV)/peers/bin/python --disable-pip-version-check --no-input --quiet \
	  install $(LOCKED) -r requirements/peers.lock && touch $@

$(VENV)/tools.stamp: $(VENV)/origin requirements/tools.lock
	$(PIP) install $(LOCKED) -r requirements/tools.lock
	@touch $@

# --- the locks -----------------------------------------------------------------------------
# Each is held to the ones before it, so that all of them fit into one environment; `peers` has its own.

.PHONY: lock
lock: new-locks ## 改动 pyproject.toml 之后重写锁定文件；UPGRADE=--upgrade 取最新版本
	cp $(VENV)/lock/requirements/*.lock requirements/

.PHONY: check-lock
check-lock: new-locks ## 检查锁定文件与 pyproject.toml 是否相符
	diff -r requirements $(VENV)/lock/requirements

.PHONY: new-locks
new-locks: $(VENV)/tools.stamp
	@rm -rf $(VENV)/lock && mkdir $(VENV)/lock && cp -r pyproject.toml requirements $(VENV)/lock
	cd $(VENV)/lock && $(UV) pyproject.toml -o requirements/run.lock
	cd $(VENV)/lock && $(UV) pyproject.toml --group test -c requirements/run.lock -o requirements/test.lock
	cd $(VENV)/lock && $(UV) --group build -c requirements/test.lock -o requirements/build.lock
	cd $(VENV)/lock && $(UV) --group peers -o requirements/peers.lock
	cd $(VENV)/lock && $(UV) --no-deps --group assets -o requirements/assets.lock
	cd $(VENV)/lock && $(UV) --group tools -c requirements/test.lock -o requirements/tools.lock
