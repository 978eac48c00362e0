#!/bin/sh

test_description='which mails are in a range'

. "${0%/*}/lib-digest.sh"

# titles <argument>...: print the titles in the patch list, newest first, on one
# line.
titles () {
	git digest --sections=patches "$@" >out 2>err || return
	sed -n "s/^[0-9a-f]* \[PATCH\] \(.*\) (.*/\1/p" out | tr "\n" " "
}

# has <repository> <titles> <argument>...: the digest lists these titles.
has () {
	(cd "$1" && shift && want=$1 && shift && got=$(titles "$@") &&
	 { test "$want" = "${got% }" ||
	   { echo "want $want, got $got"; false; }; })
}

test_expect_success 'set up a mirror of five patches' '
	new_mirror m.git &&
	for i in 1 2 3 4 5
	do
		patch m.git "A <a@b>" "[PATCH] $i" &&
		git -C m.git tag t$i || return 1
	done
'

test_expect_success 'ranges mean what they mean for git log' '
	has m.git "5 4 3 2 1" HEAD &&
	has m.git "5 4 3" t2..HEAD &&
	has m.git "5 4 3" t2..t5 &&
	has m.git "5 4 3" t2.. &&
	has m.git "5 4 3" ^t2 HEAD &&
	has m.git "5 4 3" HEAD ^t2 &&
	has m.git "3 2 1" t3 &&
	has m.git "3 2" t1..HEAD~2 &&
	has m.git "" t5..t2
'

test_expect_success '-n, -<n> and --max-count limit the number of commits' '
	has m.git "5 4" -n 2 &&
	has m.git "5 4" -n2 HEAD &&
	has m.git "5 4" -2 &&
	has m.git "5 4" --max-count=2 t1..t5 &&
	has m.git "" -n 0 &&
	has m.git "5 4 3" -1 -3 &&
	has m.git "5 4 3 2 1" -99999999999999999999999 &&
	(POSIXLY_CORRECT=1 && export POSIXLY_CORRECT &&
	 has m.git "5 4" HEAD -n 2) &&
	has m.git "5 4 3 2 1" -n 10 &&
	has m.git "5 4 3 2 1" -n -1
'

test_expect_success '... with a number of several digits, too' '
	new_mirror many.git &&
	for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14
	do
		patch many.git "A <a@b>" "[PATCH] $i" || return 1
	done &&
	has many.git "14 13 12 11 10 9 8 7 6 5 4 3" -12 &&
	has many.git "13 12 11 10 9 8 7 6 5 4" -10 HEAD~1
'

test_expect_success 'all ways to write a revision that git knows work' '
	has m.git "5" HEAD^! &&
	has m.git "5 4 3" @~3.. &&
	has m.git "3 2 1" ":/PATCH. 3" &&
	has m.git "3 2 1" "HEAD^{/[P]..CH. 3}"
'

test_expect_success 'the first line names the ends of the range, abbreviated' '
	short () { git -C m.git rev-parse --short $1; } &&
	(cd m.git && git digest t2..t5 && git digest -n 2 && git digest t4) |
	grep "^From" >actual &&
	cat >expect <<-EOF &&
	From $(short t2) to $(short t5)
	From $(short t3) to $(short t5)
	From the beginning to $(short t4)
	EOF
	test_cmp expect actual
'

test_expect_success 'options may follow the range, and paths follow --' '
	has m.git "5 4" t1..t5 -n 2 &&
	has m.git "5 4 3" t2..t5 --
'

# other <file> <subject>: let a patch to this file arrive in paths.git.
other () {
	printf "Text.\n" | make_mail mail.tmp "A <a@b>" "$2" &&
	sed "s,file\.c,$1,g" mail.tmp >mail && add_mail paths.git mail
}

test_expect_success 'in a mirror, paths after -- are globs of changed files' '
	new_mirror paths.git &&
	other arch/x/a.c "[PATCH] a" && other arch/x/b.h "[PATCH] b" &&
	other "fs/odd name" "[PATCH] odd" && other fs/a.c "[PATCH] fs" &&
	has paths.git "fs odd b a" HEAD -- &&
	has paths.git "b a" HEAD -- arch &&
	has paths.git "b a" HEAD -- arch/ &&
	has paths.git "a" HEAD -- arch/x/a.c &&
	has paths.git "fs a" HEAD -- "*.c" &&
	has paths.git "fs b" HEAD -- fs/a.c "arch/*.h" &&
	has paths.git "a" --since=2000-01-01 -- "arch/?/[ab].c" &&
	has paths.git "" HEAD -- "arc" &&
	has paths.git "fs odd b a" HEAD -- . &&
	has paths.git "b a" HEAD -- ./arch//x/ &&
	echo "filters: {include: {path: [fs]}}" >fs.yaml &&
	has paths.git "fs" --config=../fs.yaml HEAD -- "*.c" &&
	echo "filters: {include: {path: [./fs//a.c]}}" >fs.yaml &&
	has paths.git "fs" --config=../fs.yaml HEAD &&
	{
		printf "From: A <a@b>\nSubject: [PATCH] quoted\n\n" &&
		printf -- "diff --git %s %s\n--- %s\n+++ %s\n@@ -1 +1 @@\n" \
			"\"a/o\\303\\251\"" "\"b/o\\303\\251\"" \
			"\"a/o\\303\\251\"" "\"b/o\\303\\251\"" &&
		printf -- "-a\n+b\n"
	} >mail && add_mail paths.git mail &&
	has paths.git "quoted" HEAD -- "oé" && has paths.git "quoted" HEAD -- "o*" &&
	(cd paths.git && git digest HEAD -- nothing) >out &&
	cat >expect <<-\EOF &&
	Limited to: -- nothing

	No matching patches in 5 mails.
	EOF
	sed 1,2d out >actual && test_cmp expect actual
'

test_expect_success '... and nothing else is a path there' '
	(
		cd paths.git &&
		for magic in ":(glob)**/a.c" ":!fs" ":/" ":^fs"
		do
			test_expect_code 128 git digest HEAD -- "$magic" \
				2>../err &&
			grep "^fatal: .* is pathspec magic; in a mirror" \
				../err || return 1
		done &&
		test_expect_code 128 git digest HEAD -- "" 2>../err &&
		grep "^fatal: empty string is not a valid path" ../err &&
		for path in / /fs ../fs fs/../arch
		do
			test_expect_code 128 git digest HEAD -- $path \
				2>../err &&
			grep "^fatal: .$path. is outside of the" ../err ||
				return 1
		done &&
		test_expect_code 128 git digest HEAD description 2>../err &&
		grep "^fatal: .description. is no revision; in a mirror, put" \
			../err &&
		test_expect_code 128 git digest HEAD arch 2>../err &&
		grep "^fatal: ambiguous argument .arch.: unknown rev" ../err
	)
'

test_expect_success 'A...B is what one of the two has, but not both' '
	git clone -q --mirror m.git fork.git &&
	git -C fork.git update-ref refs/heads/other t3 &&
	git -C fork.git symbolic-ref HEAD refs/heads/other &&
	patch fork.git "A <a@b>" "[PATCH] other" &&
	has fork.git "other 5 4" other...t5 &&
	has fork.git "5 4" other..t5 &&
	(cd fork.git && git digest other...t5) >out &&
	sed 1q out >actual &&
	echo "From $(git -C fork.git rev-parse --short other)" \
		"to $(git -C fork.git rev-parse --short t5)" >expect &&
	test_cmp expect actual
'

test_expect_success '--since and --until compare the arrival of every mail' '
	new_mirror late.git &&
	arrival=1700000000 patch late.git "A <a@b>" "[PATCH] old" &&
	arrival=1700800000 patch late.git "A <a@b>" "[PATCH] new" &&
	arrival=1700000100 patch late.git "A <a@b>" "[PATCH] backfilled" &&
	arrival=1700900000 patch late.git "A <a@b>" "[PATCH] newest" &&
	has late.git "newest new" --since=@1700500000 &&
	has late.git "newest new" --after=2023-11-20 HEAD &&
	has late.git "backfilled old" --until=@1700500000 &&
	has late.git "new" --since=@1700500000 --before=@1700850000 &&
	has late.git "newest" --since=@1700500000 -n 1 &&
	has late.git "newest new" --since=@1700800000 &&
	has late.git "backfilled old" --until=@1700000100 &&
	has late.git "" --since=@1800000000 &&
	has late.git "newest backfilled new old" --since=1970-01-02 &&
	has late.git "newest backfilled new old" --since=1973-01-02
'

test_expect_success 'with --since it begins at the parent of the oldest mail' '
	(cd late.git && git digest --since=@1700850000 >../out) &&
	grep "^From $(git -C late.git rev-parse --short HEAD~1) to" out
'

test_expect_success 'without a range the last seven days are read' '
	new_mirror week.git &&
	now=$(date +%s) &&
	arrival=$((now - 8 * 86400)) patch week.git "A <a@b>" "[PATCH] old" &&
	arrival=$((now - 6 * 86400)) patch week.git "A <a@b>" "[PATCH] new" &&
	has week.git new &&
	has week.git new --reverse
'

# says <sentence> <argument>...: in old.git, the digest is empty, and this is
# said on standard error.
says () {
	echo "warning: no mail$1" >expect && shift &&
	(cd old.git && git digest "$@" >../out 2>../err) &&
	test_must_be_empty out && test_cmp expect err
}

q="'"
test_expect_success 'where there is no mail, stderr says what was looked at' '
	new_mirror old.git &&
	arrival=1600000000 patch old.git "A <a@b>" "[PATCH] old" &&
	newest="; the newest is of 13 Sep 2020" &&
	week=$(LC_ALL=C date -d "7 days ago" "+%e %b %Y" | tr -s " ") &&
	week=${week# } && today=$(LC_ALL=C date "+%e %b %Y") &&
	says " since $week$newest: git fetch?" &&
	says " since ${today# }; ${q}garbage$q means now$newest: git fetch?" \
		--since=garbage &&
	says " in HEAD since 9 Jan 2021$newest: git fetch?" \
		--since=2021-01-09 HEAD &&
	says " since 13 Sep 2020 12:30$newest 12:26: git fetch?" \
		--since="2020-09-13 12:30" &&
	says " until 1 Feb 2019$newest" --until=2019-02-01 &&
	says " in HEAD..HEAD$newest" HEAD..HEAD &&
	says " since ${today# }$newest: git fetch?" --since=now &&
	says " in HEAD ^HEAD$newest" HEAD ^HEAD &&
	says " with -n 0$newest" -n 0
'

test_expect_success '... -o makes an empty file, -q is silent, JSON is whole' '
	(
		cd old.git && echo old >../file &&
		git digest -q -o ../file --since=2021-01-09 2>../err &&
		git digest -q --format=json --since=2021-01-09 >../json
	) &&
	test_must_be_empty err && test_must_be_empty file &&
	perl -MJSON::PP -e "local \$/; \$j = decode_json(<>);
		print \$j->{counts}{messages}, scalar @{\$j->{entries}}" \
		json >actual &&
	printf 00 >expect && test_cmp expect actual
'

test_expect_success 'mails without a patch are counted' '
	new_mirror talk.git &&
	patch talk.git "A <a@b>" "hello" &&
	first="From the beginning to $(git -C talk.git rev-parse --short HEAD)" &&
	cat >expect <<-EOF &&
	$first
	things mailing list update f${first#F}

	No patches in 1 mail.
	EOF
	(cd talk.git && git digest HEAD >../out 2>../err) &&
	test_cmp expect out && test_must_be_empty err &&
	patch talk.git "A <a@b>" "Re: hello" &&
	(cd talk.git && git digest --sections=messages HEAD) >out &&
	grep "^No patches in 2 mails\.\$" out
'

test_expect_success 'the default range says when the newest mail is old' '
	now=$(date +%s) &&
	for days in 1 2 3
	do
		new_mirror stale$days.git &&
		arrival=$((now - days * 86400 - 60)) \
			patch stale$days.git "A <a@b>" "[PATCH] x" &&
		(cd stale$days.git && git digest >../out 2>../err$days) &&
		grep "^New:  x" out || return 1
	done &&
	test_must_be_empty err1 &&
	day=$(LC_ALL=C date -d @$((now - 3 * 86400 - 60)) "+%e %b %Y") &&
	echo "warning: the newest mail is 3 days old, of ${day# }: git fetch?" \
		>expect &&
	test_cmp expect err3 && grep "is 2 days old" err2 &&
	(cd stale3.git && git digest --since=1.week 2>../err) &&
	test_must_be_empty err &&
	arrival=$((now - 30 * 86400)) patch stale1.git "A <a@b>" "[PATCH] y" &&
	(cd stale1.git && git digest 2>../err) && test_must_be_empty err
'

test_expect_success 'a repository is found from GIT_DIR, -C and a worktree' '
	git clone -q m.git plain &&
	git -C plain worktree add -q ../tree t3 &&
	mkdir plain/below &&
	has plain "5 4 3 2 1" HEAD &&
	has plain/below "5 4 3 2 1" HEAD &&
	has tree "3 2 1" HEAD &&
	(GIT_DIR=$PWD/m.git && export GIT_DIR && has / "5" t4..) &&
	git -C m.git digest --sections=patches t4.. >out &&
	grep "\[PATCH\] 5 (A)" out &&
	git --git-dir=m.git digest --sections=patches t4.. >out &&
	grep "\[PATCH\] 5 (A)" out
'

test_expect_success 'objects of an alternate are read' '
	git clone -q --bare --shared m.git shared.git &&
	test -s shared.git/objects/info/alternates &&
	has shared.git "5 4 3 2 1" HEAD &&
	git -C m.git repack -adq &&
	has shared.git "5 4 3 2 1" HEAD
'

test_expect_success 'abbreviations grow with the number of packed objects' '
	git clone -q --bare m.git huge.git &&
	mkdir -p huge.git/objects/pack &&
	perl -e "print qq(\377tOc), pack(q(N*), 2, (1 << 20) x 256)" \
		>huge.git/objects/pack/pack-fake.idx &&
	(cd huge.git && git-digest --sections=patches HEAD) >out &&
	grep "^From the beginning to [0-9a-f]\{11\}$" out &&
	mkdir -p more/pack &&
	mv huge.git/objects/pack/pack-fake.idx more/pack/ &&
	(
		cd huge.git &&
		GIT_ALTERNATE_OBJECT_DIRECTORIES=$PWD/../more git-digest HEAD
	) >out &&
	grep "^From the beginning to [0-9a-f]\{11\}$" out
'

test_expect_success 'tags and abbreviated ids name commits' '
	git -C m.git tag -a -m "a tag" annotated t4 &&
	has m.git "5" annotated..HEAD &&
	has m.git "5" $(git -C m.git rev-parse --short t4)..
'

# fatal <repository> <pattern> <argument>...: git digest prints one fatal line
# that matches the pattern, and nothing else.
fatal () {
	(cd "$1" && shift && what=$1 && shift &&
	 test_expect_code 128 git digest "$@" >../out 2>../err &&
	 test_must_be_empty ../out &&
	 test "$(grep -c . ../err)" = 1 &&
	 { grep "^fatal: $what" ../err || { cat ../err; false; }; })
}

test_expect_success 'a revision that does not exist is fatal, and named' '
	fatal m.git "ambiguous argument .nope.: unknown revision" nope &&
	fatal m.git "ambiguous argument .nope..HEAD.: unknown" nope..HEAD &&
	fatal m.git "ambiguous argument .HEAD..nope.: unknown" HEAD..nope &&
	fatal m.git "ambiguous argument .^nope.: unknown" ^nope HEAD &&
	fatal m.git "the range only excludes commits; also name one" ^t2
'

test_expect_success 'a revision that is not a commit is fatal, and named' '
	fatal m.git "bad revision .HEAD:m.: it is a blob, not a commit" \
		HEAD:m &&
	fatal m.git "bad revision .HEAD:m..HEAD.: it is a blob, not a commit" \
		HEAD:m..HEAD &&
	fatal m.git "bad revision: [0-9a-f]* is a tree, not a commit" \
		HEAD HEAD^{tree} &&
	fatal m.git "bad object $(printf "%040d" 1)" $(printf "%040d" 1)
'

test_expect_success 'a repository without commits is fatal' '
	new_mirror unborn.git &&
	fatal unborn.git "this repository has no commits yet"
'

test_expect_success 'a repository with an unknown extension is fatal' '
	new_mirror odd.git &&
	git -C odd.git config core.repositoryformatversion 1 &&
	git -C odd.git config extensions.fromTheFuture true &&
	(cd odd.git && test_expect_code 128 git-digest HEAD 2>../err) &&
	grep "^fatal: unknown repository extension found: fromthefuture" err
'

test "$(id -u)" = 0 && test_set_prereq ROOT

test_expect_success ROOT 'a repository of another owner is not trusted' '
	git clone -q --bare m.git foreigner.git &&
	chown -R 12345 foreigner.git &&
	dubious="detected dubious ownership in repository at" &&
	trust="to trust it, run: git config --global --add safe.directory" &&
	fatal foreigner.git \
		"$dubious .$PWD/foreigner.git.; $trust .$PWD/foreigner.git" \
		HEAD &&
	git config --global --add safe.directory /nowhere &&
	fatal foreigner.git "detected dubious ownership" HEAD &&
	mkdir -p "$XDG_CONFIG_HOME/git-digest" &&
	echo "list: {name: Nowhere}" \
		>"$XDG_CONFIG_HOME/git-digest/nowhere.yaml" &&
	fatal foreigner.git "$dubious" --list=nowhere HEAD &&
	rm "$XDG_CONFIG_HOME/git-digest/nowhere.yaml" &&
	git config --global --add safe.directory "$PWD/foreigner.git" &&
	has foreigner.git 5 t4..
'

test_expect_success 'a warning counts the mails that a partial clone lacks' '
	git -C m.git config uploadpack.allowfilter true &&
	git clone -q --bare --filter=blob:none "file://$PWD/m.git" \
		partial.git &&
	(cd partial.git && git digest HEAD >../out 2>../err) &&
	grep "^From the beginning" out &&
	cat >expect <<-\EOF &&
	warning: cannot read the newest mails to tell which list this is; name its YAML file with --config or --list
	warning: 5 mails could not be read: objects are missing from this partial clone; '\''git fetch --refetch --no-filter origin "+refs/*:refs/*"'\'' gets them
	EOF
	test_cmp expect err &&
	(cd partial.git && git digest -q HEAD >../out 2>../err) &&
	test_must_be_empty err
'

test_expect_success 'a warning counts the commits that hold no mail' '
	git clone -q --bare m.git foreign.git &&
	blob=$(git -C foreign.git rev-parse HEAD:m) &&
	echo "100644 blob $blob	x" >entry &&
	commit_tree foreign.git "[PATCH] none" <entry &&
	patch foreign.git "A <a@b>" "[PATCH] 6" &&
	has foreign.git "6 5 4 3 2 1" HEAD &&
	grep "^warning: 1 commit holds no mail" foreign.git/err
'

test_expect_success 'the mail of a commit is found beside other files' '
	git clone -q --bare m.git beside.git &&
	make_mail mail "A <a@b>" "[PATCH] 6" </dev/null &&
	blob=$(git -C beside.git hash-object -w "$PWD/mail") &&
	printf "100644 blob %s\tREADME\n100644 blob %s\tm\n" $blob $blob \
		>entry &&
	commit_tree beside.git "[PATCH] 6" <entry &&
	has beside.git "6 5 4" t3..HEAD
'

test_expect_success 'if a tree is missing, only its own mail is lost' '
	new_mirror notree.git &&
	for i in 1 2 3
	do
		patch notree.git "A <a@b>" "[PATCH] $i" || return 1
	done &&
	tree=$(git -C notree.git rev-parse HEAD~1^{tree}) &&
	rm -f notree.git/objects/$(echo $tree | sed "s,..,&/,") &&
	test_must_fail git -C notree.git cat-file -e $tree &&
	has notree.git "3 1" HEAD &&
	grep "^warning: 1 mail could not be read" notree.git/err
'

test_expect_success 'a shallow history ends where it is cut off' '
	git clone -q --bare --depth=3 "file://$PWD/m.git" shallow.git &&
	has shallow.git "5 4 3" HEAD &&
	has shallow.git "5" HEAD~1..HEAD &&
	has shallow.git "5 4" HEAD ^HEAD~2 &&
	has shallow.git "5 4" -n 2 &&
	(cd shallow.git && git digest -n 3) >out &&
	grep "^From the beginning to" out
'

test_expect_success 'a warning counts a mail of 100 MB, which is not read' '
	new_mirror large.git &&
	patch large.git "A <a@b>" "[PATCH] small" &&
	{
		printf "From: A <a@b>\nSubject: [PATCH] large\n\n" &&
		perl -e "print q(x) x 1000000 for 1..100"
	} >mail &&
	add_mail large.git mail &&
	rm mail &&
	has large.git small HEAD &&
	grep "^warning: 1 mail could not be read: larger than 16 MB" \
		large.git/err
'

test_expect_success 'a mail is read if it is a delta of one too large to read' '
	new_mirror delta.git &&
	seq 2300000 >lines &&
	{ printf "From: A <a@b>\nSubject: [PATCH] large\n\n" && cat lines; } \
		>mail &&
	add_mail delta.git mail &&
	{ printf "From: A <a@b>\nSubject: [PATCH] 1\n\n" &&
	  tail -c 1000000 lines; } >mail &&
	add_mail delta.git mail &&
	git -C delta.git repack -q -a -d -f &&
	base=$(echo HEAD:m |
		git -C delta.git cat-file --batch-check="%(deltabase)") &&
	test "$base" = "$(git -C delta.git rev-parse HEAD~1:m)" &&
	has delta.git 1 HEAD &&
	grep "^warning: 1 mail could not be read: larger than 16 MB" \
		delta.git/err
'

# mail_stream <number> <time> <seconds>: print this number of mails for git
# fast-import. The first has this time, each other one is so many seconds later.
mail_stream () {
	awk -v n="$1" -v t="$2" -v s="$3" 'BEGIN { for (i = 1; i <= n; i++) {
		mail = "From: A <a@b>\nSubject: [PATCH] " i "\n\nx\n"
		printf "commit refs/heads/master\ncommitter A <a@b> %d +0000\n",
			t + i * s
		printf "data <<E\n[PATCH] %d\nE\nM 100644 inline m\n", i
		printf "data %d\n%s\n", length(mail), mail
	} }'
}

test_expect_success 'a reversed range is empty, also if all times are equal' '
	for step in 0 60
	do
		rm -rf same.git && new_mirror same.git &&
		mail_stream 300 1600000000 $step |
		git -C same.git fast-import --quiet &&
		has same.git "" HEAD~10..HEAD~200 &&
		has same.git "" HEAD~100 ^HEAD &&
		has same.git "300 299 298" HEAD~3..HEAD &&
		has same.git "200 199" HEAD~102..HEAD~100 || return 1
	done
'

test_expect_success 'a mail that several revisions reach is listed once' '
	new_mirror skew.git &&
	mail_stream 3 1600000000 -60 | git -C skew.git fast-import --quiet &&
	has skew.git "1 3 2" HEAD~2 HEAD &&
	has skew.git "3 2 1" HEAD &&
	has skew.git "3 2" HEAD~2..HEAD
'

test_expect_success 'an ancestor that does not exist is a bad revision' '
	fatal same.git "ambiguous argument .HEAD~999..HEAD.:" HEAD~999..HEAD &&
	fatal same.git "ambiguous argument .HEAD~999..HEAD.:" -n 2 HEAD~999..HEAD &&
	fatal same.git "ambiguous argument .:/PATCH~3.:" ":/PATCH~3"
'

test_expect_success 'a parent that is not a commit is one clear error' '
	new_mirror blob.git && patch blob.git "A <a@b>" "[PATCH] 1" &&
	broken=$(git -C blob.git cat-file commit HEAD |
		sed "/^tree/a parent $(git -C blob.git rev-parse HEAD:m)" |
		git -C blob.git hash-object -t commit -w --stdin --literally) &&
	git -C blob.git update-ref HEAD "$broken" &&
	fatal blob.git "cannot read history: .*not a commit" HEAD &&
	fatal blob.git "cannot read history: .*not a commit" \
		--since=2000-01-01 HEAD
'

test_expect_success 'a shallow history with a merge counts as in git rev-list' '
	git init -q -b master merge &&
	(
		cd merge && echo 1 >m && git add m &&
		git commit -q -m "[PATCH] 1" &&
		git checkout -q -b side && echo 2 >m &&
		git commit -q -am "[PATCH] 2" &&
		git checkout -q master && echo 3 >x && git add x &&
		git commit -q -m x &&
		git merge -q -m merge side && echo 4 >m &&
		git commit -q -am "[PATCH] 4"
	) &&
	git clone -q --bare --depth=4 "file://$PWD/merge" shallow-merge.git &&
	cd shallow-merge.git &&
	for range in HEAD~1..HEAD HEAD~2..HEAD HEAD
	do
		git digest --kind=inbox --format=json $range 2>/dev/null >out &&
		grep "\"messages\":$(git rev-list --count $range)," out ||
			return 1
	done
'

test_done
