#!/bin/sh
# Time git digest against git's plumbing that only reads the same mail:
# "make bench [MIRROR=<folder> RANGE=<range>]".  Without a mirror, one of
# 20,000 made-up mails is made in build/bench/.
set -e

project=$(cd "${0%/*}/../.." && pwd)
work=$project/build/bench
digest=$project/git-digest
mkdir -p "$work"

if test -z "$MIRROR"
then
	MIRROR=$work/mirror.git
	if ! test -d "$MIRROR"
	then
		git init -q --bare -b master "$MIRROR.new"
		perl "$project/t/bench/mirror.pl" 20000 |
		git -C "$MIRROR.new" fast-import --quiet
		git -C "$MIRROR.new" repack -adq
		mv "$MIRROR.new" "$MIRROR"
	fi
fi
cd "$MIRROR"

# compare <range>: with the patch mails' blobs, as git's plumbing would get them
compare () {
	range=$1
	shift
	git log --format='%H:m %s' "$range" |
	sed -n 's/^\([0-9a-f]*:m\) \[.*/\1/p' >"$work/blobs"
	echo "$MIRROR $range: $(git rev-list --count "$range") mails," \
		"$(wc -l <"$work/blobs") in brackets; git digest $*"
	"$project/build/t/bench/measure" "${RUNS:-5}" \
		"git log --format='%H %s' '$range' >/dev/null &&
		 git cat-file --batch --buffer <'$work/blobs' >/dev/null" \
		"'$digest' --no-progress $* '$range' >/dev/null"
}

tip=${RANGE:-HEAD}
compare "$tip"
compare "$tip" --format=json --patches=all
if test -z "$RANGE"
then
	compare HEAD~2000..HEAD
	compare HEAD~1..HEAD
fi
