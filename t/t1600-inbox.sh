#!/bin/sh

test_description='an inbox of several epochs is read as one long history'

. "${0%/*}/lib-digest.sh"

# each <function> <argument>...: let a mail arrive both in long.git and in the
# epoch $epoch.
each () {
	function=$1 && shift &&
	time=$mail_time &&
	cat >text &&
	"$function" long.git "$@" <text &&
	mail_time=$time &&
	"$function" "box/git/$epoch.git" "$@" <text
}

# all_names: replace commits by "<mail 1>", ... in the order of arrival, those
# of long.git as well as those of the epochs.
all_names () {
	name_all_commits long.git box/git/[013].git
}

# same <range of long.git> <range of the inbox> [<option>...]: does the inbox
# give the same digest, with all that there is to say?  "-" is the same range.
same () {
	long=$1 box=$2 && shift 2 &&
	test "$box" != - || box=$long
	(cd long.git && git digest --format=json "$@" $long) |
	sed -f names.sed >expect &&
	(cd "${at-box}" && git digest --format=json "$@" $box) |
	sed -f names.sed >actual &&
	test_cmp expect actual
}

test_expect_success 'set up an inbox of three epochs, and one long mirror' '
	mkdir -p box/git && new_mirror long.git &&
	for epoch in 0 1 3 4
	do
		new_mirror box/git/$epoch.git || return 1
	done &&
	# git/4.git has just begun, and git/2.git was left out
	epoch=0 &&
	id=a each patch "Ann <ann@x>" "[PATCH] one" </dev/null &&
	id=b each patch "Bob <bob@x>" "[PATCH 0/2] two" </dev/null &&
	id=c each patch "Bob <bob@x>" "[PATCH 1/2] part" \
		"In-Reply-To: <b@example>" </dev/null &&
	epoch=1 &&
	id=d each patch "Bob <bob@x>" "[PATCH 2/2] other" \
		"In-Reply-To: <b@example>" </dev/null &&
	echo "Applied, thanks" |
	id=e each reply "Cid <cid@x>" "Re: [PATCH] one" a &&
	mail_time=$((mail_time + 60)) &&
	id=f each patch "Spam <s@x>" "[PATCH] spam" </dev/null && cp mail.tmp spam &&
	epoch=3 &&
	id=g each patch "Ann <ann@x>" "[PATCH v2] one" </dev/null &&
	time=$mail_time && remove_mail long.git spam && mail_time=$time &&
	remove_mail box/git/3.git spam &&
	echo "Reviewed-by: Cid <cid@x>" |
	id=h each reply "Cid <cid@x>" "Re: [PATCH 0/2] two" b &&
	mail_time=$((mail_time + 60)) &&
	id=i each patch "Dee <dee@x>" "[PATCH] last" </dev/null &&
	git -C long.git rev-list --count HEAD >count &&
	echo 10 >expect && test_cmp expect count &&
	all_names </dev/null
'

test_expect_success 'all forms of a digest are the same' '
	for form in "" --sections=all -s "--sections=summary --compare" --links=b4
	do
		(cd long.git && git digest $form --look-back=9 HEAD~8..HEAD~1) |
		all_names >expect &&
		(cd box && git digest $form --look-back=9 HEAD~8..HEAD~1) |
		all_names >actual &&
		test_cmp expect actual || return 1
	done
'

test_expect_success 'HEAD is the newest, and ~n goes on into older epochs' '
	same HEAD - &&
	for n in 1 2 3 4 5 6 7 8 9
	do
		same HEAD~$n - && same HEAD~$n..HEAD - || return 1
	done &&
	same HEAD~4^ - && same HEAD~3~..HEAD~1 - && same @~5.. - &&
	same "^HEAD~8 HEAD~2" -
'

test_expect_success 'ranges go from one epoch into another' '
	same HEAD~7..HEAD 0:HEAD..3:HEAD &&
	same HEAD~7..HEAD 0:.. &&
	same HEAD~8..HEAD~4 0:HEAD~1..1: &&
	same HEAD~4..HEAD~3 1:HEAD..3:HEAD~3 &&
	same HEAD~7..HEAD~4 0:master..1:master &&
	same HEAD~9..HEAD~7 0:HEAD~2..0:HEAD &&
	same HEAD~6..HEAD~5 1:HEAD~2..1:HEAD~1 &&
	same HEAD..HEAD~4 3:HEAD..1:HEAD
'

test_expect_success '... also by ids, which may be short' '
	a=$(git -C box/git/0.git rev-parse HEAD~1) &&
	b=$(git -C box/git/3.git rev-parse HEAD~2) &&
	same HEAD~8..HEAD~2 $a..$b &&
	same HEAD~8..HEAD~2 $(echo $a | cut -c1-8)..$(echo $b | cut -c1-8) &&
	same HEAD~9..HEAD $(echo $a | cut -c1-8)~1..
'

test_expect_success 'dates and numbers look at all epochs' '
	for n in 0 1 4 5 7 8 10 11
	do
		same -n$n - || return 1
	done &&
	for t in 1 3 4 6 7 10
	do
		same --since=@$((1700000000 + 60 * t)) - &&
		same --until=@$((1700000000 + 60 * t)) - &&
		same --since=@$((1700000060 + 60 * t)) - \
			--until=@$((1700000300 + 60 * t)) || return 1
	done
'

test_expect_success 'older epochs that end long before are not walked' '
	(cd box && GIT_TRACE=$PWD/../trace git digest \
		--since=@1700000600 --sections=domains) &&
	tip=$(git -C box/git/0.git rev-parse HEAD) &&
	! grep "rev-list.*since-as-filter.*$tip" trace
'

test_expect_success 'it is found from the folder and from each epoch' '
	mkdir -p box/all.git/objects/info box/all.git/refs &&
	echo "ref: refs/heads/master" >box/all.git/HEAD &&
	printf "../../git/%d.git/objects\n" 3 1 0 >box/all.git/objects/info/alternates &&
	for at in box/git box/git/0.git box/git/3.git box/all.git
	do
		same HEAD~7..HEAD 0:.. || return 1
	done &&
	unset at &&
	echo "list: {name: things, mirror: box}" >box.yaml &&
	(cd long.git && git digest HEAD~5..) | all_names >expect &&
	mkdir nowhere &&
	(cd nowhere && git digest --config=../box.yaml HEAD~5..) |
	all_names >actual && test_cmp expect actual &&
	git --git-dir=box/git/1.git digest HEAD~5.. | all_names >actual &&
	test_cmp expect actual
'

test_expect_success 'a folder that grokmirror fills is read' '
	mkdir -p grok/things/git grok/objstore &&
	for epoch in 0 1 3
	do
		git clone -q --mirror "file://$PWD/box/git/$epoch.git" \
			grok/objstore/$epoch.git &&
		new_mirror grok/things/git/$epoch.git &&
		echo "../../../../objstore/$epoch.git/objects" \
			>grok/things/git/$epoch.git/objects/info/alternates &&
		git -C grok/things/git/$epoch.git update-ref HEAD \
			$(git -C box/git/$epoch.git rev-parse HEAD) &&
		git -C grok/things/git/$epoch.git pack-refs --all &&
		>grok/things/git/.$epoch.git.lock &&
		>grok/things/git/$epoch.git/grokmirror.fingerprint || return 1
	done &&
	>grok/manifest.js.gz && >grok/.manifest.js.gz.lock &&
	for at in grok/things grok/things/git/1.git
	do
		same HEAD~7..HEAD - && same HEAD~5.. - || return 1
	done &&
	unset at
'

test_expect_success 'an epoch that list.mirror names is read alone' '
	echo "list: {name: things, mirror: box/git/1.git}" >one.yaml &&
	(cd nowhere && git digest --config=../one.yaml --sections=patches HEAD) \
		>out &&
	grep "\[PATCH 2/2\] other" out && ! grep "last" out
'

test_expect_success 'the name of the list without a List-Id is that of the folder' '
	mkdir -p plain/git && new_mirror plain/git/0.git &&
	new_mirror plain/git/1.git &&
	for epoch in 0 1
	do
		printf "From: A <a@b>\nSubject: [PATCH] $epoch\n\nx\n" >mail.tmp &&
		cat "$test_source/diff.txt" >>mail.tmp &&
		add_mail plain/git/$epoch.git mail.tmp || return 1
	done &&
	(cd plain && git digest HEAD) >out &&
	grep "^plain mailing list update" out && grep "\[PATCH\] 0" out
'

# fails <message> <argument>...: is this the error, and nothing is printed?
fails () {
	message=$1 && shift &&
	(cd box && test_expect_code 128 git digest "$@" >../out 2>../err) &&
	test_must_be_empty out && test "$(wc -l <err)" = 1 &&
	{ grep "^fatal: $message" err || { cat err; false; }; }
}

test_expect_success 'what is no revision is an error' '
	fails "there is no epoch 7 in this inbox; the newest is 3" 7:HEAD &&
	fails "there is no epoch 2 in this inbox" 0:..2: &&
	fails "there is no epoch 99999999999999999999 in" 99999999999999999999: &&
	fails ".nope. is no commit of epoch 1" 1:nope..HEAD &&
	fails ".HEAD~8. is no commit of epoch 1" 1:HEAD~8 &&
	fails "ambiguous argument .HEAD~10.: unknown revision" HEAD~10 &&
	fails "ambiguous argument .nope.: unknown revision" nope &&
	fails ".0:HEAD...3:HEAD. needs two commits of one epoch" 0:HEAD...3:HEAD &&
	same HEAD~2...HEAD~1 -
'

test_expect_success 'a short id that fits two commits names both' '
	tip=$(git -C box/git/3.git rev-parse HEAD) &&
	tree=$(git -C box/git/0.git rev-parse HEAD^{tree}) &&
	perl -MDigest::SHA=sha1_hex -e "
		my (\$tree, \$want) = @ARGV;
		for my \$n (0 .. 10000000) {
			my \$c = \"tree \$tree\nauthor a <a\@b> 1 +0000\n\" .
				\"committer a <a\@b> 1 +0000\n\n\$n\n\";
			my \$id = sha1_hex(\"commit \" . length(\$c) . \"\0\$c\");
			next if substr(\$id, 0, 4) ne substr(\$want, 0, 4);
			print \$c; exit }" $tree $tip >twin &&
	twin=$(git -C box/git/0.git hash-object -w -t commit ../../../twin) &&
	short=$(echo $tip | cut -c1-4) &&
	fails "short id .$short. fits several commits: " $short &&
	grep "$(echo $tip | cut -c1-16) in epoch 3" err &&
	grep "$(echo $twin | cut -c1-16) in epoch 0" err
'

test_expect_success 'numbered repositories of code are no epochs' '
	mkdir -p srv/git &&
	for i in 1 2
	do
		git init -q -b main srv/git/$i.git &&
		git -C srv/git/$i.git commit -q --allow-empty -m "code $i" ||
			return 1
	done &&
	git -C srv/git/1.git digest --sections=patches HEAD >out &&
	grep "code 1" out && ! grep "code 2" out
'

test_expect_success 'an inbox without any mail is an error' '
	mkdir -p empty/git && new_mirror empty/git/0.git &&
	new_mirror empty/git/1.git &&
	(cd empty && test_expect_code 128 git digest 2>../err) &&
	grep "^fatal: no epoch of the inbox .*/empty. has a mail yet" err
'

test_expect_success 'nothing is written to any epoch' '
	find box | sort | xargs ls -ld --time-style=full-iso >before &&
	(cd box && git digest --sections=all HEAD) >out &&
	find box | sort | xargs ls -ld --time-style=full-iso >after &&
	test_cmp before after
'

test_done
