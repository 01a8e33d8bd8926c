# Ruggespraak. «make» alone lists what can be made.
SHELL := /bin/bash
export GOFLAGS ?= -trimpath

.DEFAULT_GOAL := help

.PHONY: help
help: ## lists the targets
	@grep -hE '^[a-z][a-z0-9-]*:.*## ' $(MAKEFILE_LIST) | sort | awk -F ':.*## ' '{ printf "  %-14s %s\n", $$1, $$2 }'

# --- front end ---------------------------------------------------------------

FRONT_SOURCES := $(shell find frontend/theme frontend/islands -type f 2>/dev/null) \
	frontend/build.mjs frontend/package-lock.json

.PHONY: front
front: frontend/dist/manifest.json ## builds styles, scripts and font into frontend/dist (network needed the first time)

frontend/dist/manifest.json: $(FRONT_SOURCES) frontend/node_modules/.package-lock.json
	node frontend/build.mjs

frontend/node_modules/.package-lock.json: frontend/package-lock.json
	@echo "Installing what the front end is built from: the network is needed this once."
	cd frontend && npm ci --no-audit --no-fund
	@touch $@

.PHONY: generate
generate: ## renews the Go code made from the templates
	go tool templ generate -path frontend
