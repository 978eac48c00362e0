#!/bin/sh

test_description='--short, and what helps to act on a message'

. "${0%/*}/lib-digest.sh"

# digest <option>...: print the digest of m.git, with its commits by name.
digest () {
	(cd m.git && git digest "$@" HEAD) | name_commits m.git
}

test_expect_success 'set up a list' '
	new_mirror m.git &&
	id=w patch m.git "Wu <wu@x>" "[PATCH] older" &&
	git -C m.git tag older &&
	id=a.0 patch m.git "Ann Bee <ann@x>" "[PATCH v2 0/2] mmc: support it" &&
	id=a.1 patch m.git "Ann Bee <ann@x>" "[PATCH v2 1/2] mmc: add it" \
		"In-Reply-To: <a.0@example>" &&
	id=a.2 patch m.git "Ann Bee <ann@x>" "[PATCH v2 2/2] mmc: use it" \
		"In-Reply-To: <a.0@example>" &&
	reply m.git "Cid <cid@x>" "Re: [PATCH v2 1/2] mmc: add it" a.1 <<-\EOF &&
	Reviewed-by: Cid <cid@x>
	Tested-by: Cid <cid@x>
	EOF
	reply m.git "Cid <cid@x>" "Re: [PATCH v2 2/2] mmc: use it" a.2 <<-\EOF &&
	Reviewed-by: Cid <cid@x>
	EOF
	reply m.git "Dee <dee@x>" "Re: [PATCH v2 2/2] mmc: use it" a.2 <<-\EOF &&
	Nacked-by: Dee <dee@x>
	Acked-by: Somebody else <else@x>
	EOF
	id=b patch m.git "Bob <bob@x>" "[PATCH 3/4] part" &&
	arrival=$((mail_time + 3 * 24 * 60 * 60)) &&
	id=a3.0 patch m.git "Ann Bee <ann@x>" "[PATCH v3 0/1] mmc: support it" &&
	id=a3.1 patch m.git "Ann Bee <ann@x>" "[PATCH v3 1/1] mmc: add it" \
		"In-Reply-To: <a3.0@example>" &&
	echo "Applied, thanks" |
	reply m.git "Cid <cid@x>" "Re: [PATCH] older" w &&
	echo "Please pull." |
	reply m.git "Eve <eve@x>" "[GIT PULL] things for 6.9" "" &&
	unset arrival
'

test_expect_success '--short has a line for each series' '
	(cd m.git && git digest -s older..HEAD) >out &&
	git -C m.git log --reverse --format=%h |
	awk "{ printf \"s/^%s/<mail %d>/\\n\", \$1, NR }" >names.sed &&
	sed -f names.sed out >actual &&
	cat >expect <<-\EOF &&
	things 14-17 Nov 2023, 11 mails, 6 patches, 3 series, 4 replies, 5 people

	<mail 9>  v3   1 mmc: support it <- v2  Ann Bee  0m  -  -  no answer
	<mail 8>  v1  1 of 4 here part  Bob  3d  -  -  no answer

	Older series that got mail
	<mail 1>  v1   1 older  Wu  3d  1/1  -  applied

	Pull requests
	<mail 12>  -   [GIT PULL] things for 6.9  Eve  0m  -  -  not merged
	EOF
	test_cmp expect actual
'

test_expect_success '... people for each tag, each once' '
	(cd m.git && git digest -s older..HEAD~4) >out &&
	grep "mmc: support it  Ann Bee  6m  3/2  1R 1T 1N  under review" out
'

test_expect_success '... and those without an answer, once they are old' '
	(cd m.git && git digest -s --stale=1.day older..HEAD) >out &&
	sed -n "/^Series without/,\$p" out | sed "s/^[0-9a-f]* /<id> /" \
		>actual &&
	cat >expect <<-\EOF &&
	Series without an answer
	<id>  v1  1 of 4 here part  Bob  3d  -  -  no answer
	EOF
	test_cmp expect actual
'

test_expect_success 'older versions are named, each once' '
	new_mirror f.git &&
	for i in 1 1 1 2 2 3 4 5 6 7
	do
		patch f.git "A <a@b>" "[PATCH v$i] thing" || return 1
	done &&
	(cd f.git && git digest -s HEAD~5) >out &&
	grep "v2   1 thing <- v2, v1  A" out &&
	(cd f.git && git digest -s HEAD) >out &&
	grep "v7   1 thing <- v6, v5, v4, v3, v2, ...  A" out
'

test_expect_success 'digest.short makes it the default' '
	(cd m.git && git digest -s HEAD) >expect &&
	(cd m.git && git -c digest.short digest HEAD) >actual &&
	test_cmp expect actual &&
	(cd m.git && git -c digest.short=true -c digest.sections=patches \
		-c digest.format=text digest HEAD) >actual &&
	test_cmp expect actual &&
	(cd m.git && git digest HEAD) >expect &&
	(cd m.git && git -c digest.short digest --no-short HEAD) >actual &&
	test_cmp expect actual
'

test_expect_success '... unless the command line asks for something else' '
	(cd m.git && git digest --sections=patches HEAD) >expect &&
	(cd m.git && git -c digest.short digest --sections=patches HEAD) \
		>actual &&
	test_cmp expect actual &&
	(cd m.git && git -c digest.short digest --format=json HEAD) >out &&
	grep "schema" out &&
	(cd m.git && git -c digest.short -c digest.format=json digest HEAD) \
		>out &&
	grep "schema" out &&
	(cd m.git && git -c digest.format=json digest -s HEAD) >out &&
	grep "^things 14-17 Nov" out
'

test_expect_success '... with which --short makes no sense' '
	(cd m.git && test_expect_code 128 git digest -s --sections=patches \
		>../out 2>../err) &&
	test_must_be_empty out &&
	grep "^fatal: options .--short. and .--sections. cannot be used" err &&
	(cd m.git && test_expect_code 128 git digest -s --format=json \
		2>../err) &&
	grep "^fatal: options .--short. and .--format. cannot be used" err &&
	(cd m.git && git digest -s --format=text HEAD)
'

test_expect_success 'a range without mails prints nothing' '
	(cd m.git && git digest -s HEAD..HEAD) >out 2>err &&
	test_must_be_empty out && grep "^warning: no mail" err
'

test_expect_success '... and one without patches the other lists' '
	(cd m.git && git digest -s HEAD~2..HEAD~1) >actual &&
	grep "1 mail, 0 patches, 0 series, 1 reply, 1 person" actual &&
	grep "older  Wu  3d  1/1  -  applied" actual
'

# on_terminal <columns> <option>...: print what a terminal of this width shows.
on_terminal () {
	columns=$1 && shift &&
	(cd "${mirror-m.git}" && COLUMNS=$columns GIT_PAGER_IN_USE=true \
		git digest --no-color "$@" HEAD)
}

# too_wide <columns>: print the lines on standard input that take more columns.
too_wide () {
	perl -CS -ne 'chomp; my $width = 0;
		for (split //) {
			# this one makes the character before it wide
			$width++ if $_ eq "\x{fe0f}";
			next if /\p{Mn}|\p{Me}|\p{Cf}/;
			$width += /\p{EA=W}|\p{EA=F}/ ? 2 : 1;
		}
		print "$width: $_\n" if $width > '$1
}

test_expect_success 'on a terminal no line is wider than it is' '
	new_mirror w.git &&
	id=1 patch w.git "王小明 <wang@x>" "[PATCH] 内存管理：修复一个非常重要的错误并且添加测试用例以及文档说明" \
		"Content-Type: text/plain; charset=utf-8" &&
	id=2 patch w.git "محمد بن عبد الله <m@x>" "[PATCH v12 1/9] إصلاح خطأ في إدارة الذاكرة عند بدء تشغيل النظام لأول مرة" &&
	id=3 patch w.git "Zoë Ångström <z@x>" "[PATCH] é́́́́ combining everywhere é́́́́é́́́́ and a long title besides it" &&
	id=4 patch w.git "A Very Long Name With Many Parts <v@x>" \
		"[PATCH] 👩‍👩‍👧‍👦 ❤️❤️❤️❤️❤️❤️❤️❤️❤️❤️❤️❤️❤️ and a $(printf "%0200d" 1)" &&
	mirror=w.git &&
	for columns in 200 160 100 81 80 79 60 45 30 20 10 5 1
	do
		on_terminal $columns -s >out && too_wide $columns <out >wide &&
		test_must_be_empty wide || return 1
	done &&
	unset mirror
'

test_expect_success '... nor narrower than it can be' '
	mirror=w.git on_terminal 80 -s >out &&
	tail -n 4 out >lines && grep -v "\.\. " lines >whole
	test_must_be_empty whole &&
	# that with emojis may be, as no two terminals agree on these
	grep -v Very lines | too_wide 79 | wc -l >count &&
	echo 3 >expect && test_cmp expect count
'

test_expect_success '... and the columns stand below each other' '
	on_terminal 80 -s >actual &&
	sed -i "s/^[0-9a-f]\{7\}/<id>   /" actual &&
	cat >expect <<-\EOF &&
	things 14-17 Nov 2023, 12 mails, 7 patches, 4 series, 4 replies, 6 people

	<id>    v3  1 mmc: support it <- v2  Ann Bee 0m   - - no answer
	<id>    v1 1 of 4 here part          Bob     3d   - - no answer
	<id>    v1  1 older                  Wu      3d 1/1 - applied

	Pull requests
	<id>    -  [GIT PULL] things for 6.9 Eve     0m   - - not merged
	EOF
	test_cmp expect actual
'

test_expect_success 'what is cut keeps the versions' '
	on_terminal 60 -s >out &&
	grep "mmc: su.*[.][.] <- v2 Ann" out &&
	on_terminal 52 -s >out &&
	grep "^[0-9a-f]* v3  1 mm[.][.] <- v2 Ann Bee 0m  *- - no answer" out &&
	on_terminal 49 -s >out &&
	grep " 1/4 part  *Bob" out &&
	grep "^[0-9a-f]* v3  1 mmc: [.][.] Ann" out &&
	grep "1/1 - applied" out &&
	# what has no room at all is left out
	on_terminal 20 -s >out &&
	grep "^[0-9a-f]* v3 " out && grep "^Older series that [.][.]\$\|^Pull" out
'

test_expect_success 'control characters of a title are shown, and counted' '
	new_mirror e.git &&
	printf "From: A <a@b>\nSubject: [PATCH] =?utf-8?q?x=1B[31m=E2=80=AEy?=\n\n" \
		>mail.tmp &&
	cat "$test_source/diff.txt" >>mail.tmp && add_mail e.git mail.tmp &&
	mirror=e.git on_terminal 80 -s >out &&
	grep "x^\[\[31m<U+202E>y A" out
'

test_expect_success 'in a code repository each commit has a line' '
	git init -q -b main code &&
	(
		cd code &&
		echo a >a && git add a && git commit -q -m base &&
		git checkout -q -b topic &&
		echo b >>a && echo c >c && git add c &&
		git commit -q -a -m "a: add b" \
			-m "Reviewed-by: Bee <b@x>
Reviewed-by: Bee <b@x>
Acked-and-tested-by: Cid <c@x>" &&
		echo d >d && git add d && git commit -q -m "d: new" &&
		git commit -q --allow-empty -m "fixup! d: new" &&
		git checkout -q main &&
		git cherry-pick topic~1 >/dev/null &&
		git digest -s main..topic
	) >out &&
	sed "s/\b[0-9a-f]\{7\}\b/<id>/" out >actual &&
	pick=$(git -C code rev-parse --short main) &&
	cat >expect <<-EOF &&
	code, 3 commits, 1 person, 3 files changed, +3 -0, merges cleanly

	<id>  fixup! d: new  A U Thor  -  -  is a fixup! of another commit; changes nothing
	<id>  d: new  A U Thor  1 +1 -0  -  = $pick
	<id>  a: add b  A U Thor  2 +2 -0  1R 1A 1T  -
	EOF
	test_cmp expect actual
'

test_expect_success '... and merges have one, if a check finds them' '
	git -C code checkout -q topic &&
	git -C code merge -q -m "Merge main" main >/dev/null 2>&1 &&
	git -C code digest -s main..topic >out &&
	grep "Merge main  -  -  -  .*merge" out
'

test_expect_success '--ids prints commit, date and Message-ID of each message' '
	id=i patch m.git "Ann <ann@x>" "[PATCH] ids" \
		"Date: Sat, 4 Nov 2023 10:00:00 -0730" &&
	(cd m.git && git digest --ids -n 1) >out &&
	sed -n "/^Author/,/^\$/p" out >actual &&
	cat >expect <<-EOF &&
	Author: Ann <ann@x>
	Commit: $(git -C m.git rev-parse --short HEAD)
	Date: 2023-11-04 10:00:00 -0730
	Message-ID: <i@example>

	EOF
	test_cmp expect actual &&
	(cd m.git && git digest --ids --no-ids -n 1) >out &&
	! grep "^Commit:\|^Date:\|^Message-ID:" out &&
	git -C code digest --ids -n 1 main >out &&
	grep "^Commit: $(git -C code rev-parse --short main)" out &&
	grep "^Date: 20" out && ! grep "^Message-ID" out
'

test_expect_success '--links gives each line and message its link' '
	echo "list: {archive: \"https://lore.example/t\"}" >list.yaml &&
	(cd m.git && git digest --config=../list.yaml --links \
		--sections=patches,status,unanswered,pulls,messages,threads \
		--stale=1.day older..HEAD~1) >out &&
	grep "mails, .*mmc: support it https://lore.example/t/a.0@" out &&
	test "$(grep -c "https://lore.example/t/a3.0@example/\$" out)" = 4 &&
	grep "^Link: https://lore.example/t/a3.0@example/\$" out &&
	test "$(grep -c "(Bob) https://lore.example/t/b@example/\$" out)" = 3 &&
	grep "(Eve) https://lore.example/t/" out &&
	(cd m.git && git digest --config=../list.yaml --links -s HEAD) >out &&
	grep "ids .*no answer  https://lore.example/t/i@example/\$" out
'

test_expect_success '... which is the title on a terminal with colors' '
	(cd m.git && COLUMNS=80 GIT_PAGER_IN_USE=true git digest --color=always \
		--config=../list.yaml --links --sections=patches,messages \
		-n 1) >out &&
	esc=$(printf "\033") &&
	link="$esc\]8;;https://lore.example/t/i@example/$esc\\\\" &&
	grep "$link\[PATCH\] ids$esc\]8;;$esc\\\\ (Ann)\$" out &&
	grep "New:.*$link""ids$esc\]8;;$esc\\\\\$" out &&
	! grep "^Link:" out &&
	(cd m.git && COLUMNS=80 GIT_PAGER_IN_USE=true git digest --color=always \
		--config=../list.yaml --links -s -n 1) >out &&
	grep "$link 1 ids *$esc\]8;;$esc\\\\" out &&
	(cd m.git && COLUMNS=40 GIT_PAGER_IN_USE=true git digest --no-color \
		--config=../list.yaml --links -s -n 1) >out &&
	grep "^    https://lore.example/t/i@example/\$" out
'

test_expect_success '... but not elsewhere' '
	(cd m.git && git digest --color=always --config=../list.yaml --links \
		-s -n 1) >out &&
	! grep "]8;;" out && grep "https://lore.example/t/i@example/\$" out
'

test_expect_success '... in printable ASCII, whatever the Message-ID is' '
	printf "From: A <a@b>\nSubject: [PATCH] odd\nMessage-ID: <\303\251\033;x@y>\n\n" \
		>mail.tmp &&
	cat "$test_source/diff.txt" >>mail.tmp && add_mail e.git mail.tmp &&
	(cd e.git && COLUMNS=80 GIT_PAGER_IN_USE=true git digest --color=always \
		--config=../list.yaml --links -s -n 1) >out &&
	grep "]8;;https://lore.example/t/%C3%A9%1B;x@y/" out
'

test_expect_success '--links=b4 prints what gets the series' '
	(cd m.git && git digest --links=b4 --sections=patches,messages -n 1) \
		>out &&
	grep "(Ann) b4 am i@example\$" out && grep "^b4 am i@example\$" out &&
	(cd m.git && git -c digest.links=b4 digest -s -n 1) >out &&
	grep "no answer  b4 am i@example\$" out &&
	(cd code && test_expect_code 128 git digest --links=b4 HEAD 2>../err) &&
	grep "^fatal: cannot print what b4 takes" err &&
	(cd m.git && test_expect_code 129 git digest --links=b5 HEAD 2>../err) &&
	grep "b5. is none of: true, false, b4" err
'

test_expect_success '... so that a shell takes it for one word' '
	printf "From: A <a@b>\nSubject: [PATCH] odd\nMessage-ID: <\$(id)'\''\`x@y>\n\n" \
		>mail.tmp &&
	cat "$test_source/diff.txt" >>mail.tmp && add_mail e.git mail.tmp &&
	(cd e.git && git digest --links=b4 --sections=messages -n 1) >out &&
	words=$(sed -n "s/^b4 am //p" out) &&
	test -n "$words" &&
	eval "printf %s $words" >actual &&
	printf "%s" "\$(id)'\''\`x@y" >expect && test_cmp expect actual &&
	printf "From: A <a@b>\nSubject: [PATCH] o\nMessage-ID: <-o/tmp/x@y>\n\n" \
		>mail.tmp &&
	cat "$test_source/diff.txt" >>mail.tmp && add_mail e.git mail.tmp &&
	(cd e.git && git digest --links=b4 --sections=messages -n 1) >out &&
	grep "^b4 am -- -o/tmp/x@y\$" out
'

test_expect_success '--max-lines cuts a message at a line, and says so' '
	(cd m.git && git digest --max-lines=1 --sections=messages -n 1) >out &&
	sed -n "/^Text/,/^---/p" out >actual &&
	cat >expect <<-\EOF &&
	Text of [PATCH] ids.
	[3 more lines]

	EOF
	sed -i "/^---/d" actual && test_cmp expect actual &&
	(cd m.git && git digest --max-lines=3 --sections=messages -n 1) >out &&
	grep "^\[1 more line\]\$" out &&
	(cd m.git && git digest --max-lines=4 --sections=messages -n 1) >out &&
	! grep "more line" out &&
	(cd m.git && git digest --max-lines=3 --format=json -n 1) >out &&
	grep "\"lines_left_out\":1" out && ! grep "1 file changed" out &&
	(cd m.git && test_expect_code 129 git digest --max-lines=0 2>../err) &&
	grep "0. is not a number from 1" err
'

test_expect_success '--patches=cover prints cover letters, and titles' '
	git -C m.git tag cover &&
	id=c.0 patch m.git "Ann <ann@x>" "[PATCH 0/2] cover" &&
	id=c.1 patch m.git "Ann <ann@x>" "[PATCH 1/2] one" \
		"In-Reply-To: <c.0@example>" &&
	id=c.2 patch m.git "Ann <ann@x>" "[PATCH 2/2] two" \
		"In-Reply-To: <c.0@example>" &&
	id=d.1 patch m.git "Dee <dee@x>" "[PATCH 1/2] alone" &&
	id=d.2 patch m.git "Dee <dee@x>" "[PATCH 2/2] together" \
		"In-Reply-To: <d.1@example>" &&
	id=e patch m.git "Eve <eve@x>" "[PATCH] lone" &&
	(cd m.git && git digest --patches=cover --sections=messages cover..) |
	sed 1,5d >actual &&
	cat >expect <<-\EOF &&
	New:  lone
	[PATCH] lone
	Author: Eve <eve@x>

	Text of [PATCH] lone.
	---
	 file.c | 3 ++-
	 1 file changed, 2 insertions(+), 1 deletion(-)

	----------------------------------------------------------------------

	New:  alone
	[PATCH 1/2] alone
	Author: Dee <dee@x>

	  1/2 alone
	  2/2 together

	----------------------------------------------------------------------

	New:  cover
	[PATCH 0/2] cover
	Author: Ann <ann@x>

	Text of [PATCH 0/2] cover.
	---
	 file.c | 3 ++-
	 1 file changed, 2 insertions(+), 1 deletion(-)

	  1/2 one
	  2/2 two

	----------------------------------------------------------------------

	EOF
	test_cmp expect actual &&
	(cd m.git && git digest --patches=cover --format=json cover..) >out &&
	grep "\"title\":\"alone\".*\"body\":null" out
'

test_done
