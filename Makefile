# What can be done here. `make` alone prints this list.
PYTHON ?= $(shell command -v python3.11 || command -v python3.12 || command -v python3.13 || command -v python3)
PORT ?= 8000
export STORYMAP_SITE_URL ?= http://127.0.0.1:$(PORT)
VENV := .venv/bin
LOCALES = $(patsubst storymap/locale/%,-l %,$(wildcard storymap/locale/*))

.DEFAULT_GOAL := help
.PHONY: help install run dev check test fuzz bench picture drawing lock messages

help: ## this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

install: ## what the site needs, into .venv and node_modules
	@test -n "$(PYTHON)" || { echo "Python 3.11 is needed. On Debian: apt-get install python3 python3-venv"; exit 1; }
	@$(PYTHON) -m storymap.bootstrap

run: install ## a running site with the Lima story; PORT=8000
	@$(VENV)/python manage.py serve --port $(PORT)

dev: install ## the same, reloading when code changes
	@STORYMAP_DEBUG=1 $(VENV)/python manage.py serve --port $(PORT) --reload

check: ## before each commit, a minute: lint, types, contracts, and tests without a browser that a change usually breaks
	@test -n "$(PYTHON)" || { echo "Python 3.11 is needed. On Debian: apt-get install python3 python3-venv"; exit 1; }
	@$(PYTHON) -m storymap.bootstrap --dev
	@$(VENV)/python tests/everything.py --quick

test: ## everything there is to run; stops within a minute when lint, types, contracts or JavaScript tests fail
	@test -n "$(PYTHON)" || { echo "Python 3.11 is needed. On Debian: apt-get install python3 python3-venv"; exit 1; }
	@$(PYTHON) -m storymap.bootstrap --dev
	@$(VENV)/python tests/everything.py

fuzz: ## the same at length, for the night: every combination, hundreds of made-up requests, all of it on PostgreSQL
	@$(PYTHON) -m storymap.bootstrap --dev
	@STORYMAP_FUZZ=250 $(VENV)/python tests/everything.py

bench: ## measured figures next to their limits
	@$(PYTHON) -m storymap.bootstrap --dev
	@$(VENV)/python tests/bench/run.py

picture: ## the picture of the reading page in the README
	@$(PYTHON) -m storymap.bootstrap --dev
	@$(VENV)/python tests/picture.py

drawing: ## docs/floors.svg, the plan of the house, from the import contracts
	@$(VENV)/python tests/drawing.py

lock: ## write the lock files anew from pyproject.toml and package.json (needs uv)
	uv pip compile -q --generate-hashes --no-header --no-annotate pyproject.toml -o requirements.txt
	uv pip compile -q --generate-hashes --no-header --no-annotate pyproject.toml --group dev -o requirements-dev.txt
	uv pip compile -q --generate-hashes --no-header --no-annotate pyproject.toml --extra scale -o requirements-scale.txt
	uv pip compile -q --generate-hashes --no-header --no-annotate pyproject.toml --extra streets -o requirements-streets.txt
	npm install --package-lock-only --ignore-scripts
	$(PYTHON) tests/strip_lock.py

messages: ## collect and compile translations (needs gettext)
	$(VENV)/python manage.py makemessages --no-location --no-obsolete $(LOCALES) -i node_modules -i .venv -i var -i tests
	$(VENV)/python manage.py compilemessages $(LOCALES)
