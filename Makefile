# Thin on purpose: each target is one or two commands that can also be typed.
.DEFAULT_GOAL := help
.PHONY: help setup setup-tests run test check bench bench-understanding bench-environment bench-kiosk bench-speech bench-console test-long locks docs

# Any Python from 3.8; under pyenv `python3` may point at a version that is not installed.
PYTHON := $(shell for python in python3 /usr/bin/python3; do \
  $$python -c 'import sys; sys.exit(sys.version_info < (3, 8))' 2>/dev/null && echo $$python && break; done)
PYTEST := .venv/bin/python -m pytest -p tests.plugins.minutes
# In two processes.
TOGETHER := tests/repository tests/unit tests/contract
# One after the other, in two lanes: what measures time or breaks parts of a running assistant on purpose.
LANE := $(addprefix tests/integration/test_, parts_down.py realtime_running.py talking.py)
OTHER_LANE := tests/integration/process $(addprefix tests/integration/test_, alarm.py alert_sharing.py loudspeaker.py) \
  $(addprefix tests/browser/test_, alarm_running.py straight_path.py)
ALONE := $(LANE) $(OTHER_LANE)
PAGE := tests/people $(filter-out $(ALONE),$(wildcard tests/browser/test_*.py))
RUNNING := $(filter-out $(ALONE),$(wildcard tests/integration/test_*.py))

help: ## say what can be made
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

setup: ## install what is missing and train the dialogues; start nothing
	@$(or $(PYTHON),$(error Python 3.8 or newer is needed)) deploy/bootstrap.py

setup-tests:
	@$(or $(PYTHON),$(error Python 3.8 or newer is needed)) deploy/bootstrap.py --test

run: setup ## set up if need be, then start the assistant
	@exec .venv/bin/station-assistant serve

test: setup-tests ## every test: linters, types, unit, contract, repository, integration, dialogues, browser
	@$(PYTEST) -n 2 --dist loadfile $(TOGETHER) tests/integration/on_data
	@$(PYTEST) -n 2 --dist loadfile $(RUNNING)
	@$(PYTEST) -n 2 --dist loadfile $(PAGE)
	@$(PYTEST) -n 2 --dist loadfile tests/console
	@$(PYTEST) $(LANE) & lane=$$!; $(PYTEST) $(OTHER_LANE); other=$$?; wait $$lane && exit $$other

check: setup-tests ## the quick ones, before every commit: linters, types, unit, contract
	@$(PYTEST) -n 2 --dist loadfile $(TOGETHER) --ignore tests/repository/test_example_station.py

bench: setup-tests ## measure speed and memory into benchmarks/results/
	@.venv/bin/python -m benchmarks.first_answer
	@.venv/bin/python -m benchmarks.knowledge

bench-understanding: setup-tests ## measure what is understood into benchmarks/results/
	@.venv/bin/python -m benchmarks.understanding

bench-kiosk: setup-tests ## measure the page: speed, memory, accessibility, and what ten people get done
	@.venv/bin/python -m benchmarks.kiosk

bench-console: setup-tests ## measure what a publication takes, and what the kiosk notices of it, into benchmarks/results/
	@.venv/bin/python -m benchmarks.console

bench-environment: setup-tests ## measure sensors, rules, warnings and the location of fires into benchmarks/results/
	@.venv/bin/python -m benchmarks.environment
	@.venv/bin/python -m benchmarks.fire

bench-speech: setup-tests ## measure hearing and speaking into benchmarks/results/
	@.venv/bin/python -m benchmarks.speech

test-long: test bench bench-understanding bench-environment bench-kiosk bench-speech bench-console ## every test, then what takes minutes, and every measurement
	@$(PYTEST) -m long tests

locks: ## resolve the hash-pinned requirements anew
	@$(PYTHON) deploy/locks.py

docs: setup-tests ## write the reference pages that follow from the code
	@.venv/bin/python docs/reference/generate.py
	@.venv/bin/python -m assistant.contracts docs/reference
