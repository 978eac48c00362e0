#!/bin/sh

test_description='--range-diff: what has changed since an older version of a branch'

. "${0%/*}/lib-digest.sh"

# commit <file> <message>: commit a file with the message in it.
commit () {
	echo "$2" >"$1" && git add "$1" && git commit -q -m "$2"
}

test_expect_success 'set up two versions of a branch' '
	git init -q -b main code &&
	(
		cd code && commit a base && git checkout -q -b v1 &&
		commit b same && seq 30 >c && git add c &&
		git commit -q -m changed && commit d dropped &&
		git checkout -q -b topic v1~2 && seq 29 >c && git add c &&
		git commit -q -m "changed" && commit e "new one" &&
		git checkout -q main && commit f main && git checkout -q topic
	)
'

test_expect_success 'the summary has a line for each commit of both' '
	(
		cd code &&
		git digest --sections=summary --range-diff=v1 main..topic >../out \
			2>../err &&
		git range-diff --no-patch --no-color main..v1 main..topic |
		sed "s/^ */    /" >../expect
	) &&
	sed -n "/^Since the older version:/,/^\$/p" out | sed "1d;\$d" >actual &&
	test_cmp expect actual && test_must_be_empty err &&
	sed "s/^    [^ ]*  *[^ ]* \(.\) .*/\1/" actual | tr -d "\n" >marks &&
	printf "=!<>" >expect && test_cmp expect marks &&
	! grep "Range-diff" out
'

test_expect_success '... and the section has all of it, if it is named' '
	(
		cd code &&
		git digest --sections=range-diff --range-diff=v1 main..topic \
			>../out &&
		git range-diff --no-color main..v1 main..topic >../expect
	) &&
	sed "1,/^===== Range-diff/d" out | sed "1d;\$d" >actual &&
	test_cmp expect actual &&
	(cd code && git digest --sections=all --range-diff=v1 main..topic) >out &&
	grep "^===== Range-diff" out && grep "^Since the older" out &&
	(cd code && git digest --sections=all main..topic) >out &&
	! grep "Range-diff\|^Since the older" out
'

test_expect_success 'an older version may be a range, and nothing may have changed' '
	(
		cd code && git checkout -q -b rebased main &&
		git cherry-pick main~1..topic >/dev/null &&
		git digest --sections=summary --range-diff=main~1..topic \
			main..rebased >../out &&
		sed -n "/^Since the older version:/,/^\$/p" ../out >../lines &&
		test "$(grep -c " = " ../lines)" = 3 &&
		git digest --sections=summary --range-diff=main main..topic \
			>../out &&
		test "$(grep -c "^    -:  -* > " ../out)" = 3
	)
'

test_expect_success 'JSON has the lines and the text' '
	(cd code && git digest --format=json --range-diff=v1 main..topic) >out &&
	perl -MJSON::PP -0777 -e "
		my \$r = decode_json(<>)->{range_diff};
		print join(q(), map { \$_->{status} } @{\$r->{commits}}), \"\n\";
		print \$r->{text}" out >actual &&
	{
		echo "=!<>" && (cd code &&
			git range-diff --no-color main..v1 main..topic)
	} >expect &&
	test_cmp expect actual
'

test_expect_success 'what cannot be compared is an error' '
	(
		cd code &&
		for previous in nope nope..v1 v1..nope --all ""
		do
			test_expect_code 128 git digest "--range-diff=$previous" \
				main..topic >../out 2>../err &&
			test_must_be_empty ../out &&
			grep "^fatal: --range-diff: .$previous. is no commit" \
				../err || return 1
		done &&
		test_expect_code 128 git digest --range-diff=v1 topic 2>../err &&
		grep "^fatal: --range-diff needs a range with two ends" ../err &&
		test_expect_code 128 git digest --sections=range-diff main..topic \
			2>../err &&
		grep "^fatal: the section .range-diff. needs --range-diff" ../err
	) &&
	new_mirror m.git && patch m.git "A <a@b>" "[PATCH] x" &&
	(cd m.git && test_expect_code 128 git digest --range-diff=HEAD HEAD 2>../err) &&
	grep "^fatal: --range-diff needs a code repository" err &&
	(cd m.git && test_expect_code 128 git digest --sections=range-diff HEAD \
		2>../err) && grep "range-diff" err
'

test_done
