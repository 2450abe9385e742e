# pressrow: a folder of news articles in, a Parquet dataset out.
# Go and make are enough for the first group of targets in `make help`.

SEEDS ?= seeds
OUT   ?= out
DATA  ?= ../shared/data
FUZZTIME ?= 60s
SOAK := Killed|Interrupted|Lock|AtOnce|DiskTrouble|PowerLoss|Broken|ReadersDuring|GrowsWith|MemoryCap
SOAKFLAGS = -count 1 -timeout 4h -v -run '$(SOAK)' -args -soak
EVALFLAGS ?= -floors pipeline/eval/floors.tsv
STEPS := stages/[a-z]+\.(Text|Mark|Split|Tag|Score|Flag)$$|Document..Check|Fields..fill|rowBuffer..document|Encoder..(Append|Finish)|PartWriter..Add|proveColumn$$|builder..(list|plan)|gcBgMarkWorker$$
COUNT ?= 6
ROUNDS ?= 3
BENCHSTAT := golang.org/x/perf/cmd/benchstat@v0.0.0-20260908200009-22c9c6c9d4da
STATICCHECK := honnef.co/go/tools/cmd/staticcheck@v0.8.2
GOVULNCHECK := golang.org/x/vuln/cmd/govulncheck@v1.8.0

.DEFAULT_GOAL := help
.PHONY: help build dataset test soak test-duckdb test-clients readme clients check vuln bench bench-record profile bench-peers bench-growth fuzz eval eval-vader model golden clean release reproducible

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2} /^#-- / {print substr($$0, 5)}' $(MAKEFILE_LIST)

build: ## build the program as bin/pressrow
	go build -trimpath -o bin/pressrow .

# The program's exit code 3 means: published, but some documents could not be
# used. That is a success here, with a warning, unless STRICT=1.
dataset: build ## build the dataset: SEEDS=folder OUT=folder FLAGS='--parts 4' STRICT=1
	@bin/pressrow build --out "$(OUT)" $(FLAGS) "$(SEEDS)" || { code=$$?; \
	  if [ $$code = 3 ] && [ -z "$(STRICT)" ]; then \
	    echo "warning: some documents are in quarantine; see '$(OUT)/quarantine/*.parquet'" >&2; \
	  else exit $$code; fi; }

test: ## run all tests that need only Go (those with DuckDB need a C compiler, too)
	go vet ./...
	go test -timeout 40m ./... # a slow machine takes more than the ten minutes Go allows
	@$(MAKE) --no-print-directory test-duckdb

test-duckdb: ## open the files with DuckDB's Go driver; needs a C compiler
	@if [ "$$(cd schema/duckdb && go env CGO_ENABLED)" = 1 ] && command -v "$$(go env CC)" >/dev/null; then \
	  cd schema/duckdb && go test ./...; \
	else echo "test-duckdb: skipped: no C compiler found (install gcc or clang to run it)"; fi

# What go build is told so that the bytes depend on the source and on Go's version alone.
RELEASE := CGO_ENABLED=0 GOAMD64=v1 GOARM64=v8.0 GOFLAGS= GOEXPERIMENT= go build -trimpath -buildvcs=false -ldflags='-s -w -buildid='
SYSTEMS := linux-amd64 linux-arm64 darwin-amd64 darwin-arm64

release: ## static programs in dist/ with SHA256SUMS and a bill of materials (CycloneDX) for each; SYSTEMS='linux-arm64'
	rm -rf dist && mkdir dist
	@for system in $(SYSTEMS); do echo "dist/pressrow-$$system"; \
	  GOOS=$${system%-*} GOARCH=$${system#*-} $(RELEASE) -o dist/pressrow-$$system . && \
	  go run ./pipeline/sbom dist/pressrow-$$system > dist/pressrow-$$system.cdx.json || exit 1; done
	cd dist && { sha256sum pressrow-* 2>/dev/null || shasum -a 256 pressrow-*; } > SHA256SUMS

reproducible: ## build the program for a release in two folders, the second without anything cached, and compare the bytes
	@dir=$$(mktemp -d) && trap 'rm -rf "$$dir"' EXIT && mkdir "$$dir/here" "$$dir/there" && \
	  cp -R go.mod go.sum *.go pipeline schema stages "$$dir/there" && $(RELEASE) -o "$$dir/here/pressrow" . && \
	  (cd "$$dir/there" && GOCACHE="$$dir/cache" $(RELEASE) -o pressrow .) && cmp "$$dir/here/pressrow" "$$dir/there/pressrow" && \
	  echo "the same bytes from two folders"

#-- these need more: Python, tools that they fetch, or labelled data

test-clients: clients ## load a dataset with pandas, polars, DuckDB, datasets and mlcroissant, run the README's examples, check pipeline/deploy by the schemas of Kubernetes and GitHub; needs Python 3.9 or newer with venv
	.cache/venv/bin/python schema/clients/check.py .cache/clients/out .cache/clients/sentences.arrow
	.cache/venv/bin/python schema/clients/card.py .cache/clients/out/current
	.cache/venv/bin/python schema/clients/readme.py README.md .cache/clients
	.cache/venv/bin/python pipeline/deploy/check.py .cache/clients/pressrow.prom

readme: clients ## write the output of the README's examples anew; read the diff before you commit
	.cache/venv/bin/python schema/clients/readme.py README.md .cache/clients --write

clients: build
	@command -v python3 >/dev/null || { echo "this needs python3 (3.9 or newer) with the venv module" >&2; exit 1; }
	@rm -rf .cache/clients && mkdir -p .cache/clients
	@test -x .cache/venv/bin/python || python3 -m venv .cache/venv
	.cache/venv/bin/pip install --quiet --disable-pip-version-check -r schema/clients/requirements.txt
	bin/pressrow build --quiet --quarantine-ok --metrics .cache/clients/pressrow.prom --out .cache/clients/out seeds
	bin/pressrow export --out .cache/clients/out sentences > .cache/clients/sentences.arrow

check: ## format, vet, staticcheck, govulncheck, race detector; fetches the two tools and the peers of bench
	@test -z "$$(gofmt -l .)" || { gofmt -l .; echo "check: run gofmt -w on these" >&2; exit 1; }
	go vet ./...
	cd pipeline/peers && go vet ./...
	go run $(STATICCHECK) ./...
	@$(MAKE) --no-print-directory vuln OFFLINE=skip
	go test -race ./...

vuln: ## look for known vulnerabilities in what the program calls; needs the network: it fetches govulncheck, which asks vuln.go.dev
	@GOBIN="$(CURDIR)/.cache/bin" go install $(GOVULNCHECK)
	@.cache/bin/govulncheck ./... || { code=$$?; [ $$code = 3 ] && exit 3; \
	  echo "vuln: nothing was looked up: govulncheck could not reach its database" >&2; [ "$(OFFLINE)" = skip ]; }

bench: ## time each stage, the writer and Go peers, and compare with pipeline/bench.txt by benchstat, which it fetches; PRESSROW_CORPUS=file times these on it
	@mkdir -p .cache
	go test -run '^$$' -bench . -benchmem -count $(COUNT) ./... > .cache/bench.txt
	cd pipeline/peers && go test -run '^$$' -bench . -benchmem -cpu 1 -count $(COUNT) . >> ../../.cache/bench.txt
	go run $(BENCHSTAT) pipeline/bench.txt .cache/bench.txt

profile: ## show where the processor's time goes from files to a published dataset, on one processor, with what each step calls counted to it; PRESSROW_CORPUS=file
	@mkdir -p .cache
	go test ./pipeline -run '^$$' -bench 'Build$$' -benchtime 5s -cpu 1 -o .cache/profile.test -cpuprofile .cache/profile.out
	go tool pprof -top -show '$(STEPS)' .cache/profile.test .cache/profile.out

bench-record: ## keep the figures of the last make bench as those to compare with
	cp .cache/bench.txt pipeline/bench.txt

bench-peers: build ## time the whole program beside wink-nlp, spaCy, NLTK, prose and others; needs Python 3.9 and Node.js 18 or newer, fetches the peers from PyPI, npm and the Go proxy
	@command -v python3 >/dev/null && command -v npm >/dev/null || { echo "this needs python3 (3.9 or newer) with the venv module, and node with npm" >&2; exit 1; }
	@mkdir -p .cache/peers && cp pipeline/peers/beside/package*.json .cache/peers/
	npm ci --prefix .cache/peers --ignore-scripts --no-audit --no-fund --silent
	@test -x .cache/peers/venv/bin/python || python3 -m venv .cache/peers/venv
	.cache/peers/venv/bin/pip install --quiet --disable-pip-version-check -r pipeline/peers/beside/requirements.txt
	cd pipeline/peers && go build -o ../../.cache/peers/ ./beside ./beside/prose
	NODE_PATH="$(CURDIR)/.cache/peers/node_modules" .cache/peers/beside -rounds $(ROUNDS) -prose .cache/peers/prose \
	  -python .cache/peers/venv/bin/python -scripts pipeline/peers/beside $(PRESSROW_CORPUS)

bench-growth: build ## time the whole program on ever more and ever longer articles, and draw pipeline/peers/growth.svg
	@mkdir -p .cache/peers
	cd pipeline/peers && go build -o ../../.cache/peers/ ./beside
	.cache/peers/beside -rounds $(ROUNDS) -growth pipeline/peers/growth.svg $(PRESSROW_CORPUS)

soak: ## kill 10,000 builds, fail, interrupt and race others, and read huge inputs; takes half an hour and 6 GB of disk, prints its figures
	@mkdir -p .cache && echo "soak: .cache/soak-program.txt and .cache/soak-pipeline.txt say how far it is"
	@go test . $(SOAKFLAGS) > .cache/soak-program.txt 2>&1 & program=$$!; \
	  go test ./pipeline $(SOAKFLAGS) > .cache/soak-pipeline.txt 2>&1; code=$$?; wait $$program || code=1; \
	  for part in program pipeline; do [ $$code = 0 ] || grep -h -A 9 -e '--- FAIL' -e '^panic' .cache/soak-$$part.txt; \
	  sed -n -E 's/^ *[a-z_]+\.go:[0-9]+: figure: //p; s/^--- (.*)/\1/p; /^(FAIL|ok)/p' .cache/soak-$$part.txt; done; exit $$code

fuzz: ## run each fuzz target for FUZZTIME (60s)
	@for package in $$(go list ./...); do \
	  for target in $$(go test -list '^Fuzz' $$package | grep '^Fuzz'); do \
	    echo "$$package $$target"; \
	    go test -run '^$$' -fuzz "^$$target\$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 10x $$package || exit 1; \
	  done; done

eval: ## score every set below DATA (../shared/data), fail below the recorded floors; EVAL_JSON=file writes JSON, too
	@go run ./pipeline/eval $(EVALFLAGS) "$(DATA)"

model: ## build every embedded model and lexicon anew from DATA, to the same bytes; takes some minutes
	go run ./stages/comments/train -data "$(DATA)"
	go run ./stages/sentences/build -data "$(DATA)"
	go run ./stages/sentences/train -data "$(DATA)"
	go run ./stages/entities/build -data "$(DATA)"
	go run ./stages/entities/train -data "$(DATA)"
	go run ./stages/sentiment/train -data "$(DATA)"

eval-vader: ## score VADER on the sentiment sets below DATA; needs Python 3.9 or newer with venv
	@test -x .cache/vader/bin/python || python3 -m venv .cache/vader
	.cache/vader/bin/pip install --quiet --disable-pip-version-check vaderSentiment==3.3.2
	@.cache/vader/bin/python pipeline/eval/vader.py "$(DATA)"

golden: ## write the golden files anew; read the diff before you commit
	go test ./pipeline ./schema -run Golden -update

clean: ## remove what the targets have made, the dataset aside
	rm -rf bin dist .cache
