# Sourced by the tests: sharness, the installed git-digest on the PATH, a home
# of its own, and mirrors to run it on.

: "${SHARNESS:=/usr/share/sharness/sharness.sh}"
if ! test -r "$SHARNESS"
then
	echo "Bail out! $SHARNESS is missing; 'make deps' installs it"
	exit 1
fi

test_source=$(cd "${0%/*}" && pwd)
project=${test_source%/t}

# "make test" says where it installed; by hand, it is where that put it.
: "${GIT_DIGEST_ROOT:=$project/build/root}"
: "${GIT_DIGEST_BINDIR:=$HOME/bin}"
: "${GIT_DIGEST_DATADIR:=$HOME/share}"
installed_data=$GIT_DIGEST_ROOT$GIT_DIGEST_DATADIR
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

# Nothing of the person who runs the tests reaches them.
HOME=$SHARNESS_TRASH_DIRECTORY/home
XDG_CONFIG_HOME=$HOME/.config
GIT_DIGEST_LISTS=$SHARNESS_TRASH_DIRECTORY/no-lists
GIT_CONFIG_NOSYSTEM=1
GIT_CEILING_DIRECTORIES=$SHARNESS_TRASH_DIRECTORY
GIT_AUTHOR_NAME='A U Thor' GIT_AUTHOR_EMAIL=author@example.com
GIT_COMMITTER_NAME='public-inbox' GIT_COMMITTER_EMAIL=list@example.com
LC_ALL=C.UTF-8 TZ=UTC TERM=dumb
export HOME XDG_CONFIG_HOME GIT_DIGEST_LISTS GIT_CONFIG_NOSYSTEM
export GIT_CEILING_DIRECTORIES GIT_AUTHOR_NAME GIT_AUTHOR_EMAIL
export GIT_COMMITTER_NAME GIT_COMMITTER_EMAIL LC_ALL TZ TERM
unset GIT_DIR GIT_PAGER PAGER GIT_PAGER_IN_USE NO_COLOR COLUMNS LESS LV
unset GIT_CONFIG_PARAMETERS GIT_CONFIG_COUNT GIT_CONFIG_GLOBAL
mkdir -p "$XDG_CONFIG_HOME"

# The first mail arrives here, each further one a minute later.
mail_time=1700000000

# new_mirror <dir>: an epoch without mails
new_mirror () {
	git init -q --bare -b master "$1"
}

# commit_tree <mirror> <message>: one commit with the tree listed on stdin
commit_tree () {
	mail_time=$((mail_time + 60)) &&
	tree=$(git -C "$1" mktree) &&
	parent=$(git -C "$1" rev-parse -q --verify HEAD) || parent= &&
	commit=$(printf '%s' "$2" |
		GIT_COMMITTER_DATE="${arrival:-$mail_time} +0000" \
		GIT_AUTHOR_DATE="${arrival:-$mail_time} +0000" \
		git -C "$1" commit-tree "$tree" ${parent:+-p $parent}) &&
	git -C "$1" update-ref HEAD "$commit"
}

# subject_of <file>: the Subject as public-inbox makes it the commit message
subject_of () {
	perl -0777 -ne 's/\r\n/\n/g; s/\n\n.*//s; s/\n[ \t]+/ /g;
		print $1 if /^Subject: *(.*)$/mi' "$1"
}

# add_mail <mirror> <file> [<commit message>]: the mail arrives, at the time
# that $arrival says, if it is set
add_mail () {
	blob=$(git -C "$1" hash-object -w --no-filters "$PWD/$2") &&
	commit_tree "$1" "${3-$(subject_of "$2")}" <<-EOF
	100644 blob $blob	m
	EOF
}

# remove_mail <mirror> <file>: as public-inbox removes one
remove_mail () {
	blob=$(git -C "$1" hash-object -w --no-filters "$PWD/$2") &&
	commit_tree "$1" rm <<-EOF
	100644 blob $blob	d
	EOF
}

# make_mail <file> <from> <subject> [<further field>...] with the body on
# stdin, to which a diffstat and a diff are added
make_mail () {
	mail_file=$1 &&
	{
		printf 'From: %s\nSubject: %s\n' "$2" "$3" &&
		shift 3 &&
		for field
		do
			printf '%s\n' "$field" || return 1
		done &&
		echo &&
		cat &&
		cat "$test_source/diff.txt"
	} >"$mail_file"
}

# patch <mirror> <from> <subject> [<further field>...]: a patch of that
# Subject arrives; its Message-ID is <$id@example>, or else a new one
patch () {
	patch_mirror=$1 &&
	shift &&
	printf 'Text of %s.\n' "$2" |
	make_mail mail.tmp "$@" \
		"Message-ID: <${id:-$((mail_time + 60))}@example>" \
		"List-Id: Things <things.example.com>" &&
	add_mail "$patch_mirror" mail.tmp
}

# replace the abbreviated ends and commits of a digest on stdin by their
# Subjects' places: A..B of the mirror by <tip>, <tip~1>, ...
name_commits () {
	git -C "$1" log --format='%h %ct' |
	awk '{ printf "s/\\b%s\\b/<mail %d>/g\n", $1, ($2 - 1700000000) / 60 }' \
		>names.sed &&
	sed -f names.sed
}

# section <name>: one section of a digest on stdin, without its heading
section () {
	sed -n "/$1/,/^\(Top\|=====\)/{/^\(Top\|=====\)/d;/^\$/d;p;}"
}
