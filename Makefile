# Each target does its own set-up. `make run` and `make test` are all that a fresh machine needs.

PORT ?= 8080

# Guides of the sites that `make bench-site` and `make bench-peers` build.
GUIDES ?= 1000 10000

# Where `make bench-peers` keeps the other generators.
PEERS = generator/examples/peers
HUGO_HERE = target/peers/hugo/binaries/hugo

.PHONY: help run build serve bench-site test accessibility lighthouse mutants law pictures kills bench bench-peers bench-service soak fuzz check clean

help:
	@echo "make run      build the site and serve it with the form service on port $(PORT)"
	@echo "make serve    live preview for editors (rebuilds on save)"
	@echo "make build    build the site into dist/"
	@echo "make test     install what the tests need, run them all"
	@echo "make accessibility  run the tests of the RGAA and axe-core on every page in 8 settings, and keep the results (1 to 2 hours)"
	@echo "make lighthouse  measure home, guide, question, outcome and form, five times each"
	@echo "make conformance  compare both engines of the questionnaires on every walk, up to 300 000 for each"
	@echo "make mutants  put single faults into the real questionnaires: each must be caught or change nothing"
	@echo "make law      write docs/regles-de-droit.md from the content"
	@echo "make kills    kill the service 500 times while it takes and sends referrals, and account for each"
	@echo "make pictures  take the pictures of docs/rediger.md again"
	@echo "make bench    bench-site, bench-peers and bench-service"
	@echo "make bench-service  measure the form service: durable posts a second, their time, memory under big files"
	@echo "make soak     load the service for SOAK_SECONDS (1800) at SOAK_RATE (20) posts a second, through a relay that fails half of the time"
	@echo "make bench-site  measure builds and the preview of sites of 1 000 and 10 000 guides, beside the least possible"
	@echo "make bench-peers  measure builds of the same guides by Hugo, Eleventy and (ZOLA=) Zola, beside ours"
	@echo "make fuzz     give random bytes to the form, its body and the language of the trees, FUZZ_SECONDS (180) each"
	@echo "make check    formatting and lints"

run: export PORT := $(PORT)
run: build
	@cargo run --quiet -p form-api -- serve

build: theme/node_modules/.scripts/sources.json | cargo
	@cargo build -p generator -p form-api
	@cargo run --quiet -p generator -- build

serve: theme/node_modules/.package-lock.json admin/node_modules/.package-lock.json | cargo
	@cargo run -p generator -- serve

test: | cargo npm
	@sh tests/install.sh
	@$(MAKE) --no-print-directory theme/node_modules/.scripts/sources.json tests/node_modules/.package-lock.json admin/node_modules/.package-lock.json
	@cargo build --workspace --all-targets
	@cargo test --workspace --no-fail-fast

# Results go to content/accessibilite, from which the declaration of the site is computed.
accessibility: theme/node_modules/.scripts/sources.json tests/node_modules/.package-lock.json | cargo npm
	@sh tests/install.sh
	@ACCESSIBILITY_RECORD=$(CURDIR)/content/accessibilite/resultats.json timeout 10800 \
	  cargo test -p tests -- --include-ignored --nocapture rgaa:: validity::every_built_file referral::plain::every_error
	@cargo run --quiet -p generator -- accessibilite > docs/accessibilite.md.new && mv docs/accessibilite.md.new docs/accessibilite.md

lighthouse: tests/lighthouse/node_modules/.package-lock.json build
	@node tests/lighthouse/run.mjs

conformance: build | npm
	@folder=$$(mktemp -d) && trap 'rm -rf "$$folder"' EXIT && \
	cargo run --quiet -p decision-tree --example vectors -- "$$folder" 300000 dist/.service/trees/*.json && \
	ENGINE_VECTORS="$$folder" node --test --test-reporter=tap tests/js/engine.test.mjs | grep -E "^(ok|not ok|# [a-z-]+:|# (pass|fail))"

mutants: | cargo
	@cargo run --release --quiet -p generator --example mutants

law: | cargo
	@cargo run --quiet -p generator -- droit > docs/regles-de-droit.md.new && mv docs/regles-de-droit.md.new docs/regles-de-droit.md

kills: | cargo
	@KILLS=$${KILLS:-500} cargo test -p tests -- --nocapture killed_at_any_moment

pictures: | cargo
	@cargo build --quiet -p generator
	@cargo test --quiet -p tests -- --ignored take_the_pictures

bench: bench-site bench-peers bench-service

bench-site: theme/node_modules/.scripts/sources.json | cargo
	@cargo build --release --quiet -p generator --bin generator --example sites
	@./target/release/examples/sites target/release/generator . $(GUIDES)

# Peers are installed into ignored folders, unless HUGO= or ELEVENTY= leads to one; Zola runs where it is, or ZOLA= leads.
bench-peers: theme/node_modules/.scripts/sources.json $(if $(HUGO),,$(HUGO_HERE)) $(if $(ELEVENTY),,$(PEERS)/node_modules/.package-lock.json) | cargo npm
	@cargo build --release --quiet -p generator --example sites
	@node $(PEERS)/peers.mjs target/release/examples/sites $(GUIDES)

bench-service: build
	@cargo build --release --quiet -p form-api --bin form-api --example bench
	@./target/release/examples/bench measure target/release/form-api dist $${BENCH_SECONDS:-10}

soak: build
	@cargo build --release --quiet -p form-api --bin form-api --example bench
	@./target/release/examples/bench soak target/release/form-api dist $${SOAK_SECONDS:-1800} $${SOAK_RATE:-20}

# cargo-fuzz needs a nightly compiler; findings go to fuzz/artifacts.
fuzz: | cargo
	@command -v cargo-fuzz >/dev/null || cargo +nightly install cargo-fuzz
	@cd fuzz && cargo +nightly fuzz run --fuzz-dir . --features form form -- -max_total_time=$${FUZZ_SECONDS:-180} -timeout=20
	@cd fuzz && cargo +nightly fuzz run --fuzz-dir . --features tree expression -- -max_total_time=$${FUZZ_SECONDS:-180} -timeout=20
	@FUZZ_SECONDS=$${FUZZ_SECONDS:-180} cargo test -p form-api --test mangled -- --nocapture

check: | cargo
	@cargo fmt --all --check
	@cargo clippy --workspace --all-targets -- -D warnings

clean: | cargo
	@cargo clean
	@rm -rf dist var theme/node_modules tests/node_modules admin/node_modules $(PEERS)/node_modules

theme/node_modules/.package-lock.json: theme/package-lock.json | npm
	@npm ci --prefix theme --no-audit --no-fund --loglevel=error
	@touch $@

theme/node_modules/.scripts/sources.json: theme/node_modules/.package-lock.json theme/build.mjs $(wildcard theme/scripts/*/*.js)
	@npm run build --prefix theme --silent

tests/node_modules/.package-lock.json: tests/package-lock.json | npm
	@npm ci --prefix tests --no-audit --no-fund --loglevel=error
	@touch $@

# Without Hugo the others are measured all the same.
$(HUGO_HERE): $(PEERS)/requirements.txt
	@python3 -m pip install --quiet --disable-pip-version-check --root-user-action=ignore --no-deps --upgrade --target target/peers -r $< && touch $@ || \
	  echo "Hugo could not be installed and is left out: python3 with pip does it (Debian: apt-get install python3-pip)." >&2

$(PEERS)/node_modules/.package-lock.json: $(PEERS)/package-lock.json | npm
	@npm ci --prefix $(PEERS) --no-audit --no-fund --loglevel=error
	@touch $@

tests/lighthouse/node_modules/.package-lock.json: tests/lighthouse/package-lock.json | npm
	@npm ci --prefix tests/lighthouse --no-audit --no-fund --loglevel=error
	@touch $@

admin/node_modules/.package-lock.json: admin/package-lock.json | npm
	@npm ci --prefix admin --no-audit --no-fund --loglevel=error
	@touch $@

.PHONY: cargo npm
cargo:
	@command -v cargo >/dev/null || { echo "cargo is missing: install Rust 1.95 or later (Debian: apt-get install rustup, then rustup default stable), then run this again." >&2; exit 1; }
npm:
	@command -v npm >/dev/null || { echo "npm is missing: install Node.js 20 or later with npm (Debian: apt-get install nodejs npm), then run this again." >&2; exit 1; }
