# Every test sources this file. It loads sharness, puts the installed git-digest
# on the PATH, makes a home directory for the test, and has functions that make
# mirrors.

: "${SHARNESS:=/usr/share/sharness/sharness.sh}"
if ! test -r "$SHARNESS"
then
	echo "Bail out! $SHARNESS is missing; 'make deps' installs it"
	exit 1
fi

test_source=$(cd "${0%/*}" && pwd)
project=${test_source%/t}

# "make test" sets these. If a test is run by hand, they name the place where
# "make test" installs.
: "${GIT_DIGEST_ROOT:=$project/build/root}"
: "${GIT_DIGEST_BINDIR:=$HOME/bin}"
: "${GIT_DIGEST_DATADIR:=$HOME/share}"
: "${GIT_DIGEST_SHELLDIR:=$HOME/.local/share}"
installed_data=$GIT_DIGEST_ROOT$GIT_DIGEST_DATADIR
installed_shell=$GIT_DIGEST_ROOT$GIT_DIGEST_SHELLDIR
if ! test -x "$GIT_DIGEST_ROOT$GIT_DIGEST_BINDIR/git-digest"
then
	echo "Bail out! git-digest is not installed; run 'make test'"
	exit 1
fi

SHARNESS_TEST_SRCDIR=$test_source
SHARNESS_BUILD_DIRECTORY=$GIT_DIGEST_ROOT$GIT_DIGEST_BINDIR
SHARNESS_TEST_DIRECTORY=$project/build/tests
mkdir -p "$SHARNESS_TEST_DIRECTORY"
. "$SHARNESS"

# Keep the settings of the person who runs the tests away from them.
HOME=$SHARNESS_TRASH_DIRECTORY/home
XDG_CONFIG_HOME=$HOME/.config
GIT_DIGEST_LISTS=$SHARNESS_TRASH_DIRECTORY/no-lists
GIT_CONFIG_NOSYSTEM=1
GIT_CEILING_DIRECTORIES=$SHARNESS_TRASH_DIRECTORY
LC_ALL=C.UTF-8 TZ=UTC TERM=dumb
export HOME XDG_CONFIG_HOME GIT_DIGEST_LISTS GIT_CONFIG_NOSYSTEM
export GIT_CEILING_DIRECTORIES LC_ALL TZ TERM
unset GIT_DIR GIT_PAGER PAGER GIT_PAGER_IN_USE NO_COLOR COLUMNS LESS LV
unset GIT_CONFIG_PARAMETERS GIT_CONFIG_COUNT GIT_CONFIG_GLOBAL
# "make test SANITIZE=address" reads this.
LSAN_OPTIONS=suppressions=$test_source/lsan.supp:print_suppressions=0
export LSAN_OPTIONS
# "make test SANITIZE=thread" reads these.  libgit2 locks its packs in any order:
# see objects_max_threads().  And what GLib calls a slice goes from one thread to
# the next, which only malloc(3) lets ThreadSanitizer see.
TSAN_OPTIONS=suppressions=$test_source/tsan.supp:detect_deadlocks=0
G_SLICE=always-malloc
export TSAN_OPTIONS G_SLICE
mkdir -p "$XDG_CONFIG_HOME"

. "$test_source/lib-mirror.sh"

# name_commits <mirror>: replace the commits of a digest on standard input by
# "<mail 1>", "<mail 2>", in the order of arrival.
name_commits () {
	git -C "$1" log --format='%h %ct' |
	awk '{ printf "s/\\b%s\\b/<mail %d>/g\n", $1,
		($2 - 1700000000) / 60 }' >names.sed &&
	sed -f names.sed
}

# name_all_commits <mirror>...: the same in any of these mirrors, in full and
# abbreviated.
name_all_commits () {
	for mirror
	do
		git -C "$mirror" log --format="%H %h %ct" || return 1
	done |
	awk '{ n = ($3 - 1700000000) / 60
	       for (i = 40; i >= 7; i--)
		       printf "s/\\b%s\\b/<mail %d>/g\n", substr($1, 1, i), n }' |
	sort -u >names.sed &&
	sed -f names.sed
}

# section <name>: print one section of a digest on standard input, without its
# heading and without empty lines.
section () {
	sed -n "/$1/,/^\(Top\|=====\)/{/^\(Top\|=====\)/d;/^\$/d;p;}"
}
