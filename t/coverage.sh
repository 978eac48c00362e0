#!/bin/sh
# Print which part of each source file the tests run, and write the lines that
# they never run to build/coverage/uncovered.  "make coverage" calls this from
# the project's folder.
#
# A copy of the sources is built in build/coverage/tree, with gcc's counters.
# The copy has a build/ and an installation of its own, so that the tests run
# the program that counts, and the usual build/ stays as it is.
set -e

report=$PWD/build/coverage
: "${GCOV:=gcov}"
# What was given to the make that calls this is not for the make below.
unset MAKEFLAGS MFLAGS MAKELEVEL

rm -rf "$report"
mkdir -p "$report/tree"
find . -mindepth 1 -maxdepth 1 ! -name build ! -name .git ! -name git-digest \
	-exec cp -Rp {} "$report/tree" \;
cd "$report/tree"

# The tests look at stderr; what gcc's counters have to say is not for them.
GCOV_ERROR_FILE=$report/gcov.log
export GCOV_ERROR_FILE

echo "coverage: building and testing in build/coverage/tree"
# Only with gnu11 does gcc count up to an exec(); only with "atomic" are the
# counts of threads right.
passed=t
make -j"$(getconf _NPROCESSORS_ONLN)" run-test CC=gcc LDFLAGS=--coverage \
	DEVELOPER= SANITIZE= \
	CFLAGS="-std=gnu11 -O0 -g -DCOVERAGE --coverage \
		-fprofile-update=atomic" \
	>"$report/test.log" 2>&1 || passed=
# Without these, it was the build that failed.
set -- build/git-digest.gcda build/lib/*/*.gcda
if ! test -f "$1"
then
	tail -n 20 "$report/test.log" >&2
	exit 1
fi

# The notes (*.gcno) are there for a file that no test runs as well.  A line of
# gcov's is "<times run>:<line>:<text>", where "-" means that there is no code,
# and "#####" that it was never run.
for notes in build/git-digest.gcno build/lib/*/*.gcno
do
	"$GCOV" -t "$notes" 2>>"$report/gcov.log"
done |
awk -v uncovered="$report/uncovered" '
	{
		split($0, column, ":")
		times = column[1]
		line = column[2] + 0
		gsub(/ /, "", times)
		text = substr($0, length(column[1] column[2]) + 3)
	}
	line == 0 && text ~ /^Source:/ {
		file = substr(text, 8)
		ours = file ~ /^(lib\/|git-digest\.c$)/
		if (ours && !(file in lines)) {
			files[++nr] = file
			lines[file] = 0
		}
	}
	line > 0 && ours && times != "-" {
		key = file ":" line
		if (!(key in runs)) {
			keys[++nr_keys] = key
			file_of[key] = file
			text_of[key] = text
			lines[file]++
		}
		runs[key] += times
	}
	END {
		printf "" >uncovered
		for (i = 1; i <= nr_keys; i++)
			if (!runs[keys[i]]) {
				missed[file_of[keys[i]]]++
				print keys[i] ": " text_of[keys[i]] >uncovered
			}
		for (i = 1; i <= nr; i++) {
			all += lines[files[i]]
			all_missed += missed[files[i]]
			show(files[i], lines[files[i]], missed[files[i]])
		}
		show("total", all, all_missed)
	}
	function show(name, of, without) {
		if (of)
			printf "%5.1f%% %5d of %5d lines  %s\n",
				100 * (1 - without / of), of - without, of, name
	}'
echo "coverage: the other lines are in build/coverage/uncovered"

if test -s "$report/gcov.log"
then
	echo "coverage: some runs may not be counted; see" \
		"build/coverage/gcov.log" >&2
fi
if test -z "$passed"
then
	sed -n "/^Test Summary/,\$p" "$report/test.log" >&2
	echo "coverage: tests failed; see build/coverage/test.log" >&2
	exit 1
fi
