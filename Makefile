# git-digest.  Settings go to config.mak or on the command line.
#
#   make                 the program and its manual pages
#   make install         into $(prefix), below $(DESTDIR)
#   make test            all tests, t/*.sh and t/unit/*.c
#   make demo            a small mirror of made-up mail, and its digest
#   make bench           git digest against git's plumbing, on made-up mail
#                        and code, or MIRROR=<folder> RANGE=<range>
#   make fuzz            each parser with libFuzzer, $(FUZZ_SECONDS) seconds;
#                        needs clang
#   make coverage        the lines that the tests run, and in build/coverage/
#                        uncovered those that they do not; needs gcc
#   make mutants SEED=1  does a test notice when one place in the program is
#                        wrong?  tries MUTANTS=100 places, two (JOBS=2) at
#                        once; PICKS="7 9" tries two of them again
#   make check-faults    what comes of some thousand faults: calls that fail,
#                        damaged repositories, kills, no room; SEED, JOBS and
#                        PICKS as above
#   make deps            install the Debian packages that are missing
#   make clean
#
#   DEVELOPER=1          warnings are errors
#   SANITIZE=address,undefined, or SANITIZE=thread
#   V=1                  show the commands

prefix = $(HOME)
bindir = $(prefix)/bin
datadir = $(prefix)/share
mandir = $(datadir)/man
listsdir = $(datadir)/git-digest/lists
exampledir = $(datadir)/doc/git-digest/examples
# Where bash, zsh and fish look for completions: below /usr/share and the like,
# or in a home directory not in ~/share but in ~/.local/share.
shelldir = $(if $(filter $(HOME:%/=%),$(prefix:%/=%)),$(HOME)/.local/share,$(datadir))
bashcompdir = $(shelldir)/bash-completion/completions
zshcompdir = $(shelldir)/zsh/site-functions
fishcompdir = $(shelldir)/fish/vendor_completions.d
DESTDIR =

CC = cc
CFLAGS = -O2 -g
LDFLAGS =
INSTALL = install
ASCIIDOCTOR = asciidoctor
PKG_CONFIG = pkg-config
PROVE = prove
PROVE_OPTS = --timer
FUZZ_CC = clang
FUZZ_SECONDS = 60
SEED = 1
MUTANTS = 100
JOBS = 2
PICKS =
VERSION = 0.1.0

-include config.mak

.DELETE_ON_ERROR:
.PHONY: all doc install test test-programs bench fuzz coverage mutants demo \
	deps clean FORCE

all: git-digest doc

ifndef V
QUIET = @
say = @printf '    %-8s %s\n' $(1) $(2);
endif

LINKED = gmime-3.0 yaml-0.1 json-glib-1.0 gio-2.0
# libgit2 is loaded where it is needed: see lib/git/packs.h
LIBRARIES = libgit2 $(LINKED)
LIBGIT2_MIN = 1.2
# pkg-config runs once, and only when something is compiled.
library_cflags = $(eval library_cflags := \
	$$(shell $(PKG_CONFIG) --cflags $(LIBRARIES)))$(library_cflags)
library_libs = $(eval library_libs := \
	$$(shell $(PKG_CONFIG) --libs $(LINKED)))$(library_libs)

all_cflags = -std=c11 -D_GNU_SOURCE -Wall -Wextra -Wno-missing-field-initializers \
	-Wdeclaration-after-statement \
	-Wstrict-prototypes -Wmissing-prototypes -Wvla
ifdef DEVELOPER
all_cflags += -Werror
endif
ifdef SANITIZE
all_cflags += -fsanitize=$(SANITIZE) -fno-sanitize-recover=all \
	-fno-omit-frame-pointer
all_ldflags += -fsanitize=$(SANITIZE)
endif
all_cflags += $(CFLAGS) -Ilib
all_ldflags += $(LDFLAGS)

LIB_OBJECTS = $(patsubst %.c,build/%.o,$(wildcard lib/*/*.c))
ifneq ($(filter thread,$(SANITIZE)),)
LIB_OBJECTS += build/t/tsan.o
comma = ,
all_ldflags += $(addprefix -Wl$(comma)--wrap=,g_async_queue_push \
	g_async_queue_pop g_async_queue_try_pop g_mutex_lock g_mutex_unlock \
	g_cond_wait)
endif
UNIT_TESTS = $(patsubst t/unit/%.c,build/t/unit/%,$(wildcard t/unit/*.c))
FUZZERS = $(patsubst t/fuzz/fuzz-%.c,%,$(wildcard t/fuzz/fuzz-*.c))
REPLAYS = $(FUZZERS:%=build/t/fuzz/replay-%)
MAN_PAGES = build/git-digest.1 build/gitdigest-config.5 \
	build/gitdigest-json.5
LISTS = $(wildcard config/lists/*.yaml)
EXAMPLES = $(wildcard Documentation/examples/*)
EXAMPLE_SCRIPTS = $(addprefix Documentation/examples/,every-morning fetch-inbox \
	morning-mail pre-receive)

# Build anew what other flags were used for.
build/flags: FORCE
	@mkdir -p build
	@echo '$(CC) $(all_cflags) $(all_ldflags) $(VERSION) $(listsdir)' \
		'$(exampledir)' >$@.new
	@cmp -s $@.new $@ && rm $@.new || mv $@.new $@

build/libraries:
	@mkdir -p build
	@$(PKG_CONFIG) --print-errors --exists $(LIBRARIES) || \
		{ echo "libraries are missing; 'make deps' installs them" >&2; \
		  exit 1; }
	@$(PKG_CONFIG) --atleast-version=$(LIBGIT2_MIN) libgit2 || \
		{ echo "libgit2 $$($(PKG_CONFIG) --modversion libgit2) is too" \
		  "old; $(LIBGIT2_MIN) or later is needed" >&2; exit 1; }
	@touch $@

build/%.o: %.c build/flags | build/libraries
	@mkdir -p $(@D)
	$(call say,CC,$@)
	$(QUIET)$(CC) $(all_cflags) $(library_cflags) $(defines) -MMD -MP -c -o $@ $<

build/git-digest.o: defines = -DVERSION='"$(VERSION)"'
build/lib/settings/lists.o: defines = -DLISTS_DIR='"$(listsdir)"'

git-digest: build/git-digest.o $(LIB_OBJECTS)
	$(call say,LINK,$@)
	$(QUIET)$(CC) $(all_ldflags) -o $@ $^ $(library_libs)

build/t/unit/%: build/t/unit/%.o $(LIB_OBJECTS)
	$(call say,LINK,$@)
	$(QUIET)$(CC) $(all_ldflags) -o $@ $^ $(library_libs)

build/t/fuzz/replay-%: build/t/fuzz/fuzz-%.o build/t/fuzz/replay.o $(LIB_OBJECTS)
	$(call say,LINK,$@)
	$(QUIET)$(CC) $(all_ldflags) -o $@ $^ $(library_libs)

.SECONDARY: $(UNIT_TESTS:=.o) $(FUZZERS:%=build/t/fuzz/fuzz-%.o) \
	build/t/fuzz/replay.o

build/t/bench/%: build/t/bench/%.o
	$(QUIET)$(CC) $(all_ldflags) -o $@ $^ $(library_libs) $(bench_libs)

build/t/bench/init: bench_libs = $(shell $(PKG_CONFIG) --libs libgit2)

bench: git-digest build/t/bench/measure build/t/bench/init
	@MIRROR='$(MIRROR)' RANGE='$(RANGE)' t/bench/run.sh

# libFuzzer wants all that it is to see built with clang.
build/fuzz/fuzz-%: t/fuzz/fuzz-%.c t/fuzz/libfuzzer.c $(wildcard lib/*/*.[ch]) \
		t/fuzz/fuzz.h | build/libraries
	@mkdir -p $(@D)
	$(call say,FUZZER,$@)
	$(QUIET)$(FUZZ_CC) -std=c11 -D_GNU_SOURCE -O1 -g -Ilib \
		-fsanitize=fuzzer,address,undefined -fno-sanitize-recover=all \
		-DLISTS_DIR='"$(listsdir)"' $(library_cflags) \
		-o $@ $< t/fuzz/libfuzzer.c lib/*/*.c $(library_libs)

# What it finds stays in build/fuzz/; what is worth keeping goes to the corpus.
.PHONY: $(FUZZERS:%=fuzz-%)
fuzz: $(FUZZERS:%=fuzz-%)
$(FUZZERS:%=fuzz-%): fuzz-%: build/fuzz/fuzz-%
	@mkdir -p build/fuzz/found-$*
	LSAN_OPTIONS=suppressions=t/lsan.supp:print_suppressions=0 \
		build/fuzz/fuzz-$* -max_total_time=$(FUZZ_SECONDS) -max_len=65536 \
		-timeout=20 -rss_limit_mb=4096 -print_final_stats=1 \
		-artifact_prefix=build/fuzz/$*- \
		build/fuzz/found-$* t/fuzz/corpus/$*

doc: $(MAN_PAGES)

define make_page
$(call say,MAN,$@)
$(QUIET)$(ASCIIDOCTOR) -b manpage -a version=$(VERSION) \
	-a exampledir='$(exampledir)' -o $@ $<
endef

build/%.1: Documentation/%.adoc build/flags
	$(make_page)

build/%.5: Documentation/%.adoc build/flags
	$(make_page)

# The manual pages of git's guides are called like gitglossary(7), so that "git
# help glossary" finds them; whoever looks for git-digest-config finds it, too.
install: all
	$(INSTALL) -d '$(DESTDIR)$(bindir)' '$(DESTDIR)$(mandir)/man1' \
		'$(DESTDIR)$(mandir)/man5' '$(DESTDIR)$(listsdir)' \
		'$(DESTDIR)$(bashcompdir)' '$(DESTDIR)$(zshcompdir)' \
		'$(DESTDIR)$(fishcompdir)' '$(DESTDIR)$(exampledir)'
	$(INSTALL) git-digest '$(DESTDIR)$(bindir)/git-digest'
	$(INSTALL) -m 644 build/git-digest.1 '$(DESTDIR)$(mandir)/man1'
	for page in config json; do \
		$(INSTALL) -m 644 build/gitdigest-$$page.5 \
			'$(DESTDIR)$(mandir)/man5' && \
		echo ".so man5/gitdigest-$$page.5" \
			>'$(DESTDIR)$(mandir)'/man5/git-digest-$$page.5 || \
			exit 1; \
	done
	$(INSTALL) -m 644 $(LISTS) '$(DESTDIR)$(listsdir)'
	$(INSTALL) $(EXAMPLE_SCRIPTS) '$(DESTDIR)$(exampledir)'
	$(INSTALL) -m 644 $(filter-out $(EXAMPLE_SCRIPTS),$(EXAMPLES)) \
		'$(DESTDIR)$(exampledir)'
	$(INSTALL) -m 644 config/completion/git-digest.bash \
		'$(DESTDIR)$(bashcompdir)/git-digest'
	$(INSTALL) -m 644 config/completion/_git-digest \
		'$(DESTDIR)$(zshcompdir)'
	$(INSTALL) -m 644 config/completion/git-digest.fish \
		'$(DESTDIR)$(fishcompdir)'

deps:
	@.ci/deps

# What the two commands of the README do on a machine that has nothing yet.
test coverage mutants demo: deps
	@$(MAKE) --no-print-directory run-$@

test-programs: all $(UNIT_TESTS) $(REPLAYS)

# The library that lets calls fail; see t/faults/inject.c.
build/t/faults/inject.so: t/faults/inject.c build/flags
	@mkdir -p $(@D)
	$(call say,LIBRARY,$@)
	$(QUIET)$(CC) -std=c11 -D_GNU_SOURCE -Wall -Wextra -O2 -g -fPIC -shared \
		-o $@ $<

.PHONY: check-faults
check-faults: git-digest build/t/faults/inject.so
	@perl t/faults/faults.pl $(SEED) $(JOBS) $(PICKS)

.PHONY: run-test run-coverage run-mutants run-demo
run-test: test-programs
	@rm -rf build/root
	@$(MAKE) --no-print-directory install DESTDIR='$(CURDIR)/build/root' \
		>build/install.log
	$(QUIET)GIT_DIGEST_ROOT='$(CURDIR)/build/root' \
		GIT_DIGEST_BINDIR='$(bindir)' GIT_DIGEST_DATADIR='$(datadir)' \
		GIT_DIGEST_SHELLDIR='$(shelldir)' \
		$(PROVE) $(PROVE_OPTS) --exec '' $(UNIT_TESTS) t/t[0-9]*.sh

run-coverage:
	@t/coverage.sh

run-mutants:
	@perl t/mutate.pl $(SEED) $(MUTANTS) $(JOBS) $(PICKS)

run-demo: all
	@t/demo.sh

clean:
	rm -rf build git-digest

-include $(wildcard build/*.d build/lib/*/*.d build/t/*.d build/t/*/*.d)
