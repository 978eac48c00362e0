#!/bin/sh

test_description='each parser survives its fuzzing corpus'

. "${0%/*}/lib-digest.sh"

for corpus in "$test_source"/fuzz/corpus/*
do
	parser=${corpus##*/}
	test_expect_success "$parser" '
		"$project/build/t/fuzz/replay-$parser" "$corpus"/* >out &&
		grep "^ok 1 " out >/dev/null &&
		! grep "^not ok" out
	'
done

test_done
