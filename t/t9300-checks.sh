#!/bin/sh

test_description='checks of a branch: each fault is found, and nothing else'

. "${0%/*}/lib-digest.sh"

# commit <message>: commit everything in the work tree, signed off.
commit () {
	git add -A && git commit -q --allow-empty -m "$1" ${2+-m "$2"} \
		-m "Signed-off-by: A U Thor <author@example.com>"
}

# checks [<option>...]: the section of main..topic, without commit ids.
checks () {
	git digest --sections=checks "$@" main..topic >../out 2>../err &&
	sed "1,5d; /^\$/d; s/^    [0-9a-f]\{7\} /    /" ../out >../actual
}

# finds <line>...: is this all that the checks say?
finds () {
	checks && printf "%s\n" "$@" >../expect &&
	test_cmp ../expect ../actual && test_must_be_empty ../err
}

# topic: begin a topic anew.
topic () {
	git checkout -q -f -B topic main && git clean -q -d -f -x
}

key='-----BEGIN OPENSSH PRIVATE KEY-----'
base64=$(printf "%064d" 0)

test_expect_success 'where all is well there is nothing' '
	git init -q -b main code &&
	(
		cd code && seq 20 >a && seq 9 >run && commit base && topic &&
		seq 21 >a && commit "a: more" && mkdir d && seq 5 >d/b &&
		chmod +x d/b && commit "d: a new script" &&
		git mv a c && commit "rename" && git rm -q run && commit "drop" &&
		checks && test_must_be_empty ../actual && test_must_be_empty ../err
	)
'

test_expect_success 'whitespace errors and conflict markers' '
	(
		cd code && topic && printf "x \n" >a && commit "blank" &&
		printf "y \n\tz\n  \ti\n" >b && commit "more of them" &&
		printf "<<<<<<< HEAD\n1\n=======\n2\n>>>>>>> x\n" >c &&
		commit marker && seq 3 >d && commit fine &&
		finds "Leaves a conflict marker:" "    marker: c, c, c" \
			"Has whitespace errors:" "    more of them: b, b" \
			"    blank: a"
	)
'

test_expect_success '... that a later commit has mended are none' '
	(
		cd code && topic && printf "x \n" >a && commit "blank" &&
		printf "x\n" >a && commit "mended" &&
		checks && test_must_be_empty ../actual
	)
'

test_expect_success '... and attributes say what an error is' '
	(
		cd code && topic && printf "x \n" >a && commit "blank" &&
		echo "a -whitespace" >.git/info/attributes && checks &&
		test_must_be_empty ../actual && rm .git/info/attributes
	)
'

test_expect_success 'large and binary files that are new' '
	(
		cd code && topic && seq 200000 >large && commit large &&
		printf "\0\1" >bin && commit binary && seq 200001 >large &&
		printf "\0\2" >bin && commit "no longer new" &&
		git mv bin other && git mv large huge && commit "moved" &&
		finds "Adds a large file:" "    large: large of 1.3 MB" \
			"Adds a binary file:" "    binary: bin"
	)
'

test_expect_success 'modes of files' '
	(
		cd code && topic && chmod +x a run && commit modes && chmod -x run &&
		seq 5 >run && commit back && ln -s a link && commit link &&
		finds "Changes the mode of a file:" \
			"    back: run 100755 => 100644" \
			"    modes: a 100644 => 100755, run 100644 => 100755"
	)
'

test_expect_success 'three of many files are named, whatever their names' '
	(
		cd code && topic && seq 3 >"x, y, z, 1" && seq 3 >"x, y, z, 2" &&
		commit new && chmod +x x* && commit two && seq 3 >"x, y, z, 3" &&
		seq 3 >"x, y, z, 4" && seq 3 >"x, y, z, 5" && commit "more" &&
		chmod -x x* && chmod +x *3 *4 *5 && commit five &&
		m="100644 => 100755" n="100755 => 100644" &&
		five="x, y, z, 1 $n, x, y, z, 2 $n, x, y, z, 3 $m, ..." &&
		finds "Changes the mode of a file:" "    five: $five" \
			"    two: x, y, z, 1 $m, x, y, z, 2 $m"
	)
'

test_expect_success 'private keys, but no text about them' '
	(
		cd code && topic && printf "%s\n%s\n-----END" "$key" "$base64" >id &&
		commit "my key" && git rm -q id && commit "oops" &&
		printf "if (line == \"%s\")\n\treturn;\n" "$key" >parse.c &&
		printf "%s\n...\n" "$key" >doc && commit "about keys" &&
		printf "a\n  -----BEGIN RSA PRIVATE KEY-----\n  Proc-Type: 4\n\n  %s\n" \
			"$base64" >test.pem && commit "another" &&
		seq 300 >long && commit long && git mv long moved && printf "%s\n%s\n" "$key" "$base64" >>moved &&
		commit "a moved one" &&
		printf -- "-----BEGIN CERTIFICATE-----\n%s\n" $base64 >cert &&
		commit "no secret" &&
		finds "Adds what looks like a private key:" \
			"    a moved one: moved" "    another: test.pem" \
			"    my key: id"
	)
'

test_expect_success 'what is not meant to be merged' '
	(
		cd code && topic &&
		for subject in "tmp" "TMP hack" "[tmp] x" "draft: x" "DRAFT of it" \
			"[DRAFT] y" "do not merge" "Do not merge: z" \
			"x: DO NOT MERGE" "DNM: y" "(wip) q" "tmp-objdir: x" \
			"draft the release notes" "temporary: x" "drafts: y" \
			"do not merge twice" "Template: x" "Temp files go away"
		do
			echo "$subject" >>a && commit "$subject" || return 1
		done &&
		finds "Is not meant to be merged yet:" "    (wip) q" "    DNM: y" \
			"    x: DO NOT MERGE" "    Do not merge: z" \
			"    do not merge" "    [DRAFT] y" "    DRAFT of it" \
			"    draft: x" "    [tmp] x" "    TMP hack" "    and 1 more"
	)
'

test_expect_success 'reverts of what is not here, and commits that change nothing' '
	(
		cd code && topic && seq 3 >a && commit one && git revert --no-edit \
			HEAD >/dev/null && seq 4 >a &&
		commit "Revert \"x\"" "This reverts commit 0123456789abcdef." &&
		commit nothing &&
		finds "Changes nothing:" "    nothing" "Has no Signed-off-by:" \
			"    Revert \"one\"" "Reverts a commit that is not here:" \
			"    Revert \"x\": 0123456789abcdef"
	)
'

test_expect_success 'a merge of main is told from one of another branch' '
	(
		cd code && topic && seq 3 >a && commit one &&
		git checkout -q -b other main && seq 3 >o && commit other &&
		git checkout -q main && for i in 1 2 3
		do
			seq $i >m && commit "main $i" || return 1
		done &&
		git checkout -q topic && git merge -q -m "of other" other &&
		git merge -q -m "of main" main~1 &&
		finds "Merges the other side back:" "    of main" \
			"Brings commits of another branch:" "    of other" &&
		git checkout -q main && for i in 1 2 3 4 5
		do
			git checkout -q -b habit$i && seq $i >h$i && commit "h $i" &&
			git checkout -q main &&
			git merge -q --no-ff -m "Merge habit$i" habit$i ||
				return 1
		done &&
		finds "Merges the other side back:" "    of main" &&
		git checkout -q topic
	)
'

test_expect_success 'of many commits with a finding, ten are named' '
	(
		cd code && topic && for i in $(seq 13)
		do
			echo $i >>a && commit "fixup! $i" || return 1
		done &&
		checks && grep -c "^    fixup" ../actual >../count &&
		echo 10 >../expect && test_cmp ../expect ../count &&
		grep "^    and 3 more\$" ../actual &&
		git digest --format=json main..topic >../json &&
		grep -c "\"check\":\"fixup\"" ../json >../count &&
		echo 13 >../expect && test_cmp ../expect ../count
	)
'

test_expect_success 'strange names are quoted, and paths limit the files' '
	(
		cd code && topic && name=$(printf "a\nb\033") &&
		printf "\0" >"$name" && printf "\0" >ok && commit binaries &&
		finds "Adds a binary file:" "    binaries: \"a\\nb\\033\", ok" &&
		git digest --sections=checks main..topic -- ok >../out &&
		grep "binaries: ok\$" ../out
	)
'

test_expect_success 'commits that a filter leaves out are not checked' '
	(
		cd code && topic && printf "x \n" >a &&
		git add -A && git commit -q -s -m "of a robot" \
			--author="Robot <robot@example.com>" &&
		printf "y \n" >b && commit "of a human" &&
		echo "filters: {exclude: {from: [robot@example.com]}}" \
			>../robot.yaml &&
		checks --config=../robot.yaml && test_must_be_empty ../err &&
		printf "%s\n" "Has whitespace errors:" "    of a human: b" \
			>../expect &&
		test_cmp ../expect ../actual &&
		git reset -q --hard HEAD^ &&
		checks --config=../robot.yaml && test_must_be_empty ../actual
	)
'

test_expect_success 'the files of more than 200 commits only if that is asked for' '
	git init -q -b main many &&
	(
		cd many && echo 0 >a && commit base && git checkout -q -b topic &&
		printf "x \n" >b && commit blank &&
		for i in $(seq 200)
		do
			echo "commit refs/heads/topic" &&
			echo "committer C <c@x.org> 1700000000 +0000" &&
			echo "data 4" && echo "more" &&
			{ test $i != 1 || echo "from refs/heads/topic^0"; } &&
			echo "M 100644 inline a" && echo "data <<E" &&
			echo $i && echo E || return 1
		done | git fast-import --quiet --force &&
		git reset -q --hard && GIT_TRACE=$PWD/../trace git digest \
			main..topic >../out && ! grep "whitespace" ../out &&
		! grep -e "-U0\|--check" ../trace &&
		git digest --sections=checks main..topic >../out &&
		grep "^Has whitespace errors:" ../out
	)
'

test_done
