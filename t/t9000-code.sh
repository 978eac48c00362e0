#!/bin/sh

test_description='the digest of a code repository'

. "${0%/*}/lib-digest.sh"

# Each commit is a minute younger than the one before. A file keeps the time
# so that subshells share it.
tick () {
	tick=$(($(cat "$SHARNESS_TRASH_DIRECTORY/tick") + 60)) &&
	echo "$tick" >"$SHARNESS_TRASH_DIRECTORY/tick"
}
echo 1700000000 >tick

# commit <subject> [<paragraph>...]: commit the index with this message.
commit () {
	tick &&
	for paragraph
	do
		printf '%s\n\n' "$paragraph" || return 1
	done |
	GIT_COMMITTER_DATE="$tick +0000" GIT_AUTHOR_DATE="$tick +0200" \
		git commit -q --allow-empty -F -
}

# change <file> <subject> [<paragraph>...]: add a line to a file and commit it.
change () {
	file=$1 &&
	shift &&
	mkdir -p "$(dirname "$file")" &&
	echo "$1" >>"$file" &&
	git add "$file" &&
	commit "$@"
}

# as_git_log <argument>...: make git log print what the messages section should.
as_git_log () {
	git log --no-merges --encoding=UTF-8 --stat \
		--format='%x00%s%x00%aN <%aE>%x00%b%x00' "$@" |
	perl -0777 -e '
		$_ = <STDIN>;
		my (undef, @f) = split /\0/, $_, -1;
		while (my ($subject, $author, $body, $stat) = splice @f, 0, 4) {
			s/^\n+//, s/\n+$// for $stat;
			$body =~ s/\n+$//;
			$body .= "\n" if length $body && length $stat;
			$body .= "---\n$stat" if length $stat;
			$body .= "\n" if length $body;
			print "New:  $subject\n$subject\nAuthor: $author\n\n",
				"$body\n", "-" x 70, "\n\n";
		}'
}

# messages <argument>...: print only the messages section of the digest.
messages () {
	git digest --sections=messages "$@" >full &&
	sed "1,/^=====/d" full | sed 1d
}

test_expect_success 'the digest of a branch has all sections' '
	git init -q -b main proj &&
	(
		cd proj &&
		change a.c "a: begin" \
			"Signed-off-by: A U Thor <author@example.com>" &&
		change lib/b.c "b: begin" \
			"Signed-off-by: A U Thor <author@example.com>" &&
		git checkout -q -b topic &&
		change a.c "a: fix the first" "It was broken." \
			"Signed-off-by: A U Thor <author@example.com>" &&
		GIT_AUTHOR_NAME="C O Mitter" \
			GIT_AUTHOR_EMAIL=committer@example.org &&
		change lib/b.c "[RFC] b: a new way" \
			"Signed-off-by: C O Mitter <committer@example.org>" &&
		git checkout -q main &&
		change c.c "c: meanwhile" \
			"Signed-off-by: A U Thor <author@example.com>" &&
		git checkout -q topic &&
		git digest main..topic
	) >out &&
	sed "$(cd proj && git log --all --format="s/%h/<%s>/")" out >actual &&
	cat >expect <<-\EOF &&
	From <c: meanwhile> to <[RFC] b: a new way>
	proj update from <c: meanwhile> to <[RFC] b: a new way>

	===== Summary =====

	main..topic

	      2 commits
	      2 people
	      2 files changed
	      2 insertions
	      0 deletions

	Merge base: <b: begin> of 14 Nov 2023, 1 commit behind
	Merges cleanly into <c: meanwhile>

	Tests: 0 of 2 files
	Signatures: none

	 a.c     | 1 +
	 lib/b.c | 1 +
	 2 files changed, 2 insertions(+)

	Top 15 contributor Email domains (Based on Commit Author)

	      1 example.org
	      1 example.com

	Top 15 contributors (Based on Commit Author)

	      1  C O Mitter <committer@example.org>
	      1  A U Thor <author@example.com>

	===== Patch list in this time period =====

	<[RFC] b: a new way> [RFC] b: a new way (C O Mitter)
	<a: fix the first> a: fix the first (A U Thor)

	===== Patch Commit Messages ====

	New:  [RFC] b: a new way
	[RFC] b: a new way
	Author: C O Mitter <committer@example.org>

	Signed-off-by: C O Mitter <committer@example.org>
	---
	 lib/b.c | 1 +
	 1 file changed, 1 insertion(+)

	----------------------------------------------------------------------

	New:  a: fix the first
	a: fix the first
	Author: A U Thor <author@example.com>

	It was broken.

	Signed-off-by: A U Thor <author@example.com>
	---
	 a.c | 1 +
	 1 file changed, 1 insertion(+)

	----------------------------------------------------------------------

	EOF
	test_cmp expect actual
'

test_expect_success 'the JSON of a branch says the same' '
	(cd proj && git digest --format=json main..topic) >json &&
	perl -MJSON::PP -e "
		local \$/; my \$d = decode_json(<STDIN>);
		print join(\" \", \$d->{kind}, \$d->{list}{name},
			\$d->{summary}{merge}, scalar @{\$d->{checks}},
			map { \"\$_->{label}:\$_->{title}:\" .
				\"\$_->{diffstat}{insertions}:\$_->{date}\" }
			@{\$d->{entries}}), \"\n\"
		" <json >actual &&
	echo "code proj clean 0" \
		"new:[RFC] b: a new way:1:2023-11-15T00:17:20+02:00" \
		"new:a: fix the first:1:2023-11-15T00:16:20+02:00" >expect &&
	test_cmp expect actual
'

test_expect_success 'without a range, commits that upstream lacks are shown' '
	(
		cd proj &&
		test_expect_code 128 git digest >out 2>err &&
		test_must_be_empty out &&
		way="give a range like" &&
		grep "^fatal: branch .topic. has no upstream.*$way" err &&
		git branch -q --set-upstream-to=main &&
		git digest >actual &&
		git digest main..topic | sed "s/^main\.\.topic\$/@{upstream}..HEAD/" \
			>expect &&
		test_cmp expect actual &&
		git checkout -q --detach &&
		test_expect_code 128 git digest >out 2>err &&
		test_must_be_empty out &&
		grep "^fatal: HEAD is detached.*give a range like" err &&
		git checkout -q topic &&
		git digest -n 1 >actual &&
		git digest HEAD~1..HEAD >expect &&
		sed "/^Merge/d;/^Is a/d;/^HEAD~1\.\.HEAD/d" expect |
		cat -s >expect.short &&
		cat -s actual >actual.short &&
		test_cmp expect.short actual.short
	)
'

test_expect_success 'set up commits with everything that a diffstat can show' '
	git init -q -b main odd &&
	(
		cd odd &&
		seq 200 >text && printf "b\\0in" >binary && ln -s text link &&
		git add . && commit "the root" &&
		git mv text renamed && echo x >>renamed && git add . &&
		commit "a rename" "Text." &&
		printf "b\\0inary" >binary && git add . && commit "a binary" &&
		chmod +x renamed && git add . && commit "a mode" &&
		ln -sf renamed link && git add . && commit "a symlink" &&
		rm link && echo file >link && git add . && commit "a type" &&
		git update-index --add --cacheinfo \
			160000,$(git rev-parse HEAD),sub &&
		commit "a submodule" &&
		git update-index --cacheinfo 160000,$(git rev-parse HEAD),sub &&
		commit "a submodule moves" &&
		long=a/path/that/is/much/too/long/for/the/width/of/a/diffstat &&
		long=$long/line &&
		mkdir -p $long && seq 1000 >$long/with_a_file && git add . &&
		commit "long" &&
		>"quo\"te" && printf x >"$(printf "n\303\244me")" &&
		git add . && commit "names" &&
		seq 90 >$long/with_a_file && git add . &&
		commit "many lines" "" "" "Far down.  " &&
		git mv a b && commit "a folder moves" &&
		git rm -q binary && commit "a binary goes" &&
		commit "nothing changes" &&
		git commit -q --allow-empty --allow-empty-message -m "" &&
		printf "two\nlines\n\n\n\nbody   \n\ttab\n\n" |
		git commit -q --allow-empty --cleanup=verbatim -F - &&
		printf "caf\351\n\n\374ber\n" >msg &&
		git -c i18n.commitEncoding=ISO-8859-1 commit -q --allow-empty \
			-F msg &&
		printf "\312\301\n" >msg &&
		git -c i18n.commitEncoding=KOI8-R commit -q --allow-empty -F msg
	)
'

# same <argument>...: the digest prints what git log prints.
same () {
	messages "$@" >actual &&
	as_git_log "$@" >expect &&
	test_cmp expect actual
}

test_expect_success 'messages and diffstats are those of git log --stat' '
	(
		cd odd &&
		test "$(git rev-list --count HEAD)" = 18 &&
		same HEAD &&
		grep "^caf." actual &&
		git config diff.renames false && same HEAD &&
		grep "text *|" actual &&
		git config diff.renames copies && same HEAD &&
		git config --unset diff.renames &&
		git config diff.statGraphWidth 5 && same HEAD &&
		git config --unset diff.statGraphWidth &&
		git config core.quotePath false && same HEAD &&
		grep "näme" actual &&
		git config --unset core.quotePath &&
		git config log.showRoot false && same HEAD &&
		git config --unset log.showRoot &&
		COLUMNS=200 && export COLUMNS && same HEAD &&
		long=that/is/much/too/long/for/the/width/of/a/diffstat/line &&
		grep "$long/with" actual &&
		COLUMNS=40 && same HEAD
	)
'

test_expect_success 'settings of git log and color do not change the digest' '
	(
		cd odd &&
		git digest HEAD >expect &&
		git config color.ui always &&
		git config log.showSignature true &&
		git config log.decorate full &&
		git config format.pretty fuller &&
		git config diff.external /bin/false &&
		git config diff.submodule log &&
		git config diff.noprefix true &&
		git config diff.suppressBlankEmpty true &&
		git config i18n.logOutputEncoding KOI8-R &&
		git digest --no-color HEAD >actual &&
		test_cmp expect actual &&
		git config --unset color.ui &&
		git config log.showRoot false &&
		git digest --sections=checks HEAD >actual &&
		grep "nothing changes" actual && ! grep "the root" actual &&
		git config --unset log.showRoot
	)
'

test_expect_success 'people are those of git shortlog, with the same mailmaps' '
	(
		cd odd &&
		for who in "Some One <one@example.net>" \
			"Other <OTHER@example.net>"
		do
			git commit -q --allow-empty -m x --author="$who" ||
				return 1
		done &&
		{
			echo "Proper Name <one@example.net>" &&
			echo "<new@example.net> <other@example.net>"
		} >.mailmap &&
		printf "A. U. Thor <author@example.com>\n" >../mailmap.file &&
		printf "Third <third@example.net> <new@example.net>\n" |
		git hash-object -w --stdin >blob &&
		counts () {
			git digest --sections=contributors --top=99 HEAD |
			sed -n "s/^ *\([0-9]*\)  /\1 /p" | sort
		} &&
		shortlog () {
			git shortlog -se --no-merges HEAD |
			sed "s/^ *\([0-9]*\)	/\1 /" | sort
		} &&
		shortlog >expect && counts >actual && test_cmp expect actual &&
		grep "Proper Name" actual && grep "Other <new@" actual &&
		git config mailmap.file ../mailmap.file &&
		shortlog >expect && counts >actual && test_cmp expect actual &&
		grep "A. U. Thor" actual &&
		git config mailmap.blob "$(cat blob)" &&
		shortlog >expect && counts >actual && test_cmp expect actual &&
		git add .mailmap && commit "mailmap" &&
		git clone -q --bare . ../odd.git &&
		cd ../odd.git &&
		shortlog >expect && counts >actual && test_cmp expect actual &&
		grep "Proper Name" actual &&
		git config log.mailmap false && counts >actual &&
		grep "Some One" actual
	)
'

# git takes the empty value for the name of a blob that is missing; git digest
# takes it for no value, and reads HEAD:.mailmap.
test_expect_success 'an empty mailmap.blob turns off HEAD:.mailmap' '
	git init -q -b main mapped &&
	(
		cd mapped &&
		echo "Proper Name <author@example.com>" >.mailmap &&
		git add .mailmap && commit "mailmap" &&
		git clone -q --bare . ../mapped.git && cd ../mapped.git &&
		git digest HEAD >out && grep "^      1  Proper Name" out &&
		git -c mailmap.blob= shortlog -se HEAD >log &&
		! grep "Proper Name" log &&
		git -c mailmap.blob= digest HEAD >out &&
		! grep "Proper Name" out
	)
'

test_expect_success 'merges are left out, unless --merges is given' '
	git init -q -b main merged &&
	(
		cd merged &&
		change a one && git checkout -q -b side && change b two &&
		git checkout -q main && change a three &&
		git merge -q --no-ff -m "Merge side" -m "Why." side &&
		change a four &&
		git digest HEAD >out &&
		! grep "^New:  Merge" out &&
		grep "^      4 commits" out && grep "^      1 merge$" out &&
		merge=$(git rev-parse --short HEAD~1) &&
		git digest --sections=checks HEAD~3..HEAD >checks &&
		grep -A 1 "^Brings commits of another branch:" checks |
		grep "^    $merge Merge side$" &&
		git digest --no-merges HEAD >again && test_cmp out again &&
		git digest --merges HEAD >out &&
		grep "^      5 commits" out &&
		grep -A 4 "^New:  Merge side" out >entry &&
		{
			printf "New:  Merge side\nMerge side\n" &&
			printf "Author: A U Thor <author@example.com>\n\nWhy.\n"
		} >expect &&
		test_cmp expect entry &&
		git digest -n 2 HEAD >out && grep "^      2 commits" out &&
		grep "^From $(git rev-parse --short HEAD~3) to" out &&
		git digest --merges -n 2 HEAD >out && grep "^New:  Merge" out
	)
'

test_expect_success 'Exist: marks what git cherry finds on the other side' '
	git init -q -b main picked &&
	(
		cd picked &&
		seq 10 >f && git add f && commit base &&
		git checkout -q -b topic &&
		change one "the first" && change two "the second" &&
		change three "the third" && change four "the fourth" &&
		commit empty &&
		chmod +x one && echo more >>one && git add one &&
		commit "with a mode" &&
		git checkout -q main &&
		change own "of main" &&
		git cherry-pick --allow-empty topic~5 topic~4 >/dev/null &&
		GIT_COMMITTER_DATE="@1800000000 +0000" git commit -q --amend \
			-m "the second, renamed" -m "A new message." &&
		git cherry-pick topic~3 >/dev/null &&
		git revert --no-edit HEAD >/dev/null &&
		git checkout -q topic &&
		git digest main..topic >out &&
		git cherry main topic | sed -n "s/^- //p" >skipped &&
		test "$(wc -l <skipped)" = 3 &&
		git log --no-walk=unsorted --stdin --format=" Skip: %s" \
			<skipped | sort >expect &&
		grep "^ Skip:" out | sort >actual && test_cmp expect actual &&
		cat >expect <<-EOF &&
		Exist: the third ($(git rev-parse --short main~1))
		 Skip: the third
		Exist: the second, renamed ($(git rev-parse --short main~2))
		 Skip: the second
		Exist: the first ($(git rev-parse --short main~3))
		 Skip: the first
		EOF
		grep "^Exist:\|^ Skip:" out >actual && test_cmp expect actual &&
		test "$(grep -c "^New:" out)" = 3 &&
		git digest --format=json main..topic >json &&
		grep "\"exist\":\"$(git rev-parse main~1)\"" json
	)
'

test_expect_success '... and the patch list marks it, without any message' '
	(
		cd picked &&
		git digest --sections=patches main..topic >out &&
		cat >expect <<-EOF &&
		the third (A U Thor; = $(git rev-parse --short main~1))
		the second (A U Thor; = $(git rev-parse --short main~2))
		the first (A U Thor; = $(git rev-parse --short main~3))
		EOF
		sed -n "s/^[0-9a-f]* \(.*; = .*\)/\1/p" out >actual &&
		test_cmp expect actual && grep -c "(A U Thor)\$" out >count &&
		echo 3 >expect && test_cmp expect count &&
		GIT_TRACE=$PWD/trace git digest --sections=contributors \
			main..topic && ! grep "full-history" trace
	)
'

test_expect_success 'commits that change nothing are no twins' '
	(
		cd picked && git checkout -q -b empty1 main &&
		git commit -q --allow-empty -m nothing &&
		git checkout -q -b empty2 topic &&
		git commit -q --allow-empty -m nothing &&
		git cherry empty1 empty2 | grep "^- $(git rev-parse HEAD)" &&
		git digest empty1..empty2 >out && ! grep "Skip: nothing" out &&
		grep "nothing (A U Thor)\$" out && grep "^ Skip: the third" out &&
		git digest --format=json empty1..empty2 >json &&
		grep -c "\"label\":\"exist\"" json >count && echo 3 >expect &&
		test_cmp expect count && git checkout -q topic
	)
'

test_expect_success 'two commits with the same title are two entries' '
	(
		cd merged &&
		change a typo && change a typo &&
		git digest HEAD~2..HEAD >out &&
		test "$(grep -c "^New:  typo" out)" = 2
	)
'

# checked <range>: print the checks, with titles in place of commit ids.
checked () {
	git digest --sections=checks "$@" | sed 1,3d |
	sed "s/^    [0-9a-f]* /    /"
}

test_expect_success 'checks print nothing if all is well' '
	(cd proj && checked main..topic) >out &&
	test_must_be_empty out
'

test_expect_success 'checks find a missing Signed-off-by if others have one' '
	(
		cd proj && git checkout -q -b unsigned main &&
		change a.c "not signed" && change a.c "not signed either" &&
		checked main..unsigned
	) >actual &&
	cat >expect <<-\EOF &&
	===== Checks =====

	Has no Signed-off-by:
	    not signed either
	    not signed

	EOF
	test_cmp expect actual &&
	(cd odd && checked HEAD~3..HEAD) >out && ! grep "Signed-off-by" out &&
	(
		cd merged && git checkout -q -b signed &&
		change a s1 "Signed-off-by: a" &&
		change a s2 "signed-off-by: a" &&
		change a s3 &&
		checked HEAD~3..HEAD
	) >out &&
	grep -A 1 "^Has no Signed-off-by:" out | grep "^    s3$"
'

test_expect_success 'checks find fixups and work in progress' '
	(
		cd merged && git checkout -q -b wip main &&
		for subject in "fixup! a" "squash! a" "amend! a" "WIP" \
			"wip: b" "[WIP] c" "wipe it" "a fixup! b" "x WIP"
		do
			change a "$subject" || return 1
		done &&
		checked main..wip
	) >actual &&
	cat >expect <<-\EOF &&
	===== Checks =====

	Is to be squashed into another commit:
	    amend! a
	    squash! a
	    fixup! a
	Is not meant to be merged yet:
	    [WIP] c
	    wip: b
	    WIP

	EOF
	test_cmp expect actual
'

test_expect_success 'checks find ids that this repository does not have' '
	(
		cd merged && git checkout -q -b fixes main &&
		here=$(git rev-parse HEAD~1) &&
		blob=$(git rev-parse HEAD:a) &&
		change a good "Fixes: $(git rev-parse --short=12 HEAD~1) (\"x\")
	Fixes: #123456789
	Fixes: https://example.com/deadbeef
	Fixes: deadbeef.example.com
	(cherry picked from commit $here)" &&
		change a "bad fix" "Fixes: 0123456789ab (\"x\")" &&
		gone=0123456789012345678901234567890123456789 &&
		change a "bad pick" "(cherry picked from commit $gone)" &&
		change a "a blob" "fixes: commit $(echo $blob | cut -c 1-12)" &&
		checked main..fixes |
		sed "s/$(echo $blob | cut -c 1-12)/<blob>/"
	) >actual &&
	cat >expect <<-\EOF &&
	===== Checks =====

	Fixes a commit that is not here:
	    a blob: <blob>
	    bad fix: 0123456789ab
	Was picked from a commit that is not here:
	    bad pick: 0123456789012345678901234567890123456789

	EOF
	test_cmp expect actual
'

test_expect_success 'checks find addresses of machines' '
	(
		cd merged && git checkout -q -b machines main &&
		for address in me@laptop me@laptop.localdomain "me@box.(none)" \
			me@10.0.0.1 me me@box.local
		do
			GIT_AUTHOR_EMAIL=$address change a "of $address" ||
				return 1
		done &&
		checked main..machines
	) >actual &&
	cat >expect <<-\EOF &&
	===== Checks =====

	Has an author whose address looks like a machine'\''s:
	    of me@box.local: me@box.local
	    of me: me
	    of me@10.0.0.1: me@10.0.0.1
	    of me@box.(none): me@box.(none)
	    of me@laptop.localdomain: me@laptop.localdomain
	    of me@laptop: me@laptop

	EOF
	test_cmp expect actual
'

test_expect_success 'checks are in the JSON' '
	(cd merged && git digest --format=json main..fixes) >json &&
	grep "\"check\":\"fixes\".*\"subject\":\"bad fix\"" json
'

test_expect_success 'the summary says what git diff and git merge-base say' '
	(
		cd picked &&
		git digest --sections=summary main..topic >out &&
		git diff --shortstat main...topic >stat &&
		base=$(git merge-base main topic) &&
		grep "^Merge base: $(git rev-parse --short $base)" out &&
		printf " %d files changed, %d insertions(+)\n" \
			"$(sed -n "s/ files changed\$//p" out)" \
			"$(sed -n "s/ insertions\$//p" out)" >actual &&
		test_cmp stat actual
	)
'

test_expect_success 'the summary tells conflicts, fast-forwards and the like' '
	(
		cd proj &&
		git checkout -q -b left main && change a.c "left a" &&
		change c.c "left c" &&
		git checkout -q -b right main && change a.c "right a" &&
		change c.c "right c" &&
		git digest --sections=summary left..right >out &&
		cat >expect <<-EOF &&
		Conflicts with $(git rev-parse --short left) in:
		        a.c
		        c.c
		EOF
		sed -n "/^Conflicts/,/^\$/{/^\$/d;p;}" out >actual &&
		test_cmp expect actual &&
		git digest --sections=summary main..right >out &&
		grep "^Is a fast-forward of $(git rev-parse --short main)" \
			out &&
		git digest --sections=summary right..main >out &&
		grep "^Is all contained in $(git rev-parse --short right)" \
			out &&
		git checkout -q --orphan alone && commit alone &&
		git digest --sections=summary main..alone >out &&
		main=$(git rev-parse --short main) &&
		grep "^Has no history in common with $main" out &&
		git status --porcelain >status && ! grep "^U" status
	)
'

test_expect_success 'pathspecs limit commits and diffstats as in git log' '
	(
		cd proj && git checkout -q topic &&
		echo both >>a.c && echo both >>lib/b.c && git add . &&
		commit "both" &&
		same HEAD -- lib && ! grep "a\.c" actual &&
		grep "New:  both" actual &&
		same HEAD -- a.c lib/b.c &&
		same HEAD -- ":!lib" &&
		git digest HEAD -- lib >expect && git digest HEAD lib >actual &&
		test_cmp expect actual &&
		cd lib &&
		git digest --sections=messages HEAD -- b.c >../actual &&
		cd .. &&
		git digest --sections=messages HEAD -- lib/b.c >expect &&
		test_cmp expect actual &&
		git digest --sections=summary main..topic -- lib >out &&
		grep "^      1 file changed" out &&
		test_expect_code 128 git digest no-such 2>err &&
		grep "^fatal: ambiguous argument .no-such.: unknown" err &&
		>topic && test_expect_code 128 git digest topic 2>err &&
		grep "^fatal: .*topic.: both revision and filename" err &&
		test_expect_code 128 git digest main ^topic 2>err &&
		grep "^fatal: .*topic.: both revision and filename" err &&
		>HEAD~2..HEAD && git digest HEAD~2..HEAD >out &&
		(cd .git && GIT_DIR=$PWD git digest HEAD >../out) &&
		git digest topic -- >out && rm topic HEAD~2..HEAD &&
		test_expect_code 128 git digest a.c no-such 2>err &&
		grep "^fatal: no-such: no such path in the working" err
	)
'

test_expect_success 'paths and mistakes without -- are what git log makes of them' '
	(
		cd proj && git checkout -q topic && >"new
line" &&
		for words in "HEAD lib" "HEAD *.c" "HEAD :(glob)**/*.c" \
			":/fix" "HEAD :!lib" "HEAD~1 HEAD lib a.c" \
			"--all lib" "HEAD new
line" "HEAD~1..HEAD lib/no*"
		do
			set -f && IFS=" " && set -- $words && unset IFS &&
			set +f &&
			git log --no-merges --format="%h" "$@" >expect &&
			git digest --sections=patches "$@" >out &&
			sed -n "5,\$s/ .*//p" out | grep . >actual
			test_cmp expect actual || return 1
		done &&
		for words in nope "HEAD nope" "HEAD~1..nope" "main@{u}" "nope@{u}.." \
			"lib HEAD" "HEAD:nope" "HEAD :(bad)lib" "lib nope"
		do
			set -- $words &&
			test_expect_code 128 git log "$@" 2>expect &&
			test_expect_code 128 git digest "$@" >out 2>err &&
			sed -n 1p expect >first &&
			sed "s,cannot read history: ,," err >actual &&
			test_cmp first actual &&
			test_must_be_empty out || return 1
		done
	)
'

test_expect_success 'a file named as a commit does not confuse the filters' '
	git init -q -b main ids && (
		cd ids && git commit -q --allow-empty -m base &&
		git tag base && change y/innocent "innocent" &&
		parent=$(git rev-parse HEAD) &&
		change "$parent" "first of two" &&
		mkdir zz && echo z >zz/z && git add zz &&
		git commit -q --amend --no-edit &&
		echo "filters: {exclude: {path: [zz]}}" >../zz.yaml &&
		git digest --config=../zz.yaml --sections=patches base.. >out &&
		grep innocent out && ! grep "first of two" out
	)
'

test_expect_success 'a repository in a folder named git has that name' '
	git init -q -b main src/git && (
		cd src/git && git commit -q --allow-empty -m x &&
		git digest HEAD >out && grep "^git update from" out
	)
'

test_expect_success 'git digest works for a caller that ignores SIGCHLD' '
	(cd ids && perl -e "\$SIG{CHLD} = q(IGNORE);
		exec qw(git-digest --sections=patches HEAD)" >out &&
	 grep innocent out)
'

test_expect_success 'the filters of the YAML file select commits' '
	(
		cd proj &&
		printf "filters:\n  include: {path: [lib/]}\n" >../path.yaml &&
		git digest --config=../path.yaml main..topic >out &&
		grep "^      2 commits" out && ! grep "fix the first" out &&
		{
			echo "filters:" &&
			echo "  exclude: {subject: [\"^both\"]," &&
			echo "            from: [\"*@example.org\"]}"
		} >../out.yaml &&
		git digest --config=../out.yaml main..topic >out &&
		grep "^      1 commit$" out &&
		grep "^New:  a: fix the first" out &&
		printf "filters:\n  include: {prefix: [rfc]}\n" \
			>../prefix.yaml &&
		git digest --config=../prefix.yaml main..topic >out &&
		grep "^      1 commit$" out && grep "^New:  .RFC. b" out &&
		{
			echo "list: {name: Thing}" &&
			echo "people:" &&
			echo "  aliases:" &&
			echo "  - {as: \"You <you@x.org>\"," &&
			echo "     addresses: [committer@example.org]}"
		} >.git/digest.yaml &&
		git digest main..topic >out && rm .git/digest.yaml &&
		grep "^Thing update from" out && grep "  You <you@x.org>" out
	)
'

test_expect_success '--kind overrides what the repository looks like' '
	new_mirror m.git &&
	patch m.git "A <a@b>" "[PATCH] one" &&
	(
		cd m.git &&
		git digest HEAD >out && grep "mailing list update" out &&
		git digest --kind=inbox HEAD >again && test_cmp out again &&
		git digest --kind=code HEAD >out && grep "^m update from" out &&
		grep "^New:  .PATCH. one" out && grep "^ m | " out &&
		test_expect_code 129 git digest --kind=other 2>err &&
		test_expect_code 128 git digest --sections=checks,patches \
			2>err >out &&
		grep "^fatal: the section .checks. needs a code" err &&
		test_must_be_empty out
	) &&
	(cd proj && git digest --kind=inbox HEAD) >out 2>err &&
	grep "hold no mail" err
'

test_expect_success '--since works, and so do sections without diffstats' '
	(
		cd proj &&
		since=$(git log -1 --format=%ct main) &&
		git digest --since=@$since topic >out &&
		grep "^      1 commit$" out &&
		grep "^From $(git rev-parse --short topic~1) to" out &&
		git digest --sections=patches main..topic >expect &&
		git digest --patches=none --sections=patches main..topic \
			>actual &&
		test_cmp expect actual &&
		git digest --reverse --sections=patches main..topic >actual &&
		sed "1,5d" expect | sed "\$d" | tac >expect.list &&
		sed "1,5d" actual | sed "\$d" >actual.list &&
		test_cmp expect.list actual.list &&
		git digest topic..topic >out && grep "^      0 commits" out
	)
'

test_expect_success 'shallow and grafted histories are read as by git log' '
	(
		git clone -q --depth=2 "file://$PWD/proj" shallow 2>/dev/null &&
		cd shallow &&
		same HEAD && grep "^ a.c" actual
	) &&
	(
		cd proj && git replace --graft topic~1 &&
		git digest topic >out &&
		git replace -d topic~1 >/dev/null && grep "^      2 commits" out
	)
'

test_expect_success 'a commit with a broken author does not stop the digest' '
	(
		cd merged && git checkout -q -b broken main &&
		broken=$(git cat-file commit HEAD |
			sed "s/^author .*/author x/
				s/^committer .*/committer/" |
			git hash-object -t commit -w --stdin --literally) &&
		git reset -q --hard $broken &&
		change a "after the broken one" &&
		git digest HEAD~3..HEAD >out && grep "^      3 commits" out &&
		git digest --sections=summary main...broken >out &&
		grep "^Merge base" out &&
		git checkout -q -b beside HEAD~2 && change a "beside" &&
		git digest --sections=summary beside..broken >out &&
		grep "^Conflicts with" out
	)
'

test_expect_success 'a missing object is one fatal line, and no digest' '
	git clone -q --bare proj broken.git &&
	(
		cd broken.git &&
		git repack -q -a -d && mv objects/pack/*.pack ../pack &&
		rm -f objects/pack/* &&
		git unpack-objects -q <../pack &&
		blob=$(git rev-parse topic:a.c) &&
		rm -f objects/$(echo $blob | sed "s,^..,&/,") &&
		test_expect_code 128 git digest -o new topic >out 2>err &&
		test_must_be_empty out && ! test -e new &&
		test "$(wc -l <err)" = 1 &&
		grep "^fatal: cannot read history:.*$blob" err
	)
'

test_expect_success 'any number of git processes gives the same digest' '
	git init -q --bare -b main many.git &&
	perl "$test_source/bench/code.pl" 300 |
	git -C many.git fast-import --quiet &&
	(cd many.git && git digest --threads=1 main) >expect &&
	for n in 2 3 16
	do
		(cd many.git && git digest --threads=$n main) >actual &&
		test_cmp expect actual || return 1
	done
'

test_expect_success '... also with filters of paths, and with pathspecs' '
	(
		cd many.git &&
		folder=$(git ls-tree -d --name-only main | head -n 1) &&
		all=$(git rev-list --no-merges --count main) &&
		some=$(git rev-list --no-merges --count main -- "$folder") &&
		test "$some" -gt 40 && test "$some" -lt "$all" &&
		echo "filters: {include: {path: [$folder]}}" >../path.yaml &&
		for n in 1 2 3 16
		do
			git digest --threads=$n --config=../path.yaml main \
				>../filter.$n &&
			test_cmp ../filter.1 ../filter.$n &&
			git digest --threads=$n main -- "$folder" >../spec.$n &&
			test_cmp ../spec.1 ../spec.$n &&
			git digest --threads=$n --config=../path.yaml main \
				-- "$folder" >../both.$n &&
			test_cmp ../both.1 ../both.$n || return 1
		done &&
		test "$(grep -c "^New:" ../filter.1)" = "$some" &&
		test_cmp ../spec.1 ../both.1
	)
'

# git diff-tree prints the id of each commit and then its files.  The first file
# of this commit has the name of what is printed next.
test_expect_success 'a file may have the id of a commit as its name' '
	git init -q -b main named &&
	(
		cd named && change base "zero" && change one "one" &&
		parent=$(git rev-parse HEAD) &&
		echo x >$parent && git add $parent && change two "two" &&
		echo "filters: {include: {path: [two]}}" >../two.yaml &&
		git digest --config=../two.yaml HEAD >out &&
		grep "^New:" out >actual && echo "New:  two" >expect &&
		test_cmp expect actual
	)
'

test_expect_success 'the last commit of a range may have no diffstat' '
	git init -q -b main empty &&
	(
		cd empty && commit "empty 1" && change file "change" "Text." &&
		commit "empty 2" "Text." && commit "empty 3" &&
		for range in HEAD HEAD~1..HEAD HEAD~2..HEAD HEAD~3 HEAD~2
		do
			same $range || return 1
		done
	)
'

test_expect_success 'more than 200 commits are summed up only on request' '
	(
		cd many.git &&
		git digest main >out &&
		grep "^ *[0-9]* commits" out && ! grep "insertions$" out &&
		grep "^--sections=summary tells" out &&
		git digest --sections=summary main >out &&
		grep "insertions$" out &&
		! grep "tells" out &&
		printf "digest: {sections: [summary]}\n" >file.yaml &&
		git digest --config=file.yaml main >again &&
		test_cmp out again &&
		git digest main~20..main >out && grep "insertions$" out
	)
'

test_expect_success 'no control character of a commit reaches the terminal' '
	(
		cd merged && git checkout -q -b raw main &&
		printf "s \033[31m\n\nb \007\033]0;t\007\n" >msg &&
		git commit -q --allow-empty --cleanup=verbatim -F msg &&
		git digest HEAD~1..HEAD >out && ! grep "$(printf "\033")" out &&
		grep "^New:  s ^\[\[31m" out
	)
'

test_expect_success 'pathspecs work on a branch that merged the other side' '
	git init -q -b main topics &&
	(
		cd topics && change lib/a base && git checkout -q -b topic &&
		change app/x "the app" && git checkout -q main &&
		change lib/a "of main" &&
		git checkout -q topic && git merge -q -m "Merge main" main &&
		change lib/a "topic: lib" && git checkout -q main &&
		change n n &&
		same main..topic -- lib && grep "^New:  topic: lib" actual &&
		same topic -- lib &&
		git digest --merges main..topic -- lib >out &&
		grep "^New:  Merge main" out
	)
'

test_expect_success 'neither a cut range nor several branches are merged' '
	(
		cd proj &&
		git digest --sections=summary left..right >out &&
		grep "^Conflicts" out &&
		git digest --sections=summary -n 1 left..right >out &&
		! grep "^Conflicts\|^Is a\|^Merge" out &&
		grep "insertion" out &&
		git digest --sections=summary left right >out &&
		! grep "^Conflicts\|^Is a\|^Merge" out
	) &&
	(
		cd picked &&
		git digest ^main topic >expect && grep -c "^Exist:" expect >n &&
		git digest ^main modes topic 2>/dev/null >out ||
			git digest ^main main~1 topic >out &&
		test "$(grep -c "^Exist:" out)" = "$(cat n)"
	)
'

test_expect_success 'with --until the summary leaves the newest commits out' '
	(
		cd proj &&
		git digest --sections=summary --until=@1700000120 topic >out &&
		git rev-list --no-merges --until=@1700000120 topic >ids &&
		git diff --shortstat $(git hash-object -t tree /dev/null) \
			$(head -1 ids) >stat &&
		grep "^ *$(sed "s/^ *\([0-9]*\) file.*/\1/" stat) file" out
	)
'

test_expect_success 'the name of a file cannot forge a line of the summary' '
	(
		git init -q -b forge forge && cd forge &&
		name="$(printf "a\n\nMerges cleanly into 123456")" &&
		echo 1 >"$name" && git add "$name" && commit forge &&
		git checkout -q -b forged && echo 2 >"$name" &&
		git add "$name" && commit forged &&
		git checkout -q forge && echo 3 >"$name" && git add "$name" &&
		commit again &&
		git digest --sections=summary forge..forged >out &&
		! grep "^Merges cleanly" out && grep "^Conflicts" out &&
		grep -F "a\\n\\nMerges" out
	)
'

test_expect_success 'a message that is too long is cut in the middle' '
	(
		cd merged && git checkout -q -b long signed &&
		{ echo "long" && echo && seq 400000 && echo &&
		  echo "Signed-off-by: a"; } >msg &&
		git commit -q --allow-empty -F msg &&
		git digest HEAD~1..HEAD >out && grep -F "[...]" out &&
		grep "^Signed-off-by: a" out && ! grep "Has no Signed" out &&
		test "$(wc -c <out)" -lt 1100000
	)
'

test_expect_success '... also a title of a megabyte, which stays on one line' '
	(
		cd merged && git checkout -q -b title main &&
		{ perl -e "print q(x ) x 700000" && echo && echo &&
		  echo Text; } >msg &&
		git commit -q --allow-empty -F msg &&
		git digest --sections=patches,messages HEAD~1..HEAD >out &&
		test "$(grep -c "^\[" out)" = 0 &&
		test "$(grep -c "\[\.\.\.\]" out)" = 3
	)
'

test_expect_success 'unexpected output of git log is one clear error' '
	mkdir -p other &&
	{
		echo "#!/bin/sh" &&
		echo "id=\$(echo 0123456789 | tr -d x)\$(printf %%030d 0)" &&
		echo "rest=%x00a%x00b%x00c%x00d%x00e%x00f%x00g%x00" &&
		echo "case \" \$* \" in *\" --no-walk=unsorted \"*)" &&
		echo "set -- log --format=\"%x00\$id\$rest\" --all ;; esac" &&
		echo "exec $(command -v git) \"\$@\""
	} >other/git && chmod +x other/git &&
	(
		cd proj && PATH=$SHARNESS_TRASH_DIRECTORY/other:$PATH &&
		test_expect_code 128 git-digest main..topic >../out 2>../err
	) &&
	test_must_be_empty out &&
	grep "^fatal: cannot read history: .*did not print all" err
'

test_expect_success '--work-tree works, and so does any current directory' '
	(
		cd proj && git digest main..topic -- lib >../expect &&
		git clone -q --bare . ../dot.git &&
		git --git-dir=../dot.git --work-tree=. \
			digest main..topic -- lib >../actual
	) &&
	sed 2d expect >expect.rest && sed 2d actual >actual.rest &&
	test_cmp expect.rest actual.rest &&
	(cd proj/.git && git digest HEAD >out) &&
	(
		cd proj/lib &&
		printf "Someone <author@example.com>\n" >../map &&
		git config mailmap.file map && git digest HEAD >out &&
		git config --unset mailmap.file &&
		grep "Someone <author" out
	)
'

test_expect_success 'a signal leaves no git process behind' '
	mkdir -p fake &&
	{
		echo "#!/bin/sh" &&
		echo "slow=\"$SHARNESS_TRASH_DIRECTORY/slow\"" &&
		echo "case \" \$* \" in *\" diff \"*) echo \$\$ >\"\$slow\"" &&
		echo "exec sleep 97 ;; esac" &&
		echo "exec $(command -v git) \"\$@\""
	} >fake/git && chmod +x fake/git &&
	digest=$(command -v git-digest) &&
	{
		(
			cd proj && PATH=$SHARNESS_TRASH_DIRECTORY/fake:$PATH &&
			exec "$digest" main..topic >/dev/null 2>&1
		) &
	} && pid=$! &&
	for i in 1 2 3 4 5 6 7 8 9 10
	do
		test -s slow && break
		sleep 0.2
	done &&
	test -s slow && kill -TERM $pid &&
	{ wait $pid 2>/dev/null; test $? = 143; } &&
	# The process may have ended without being reaped yet.
	sleep 0.3 && ! readlink "/proc/$(cat slow)/exe"
'

test_done
