# Ruggespraak. «make» alone lists what can be made.
SHELL := /bin/bash
export GOFLAGS ?= -trimpath

.DEFAULT_GOAL := help

.PHONY: help
help: ## lists the targets
	@grep -hE '^[a-z][a-z0-9-]*:.*## ' $(MAKEFILE_LIST) | sort | awk -F ':.*## ' '{ printf "  %-14s %s\n", $$1, $$2 }'

# --- the program -------------------------------------------------------------

.PHONY: run
run: generate build ## sets everything up and serves the demo on http://localhost:8080 (the network is needed the first time)
	bin/ruggespraak demo

.PHONY: build
build: front ## leaves the program in bin/ruggespraak
	CGO_ENABLED=0 go build -trimpath -o bin/ruggespraak ./cmd/ruggespraak

# --- tests -------------------------------------------------------------------

.PHONY: test
test: ## runs everything; names the parts that this machine cannot run
	@.ci/test

.PHONY: test-go
test-go: front ## runs the Go tests
	go test -timeout 20m ./...

# Where goroutines meet: the rest of the program has none of its own. What goes
# over routes, texts or words one by one is skipped; the detector makes it ten
# times slower and finds nothing there.
RACE_SKIP := Mutation|Confusion|TheGuard|MayNotLeave|WhatIsHidden|SeasonLoads|ScrubLeavesNothing|FindDoesNotDepend|RevokedCredentials|SpaceIs
RACE_SKIP := $(RACE_SKIP)|Matrix|EveryRoute|EveryCell|Unseen|LookingChanges|Sweep|Similar|Analyse|Tables|Hostile|RightArticle|HitsAre|ShippedArticle
RACE_PACKAGES := ./cmd/... ./internal/outbox ./internal/textindex ./people ./server/... ./store/sqlite

.PHONY: test-race
test-race: front ## runs the tests of what is concurrent with the race detector (needs a C compiler)
	CGO_ENABLED=1 go test -race -short -timeout 20m -skip '$(RACE_SKIP)' $(RACE_PACKAGES)

.PHONY: test-browser
test-browser: build ## walks through the program in a browser (needs Chromium)
	node --test --test-concurrency=2 --test-force-exit --test-timeout=1800000 frontend/test/*.test.mjs

.PHONY: test-office
test-office: ## sends documents through LibreOffice to HTML and PDF (needs soffice, pdftotext)
	RUGGESPRAAK_TEST_OFFICE=1 go test -count 1 -run Office ./internal/markdown

.PHONY: test-live
test-live: front ## plays histories of live discussion with faults, and finds six faults that it plants (HISTORIES_FOR=210s)
	HISTORIES_FOR=$${HISTORIES_FOR:-210s} go test -count=1 -timeout 20m -v ./bench/history

.PHONY: bewijs-live
bewijs-live: front ## plays 200 histories of live discussion (HISTORIES, HISTORY_SEED; takes more than an hour)
	HISTORIES=$${HISTORIES:-200} go test -count=1 -timeout 12h -v ./bench/history

.PHONY: bewijs-xss
bewijs-xss: frontend/node_modules/.package-lock.json ## opens 10,000 hostile texts in a browser: nothing may run (XSS_COUNT, XSS_SEED; needs Chromium)
	XSS_COUNT=$${XSS_COUNT:-10000} node --test --test-force-exit --test-timeout=3600000 frontend/test/xss.test.mjs

.PHONY: lint
lint: front front-check ## checks form, generated code, imports, and what vet and staticcheck see
	@.ci/lint

# --- front end ---------------------------------------------------------------

# Templates count: the style sheet keeps only what they can use.
FRONT_SOURCES := $(shell find frontend/theme frontend/islands frontend/build -type f) \
	$(shell find frontend -name node_modules -prune -o -name '*.templ' -print) frontend/package-lock.json

.PHONY: front
front: frontend/dist/manifest.json ## builds styles, scripts and font into frontend/dist (network needed the first time)

frontend/dist/manifest.json: $(FRONT_SOURCES) frontend/node_modules/.package-lock.json
	node frontend/build/build.mjs

frontend/node_modules/.package-lock.json: frontend/package-lock.json
	@echo "Installing what the front end is built from: the network is needed this once."
	cd frontend && npm ci --no-audit --no-fund
	@touch $@

.PHONY: front-check
front-check: frontend/node_modules/.package-lock.json ## checks the types and the form of scripts and styles
	cd frontend && node_modules/.bin/tsc -p . && node_modules/.bin/biome check --error-on-warnings .

.PHONY: test-front
test-front: front ## checks every part and island in a browser
	node --test --test-force-exit --test-timeout=1800000 frontend/test/gallery.test.mjs frontend/test/islands.test.mjs

.PHONY: generate
generate: ## renews the Go code made from the templates
	go tool templ generate -path frontend

# --- store -------------------------------------------------------------------

# Packages whose tests take their store from storetest.Open, and so run over
# MongoDB too.
MONGO_PACKAGES := ./store/mongo $(patsubst %,./%/...,$(wildcard internal/outbox server/jobs server/mail people meetings knowledge cmd/app cmd/demo))

.PHONY: test-mongo
test-mongo: ## runs what touches the store over MongoDB (RUGGESPRAAK_TEST_MONGODB, or a stand-in: needs JDK 17 and Maven)
	@store/mongo/testserver/run.sh $(MONGO_PACKAGES)

.PHONY: bench
bench: ## compares the store with the bare driver, its pages with ten times as many documents, searching with bare bleve, the line with a bare broadcaster
	set -o pipefail; RUGGESPRAAK_BENCH=1 go test -run '^$$' -bench 'AgainstBare|Line|ListPage|ContributionsPage|Open20000' -benchtime 1x -timeout 30m ./store/sqlite ./internal/textindex ./cmd/app | grep -E '^Benchmark|^ok|FAIL|_test\.go:|^panic:'

# What rendering executes is counted, so that a busy machine finds the same.
COUNTED := ruggespraak/bench/shapes,ruggespraak/internal/markdown,github.com/yuin/goldmark/...,github.com/microcosm-cc/bluemonday/...,golang.org/x/net/html,golang.org/x/text/unicode/norm,regexp,bytes,strings
FUZZ_FOR ?= 10m

.PHONY: fuzz-markdown
fuzz-markdown: ## looks for texts that are dear or harmful to render (FUZZ_FOR=2h: so long for each)
	@counters=$$(mktemp -d) && trap 'rm -rf "$$counters"' EXIT && \
		go build -cover -covermode=atomic -coverpkg=$(COUNTED) -o "$$counters/shapes" ./bench/shapes && \
		GOCOVERDIR="$$counters" "$$counters/shapes" -for $(FUZZ_FOR)
	go test -run '^$$' -fuzz FuzzArticle -fuzztime $(FUZZ_FOR) ./internal/markdown

.PHONY: memory
memory: build ## prints the memory of the demo, its season loaded and nobody signed in
	@bench/memory.sh
