#!/bin/sh
# Compare the time of git digest with that of git's plumbing, which only reads
# the same mails, or, in a code repository, with that of git log --stat.
#
# usage: make bench [MIRROR=<directory>] [RANGE=<range>] [RUNS=<n>]
#
# MIRROR may be a code repository, too; there a RANGE main..topic is compared with
# git's own commands for a branch, as well.  Without it, the script makes a mirror
# of 20,000 made-up mails and a code repository of 5,000 commits, both in
# build/bench/.
set -e

project=$(cd "${0%/*}/../.." && pwd)
work=$project/build/bench
digest=$project/git-digest
mkdir -p "$work"

# measure <yardstick> <ours>: compare two shell commands.
measure () {
	"$project/build/t/bench/measure" "${RUNS:-9}" "$@"
}

# make_repository <directory> <script> <number> [<option>]: make a repository
# from what the script prints, packed by git repack with this option.
make_repository () {
	test -d "$1" && return
	rm -rf "$1.new"
	git init -q --bare -b master "$1.new"
	perl "$project/t/bench/$2" "$3" |
	git -C "$1.new" fast-import --quiet
	branch=$(git -C "$1.new" for-each-ref --format='%(refname)')
	git -C "$1.new" symbolic-ref HEAD "$branch"
	git -C "$1.new" repack -adq $4
	mv "$1.new" "$1"
}

# ids <range>: print the range with ids as its ends, as scripts name them.
ids () {
	case $1 in
	*..*)
		from=$(git rev-parse "${1%%..*}")
		echo "$from..$(git rev-parse "${1##*..}")" ;;
	*) git rev-parse "$1" ;;
	esac
}

# read_mails <expression> <range> <option>...: compare git digest with reading the
# blobs of the mails whose Subject matches.
read_mails () {
	expression=$1
	range=$(ids "$2")
	shift 2
	git log --format='%H:m %s' "$range" |
	sed -n "s/^\([0-9a-f]*:m\) $expression.*/\1/p" >"$work/names"
	git cat-file --batch-check='%(objectname)' <"$work/names" |
	grep -v missing >"$work/blobs"
	echo "$PWD $range: $(git rev-list --count "$range") mails," \
		"$(wc -l <"$work/blobs") read; git digest $*"
	measure "git log --format='%H %s' '$range' >/dev/null &&
		 git cat-file --batch --buffer <'$work/blobs' >/dev/null" \
		"exec '$digest' --no-progress $* '$range' >/dev/null"
}

# mails <range> <option>...: compare it with reading the mails in brackets.
mails () {
	read_mails '\[' "$@"
}

# conversations <range> <option>...: ... with reading all mails.
conversations () {
	read_mails '' "$@"
}

# commits <range> <option>...: compare git digest with git log --stat.
commits () {
	range=$1
	shift
	echo "$PWD $range: $(git rev-list --count "$range") commits;" \
		"git digest $*"
	measure "git log --no-merges --stat '$range' >/dev/null" \
		"exec '$digest' --no-progress $* '$range' >/dev/null"
}

# branch <A> <B> <option>...: compare git digest with git's own commands for the
# same facts about a branch, one after the other.
branch () {
	a=$(git rev-parse "$1") b=$(git rev-parse "$2")
	shift 2
	echo "$PWD $a..$b: $(git rev-list --count "$a..$b") commits," \
		"$(git rev-list --count "$b..$a") behind; git digest $*"
	measure "git log --stat $a..$b >/dev/null &&
		 git shortlog $a..$b >/dev/null &&
		 git diff --stat $a...$b >/dev/null &&
		 git cherry $a $b >/dev/null &&
		 { git merge-tree --write-tree $a $b >/dev/null || test $? = 1; }" \
		"exec '$digest' --no-progress $* $a..$b >/dev/null"
}

# make_branch <commits> <behind>: print the last of so many commits that leave
# the history of HEAD before its last commits.
make_branch () {
	tip=$(git rev-parse "HEAD~$2")
	for i in $(seq "$1")
	do
		tip=$(git commit-tree -p "$tip" -m "branch: change $i" \
			"HEAD~$(($2 + $1 - i))^{tree}")
	done
	echo "$tip"
}

# is_code: does git digest take the repository for one of code?
is_code () {
	"$digest" --format=json --sections=domains -n 1 HEAD 2>/dev/null |
	grep -q '"kind": "code"'
}

# compare <range> <option>...: do one of the two.
compare () {
	if is_code
	then
		commits "$@"
	else
		mails "$@"
	fi
}

if test -n "$MIRROR"
then
	cd "$MIRROR"
	compare "${RANGE:-HEAD}"
	compare "${RANGE:-HEAD}" --format=json --sections=messages --patches=all
	is_code || conversations "${RANGE:-HEAD}" --sections=all
	case $(is_code && echo "$RANGE") in
	*..*)
		branch "${RANGE%%..*}" "${RANGE##*..}" ;;
	esac
	exit
fi

make_repository "$work/mirror.git" mirror.pl 20000
cd "$work/mirror.git"
for range in ${RANGE:-HEAD HEAD~10000..HEAD HEAD~1000..HEAD}
do
	mails "$range"
done
mails "${RANGE:-HEAD~10000..HEAD}" --format=json --sections=messages \
	--patches=all
conversations "${RANGE:-HEAD~10000..HEAD}" --sections=status
conversations "${RANGE:-HEAD~10000..HEAD}" --short
conversations "${RANGE:-HEAD~10000..HEAD}" --sections=all

# loose <directory> <mails> <loose>: make a mirror with this number of mails, of
# which the newest <loose> have loose objects, and go there.
loose () {
	if ! test -d "$work/$1"
	then
		make_repository "$work/$1.packed" mirror.pl "$2"
		cp -r "$work/$1.packed" "$work/$1.new"
		git -C "$work/$1.new" rev-list --objects --no-object-names \
			HEAD "^HEAD~$3" |
		git -C "$work/$1.new" pack-objects -q --stdout \
			>"$work/loose.pack"
		git -C "$work/$1.new" rev-list --objects --no-object-names \
			"HEAD~$3" |
		git -C "$work/$1.new" pack-objects -q "$work/kept" >/dev/null
		rm -f "$work/$1.new/objects/pack"/*
		mv "$work"/kept-* "$work/$1.new/objects/pack/"
		git -C "$work/$1.new" unpack-objects -q <"$work/loose.pack"
		rm "$work/loose.pack"
		mv "$work/$1.new" "$work/$1"
	fi
	cd "$work/$1"
	git count-objects
}

loose newest-loose.git 20000 100
mails HEAD~10000..HEAD
loose all-loose.git 2000 1999
mails HEAD

# With -f, git makes the deltas anew, as when commits are pushed, and does not
# keep those of fast-import.
make_repository "$work/code.git" code.pl 5000 -f
cd "$work/code.git"
for range in ${RANGE:-HEAD~1000..HEAD HEAD~100..HEAD}
do
	commits "$range"
done

for behind in 5 400
do
	for commits in 1 10 50
	do
		branch HEAD "$(make_branch $commits $behind)"
	done
done

echo "$work/mirror.git HEAD~1..HEAD," \
	"against a program that only initialises libgit2"
cd "$work/mirror.git"
measure "exec '$project/build/t/bench/init'" \
	"exec '$digest' --no-progress HEAD~1..HEAD >/dev/null"
