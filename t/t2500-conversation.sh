#!/bin/sh

test_description='what was said to each series, and what became of it'

. "${0%/*}/lib-digest.sh"

ann='Ann Bee <ann@a.example>'
cid='Cid Dee <cid@c.example>'
eve='Eve Fox <eve@e.example>'
gus='Gus Hay <gus@g.example>'

# sections <list> [<option>...]: print these sections of the digest of $range,
# without the two lines at the top.
sections () {
	list=$1 &&
	shift &&
	git -C list.git digest --sections=$list "$@" $range 2>err >out &&
	sed 1,3d out | name_commits list.git
}

test_expect_success 'make a list' '
	new_mirror list.git &&

	# before the range: mails 1 to 4
	GIT_AUTHOR_EMAIL=Ann@A.example id=o0 \
		patch list.git "$ann" "[PATCH 0/2] old things" &&
	id=o1 patch list.git "$ann" "[PATCH 1/2] first old thing" \
		"In-Reply-To: <o0@example>" &&
	id=o2 patch list.git "$ann" "[PATCH 2/2] second old thing" \
		"In-Reply-To: <o0@example>" &&
	GIT_AUTHOR_EMAIL=cid@c.example id=p1 \
		patch list.git "$cid" "[PATCH] a thing" &&
	git -C list.git tag start &&

	# a series of two versions: mails 5 to 10
	id=a1 patch list.git "$ann" "[PATCH] new thing" &&
	id=b0 patch list.git "$ann" "[PATCH v2 0/2] new thing" &&
	id=b1 patch list.git "$ann" "[PATCH v2 1/2] new thing: prepare" \
		"In-Reply-To: <b0@example>" &&
	id=b2 patch list.git "$ann" "[PATCH v2 2/2] new thing: do it" \
		"In-Reply-To: <b0@example>" &&
	reply list.git "$cid" "Re: [PATCH v2 1/2] new thing: prepare" b1 <<-\EOF &&
	> Text of it

	Good.
	Reviewed-by: Cid Dee <cid@c.example>
	EOF
	reply list.git "kernel test robot <lkp@intel.com>" \
		"Re: [PATCH v2 2/2] new thing: do it" b2 <<-\EOF &&
	It does not build.
	EOF

	# one that is applied: mails 11 to 13
	id=c1 patch list.git "$eve" "[PATCH] other thing" &&
	id=c2 reply list.git "$gus" "Re: [PATCH] other thing" c1 <<-\EOF &&
	Acked-by: Gus Hay <gus@g.example>
	Tested-by: Ann Bee <ann@a.example>
	EOF
	reply list.git "$cid" "Re: [PATCH] other thing" c2 <<-\EOF &&
	Applied to main, thanks!

	[1/1] other thing
	      commit: 1234567890abcdef1234567890abcdef12345678
	EOF

	# one that nobody answers: mail 14
	id=d1 patch list.git "$gus" "[PATCH 3/4] lost thing" &&

	# what is said of older series: mails 15 to 18
	reply list.git "$eve" "Re: [PATCH 2/2] second old thing" o2 <<-\EOF &&
	Tested-by: Eve Fox <eve@e.example>
	EOF
	reply list.git "$gus" "Re: [PATCH 0/2] old things" o0 <<-\EOF &&
	Series applied, thanks.
	EOF
	reply list.git "$eve" "Re: [PATCH] a thing" nobody <<-\EOF &&
	No mail of this name is there.
	EOF
	reply list.git "$gus" "Re: [PATCH] unknown thing" unknown <<-\EOF &&
	Nor is this one.
	EOF

	# a discussion, a pull request and reports: mails 19 to 27
	id=t1 reply list.git "$ann" "Where are we?" "" </dev/null &&
	id=t2 reply list.git "$cid" "Re: Where are we?" t1 </dev/null &&
	id=t3 reply list.git "$ann" "Re: Where are we?" t2 </dev/null &&
	id=g1 reply list.git "$cid" "[GIT PULL] things for 7.1" "" <<-\EOF &&
	The following changes since commit 0123456789:

	  Things 7.0

	are available in the Git repository at:

	  https://git.example/things.git tags/things-7.1

	for you to fetch changes up to abcdef0123456789abcdef0123456789abcdef01:
	EOF
	reply list.git "pr-tracker-bot@kernel.org" "Re: [GIT PULL] things for 7.1" \
		g1 <<-\EOF &&
	The pull request you sent on Tue:

	> https://git.example/things.git tags/things-7.1

	has been merged into torvalds/linux.git:
	https://git.example/torvalds/c/fedcba9876543210fedcba9876543210fedcba98
	EOF
	id=g2 reply list.git "$eve" "[GIT PULL] more things" "" </dev/null &&
	reply list.git "syzbot <syzbot+12@syzkaller.appspotmail.com>" \
		"[syzbot] BUG: thing in thing" "" </dev/null &&
	reply list.git "$gus" "things broke" "" <<-\EOF &&
	#regzbot introduced: v7.0..v7.1
	EOF
	reply list.git "kernel test robot <lkp@intel.com>" \
		"[things:main] BUILD SUCCESS 12345678" "" </dev/null &&
	range=start..HEAD
'

test_expect_success 'status: a block for each series that no newer one stands for' '
	cat >expect <<-\EOF &&
	===== Status of the series =====

	<mail 14> [PATCH 3/4] lost thing (Gus Hay)
	    no answer, 1 of 4 here
	<mail 11> [PATCH] other thing (Eve Fox)
	    applied by Cid Dee; 2 replies by 2 people
	    applied as 1234567890ab
	    Acked-by: Gus Hay; Tested-by: Ann Bee (sent by Gus Hay)
	<mail 6> [PATCH v2 0/2] new thing (Ann Bee)
	    under review, 1 of 2 reviewed; 1 reply by 1 person; v1 <mail 5>; lkp 1
	    Reviewed-by: Cid Dee (1)

	EOF
	sections status >actual &&
	test_cmp expect actual
'

test_expect_success '... in the order of --reverse' '
	sections status --reverse >actual &&
	grep -o "^<mail [0-9]*>" actual >order &&
	printf "<mail %d>\n" 6 11 14 >expect &&
	test_cmp expect order
'

test_expect_success 'discussed: older series, by Subject and then by Message-ID' '
	cat >expect <<-\EOF &&
	===== Older series that got mail =====

	<mail 1> [PATCH 0/2] old things (Ann Bee)
	    applied by Gus Hay; 1 Tested-by; 2 replies by 2 people; posted 14 Nov 2023
	    Tested-by: Eve Fox (2)

	EOF
	sections discussed >actual &&
	test_cmp expect actual
'

test_expect_success '... as far as --look-back goes' '
	sections discussed --look-back=2 >actual &&
	grep "^<mail 3> \[PATCH 2/2\] second old thing" actual &&
	grep "1 Tested-by; 1 reply by 1 person" actual &&
	sections discussed --look-back=0 >actual &&
	test "$(tail -n 2 actual)" = None.
'

test_expect_success 'unanswered: not what people answered, nor what is young' '
	arrival=1701000000 patch list.git "$gus" "[PATCH] young thing" &&
	cat >expect <<-\EOF &&
	===== Series without an answer =====

	<mail 14> [PATCH 3/4] lost thing (Gus Hay)

	EOF
	sections unanswered >actual &&
	test_cmp expect actual &&
	sections unanswered --stale=2.weeks >actual &&
	test "$(tail -n 2 actual)" = None. &&
	git -C list.git update-ref HEAD HEAD^
'

test_expect_success '... and an age that is none is refused' '
	for age in nonsense 0 now tomorrow
	do
		test_must_fail git -C list.git digest --sections=unanswered \
			--stale=$age 2>err >out &&
		test_must_be_empty out &&
		grep "^fatal: .$age. is not an age, like 7.days\$" err ||
			return 1
	done
'

test_expect_success 'pulls: where to pull from, and whether somebody has' '
	cat >expect <<-\EOF &&
	===== Pull requests =====

	<mail 24> [GIT PULL] more things (Eve Fox)
	    nobody says that it is merged
	<mail 22> [GIT PULL] things for 7.1 (Cid Dee)
	    https://git.example/things.git tags/things-7.1; merged as fedcba987654

	EOF
	sections pulls >actual &&
	test_cmp expect actual
'

test_expect_success 'reports: of robots, and of regressions' '
	cat >expect <<-\EOF &&
	===== Bug reports =====

	<mail 26> things broke (regression)
	<mail 25> [syzbot] BUG: thing in thing (syzbot)
	<mail 10> Re: [PATCH v2 2/2] new thing: do it (test robot)

	EOF
	sections reports >actual &&
	test_cmp expect actual
'

test_expect_success 'threads: about no patch, and about patches' '
	cat >expect <<-\EOF &&
	===== Threads with the most mail =====

	      3 mails, 2 people, 2 minutes: <mail 19> Where are we?
	      2 mails, 1 person, 60 seconds: <mail 22> [GIT PULL] things for 7.1

	      5 mails, 2 people, 4 minutes: <mail 6> [PATCH v2 0/2] new thing
	      3 mails, 3 people, 2 minutes: <mail 11> [PATCH] other thing
	      2 mails, 2 people, 60 seconds: <mail 1> [PATCH 0/2] old things

	EOF
	sections threads >actual &&
	test_cmp expect actual
'

test_expect_success 'reviewers: who answered the patches of others' '
	cat >expect <<-\EOF &&
	Top 15 reviewer Email domains (Based on Replies)

	      2 g.example, 1 tag
	      2 c.example, 1 tag
	      1 e.example, 1 tag

	Top 15 reviewers (Based on Replies)

	      2  Gus Hay <gus@g.example>, 1 tag
	      2  Cid Dee <cid@c.example>, 1 tag
	      1  Eve Fox <eve@e.example>, 1 tag

	EOF
	sections reviewers >actual &&
	test_cmp expect actual &&
	sections reviewers --top=1 >actual &&
	test "$(grep -c "^      2" actual)" = 2
'

test_expect_success 'summary: the range in numbers' '
	cat >expect <<-\EOF &&
	===== Summary =====

	14 Nov 2023; the newest mail is N old

	     23 mails
	      6 patches
	      4 series
	      1 new version
	     11 replies
	      4 people
	      2 first-time posters
	      0 removed mails
	      0 unreadable mails

	EOF
	sections summary >actual &&
	sed "s/is [0-9]* days old/is N old/" actual >numbers &&
	test_cmp expect numbers
'

test_expect_success '... compared with as many mails before' '
	cat >expect <<-\EOF &&
	     23 mails (+19)
	      6 patches (+2)
	      4 series (+2)
	      1 new version (+1)
	     11 replies (+11)
	      4 people (+2)
	      2 first-time posters (as before)
	      0 removed mails (as before)
	      0 unreadable mails (as before)
	EOF
	sections summary --compare >actual &&
	sed -n "/ mails/,/unreadable/p" actual >numbers &&
	test_cmp expect numbers
'

test_expect_success '... and with the same time before' '
	range="--since=@1700000840 --until=@1700001200 HEAD" &&
	sections summary --compare >actual &&
	range=start..HEAD &&
	sed -n "/^ .* mails (/,/series (/p" actual | sed 3q >numbers &&
	cat >expect <<-\EOF &&
	      7 mails (+1)
	      1 patch (-1)
	      1 series (-1)
	EOF
	test_cmp expect numbers
'

test_expect_success 'all sections are those of a mirror' '
	git -C list.git digest --sections=all $range >out &&
	grep "^\(Top\|=====\)" out >actual &&
	cat >expect <<-\EOF &&
	===== Summary =====
	Top 15 contributor Email domains (Based on Email Body)
	Top 15 contributors (Based on Email Body)
	Top 15 reviewer Email domains (Based on Replies)
	Top 15 reviewers (Based on Replies)
	===== Patch list in this time period =====
	===== Status of the series =====
	===== Older series that got mail =====
	===== Series without an answer =====
	===== Pull requests =====
	===== Bug reports =====
	===== Threads with the most mail =====
	===== Patch Commit Messages ====
	EOF
	test_cmp expect actual &&
	test_must_fail git -C list.git digest --sections=all,status 2>err &&
	grep "section .all. stands for all sections" err
'

test_expect_success '... may be in git config and in the YAML file' '
	test_config () { git -C list.git config "$@"; } &&
	test_config digest.sections threads,pulls &&
	git -C list.git digest $range >out &&
	grep "^=====" out >actual &&
	printf "%s\n" "===== Threads with the most mail =====" \
		"===== Pull requests =====" >expect &&
	test_cmp expect actual &&
	test_config --unset digest.sections &&
	printf "digest:\n  sections: [status]\n" >list.yaml &&
	git -C list.git digest --config="$PWD/list.yaml" $range >out &&
	grep "^=====" out >actual &&
	echo "===== Status of the series =====" >expect &&
	test_cmp expect actual
'

test_expect_success 'code has no conversation' '
	git init -q -b main code &&
	git -C code commit -q --allow-empty -m x &&
	test_must_fail git -C code digest --sections=status HEAD 2>err &&
	grep "^fatal: the section .status. needs the mirror of a mailing list" \
		err &&
	git -C code digest --sections=all HEAD >out &&
	! grep Status out
'

test_expect_success 'a range with replies alone still has what they say' '
	git -C list.git digest --sections=all HEAD~9..HEAD~6 >out &&
	grep "^No patches in 3 mails.\$" out &&
	grep "Where are we?" out &&
	! grep contributors out
'

test_expect_success 'what a filter leaves out is not told' '
	printf "filters:\n  exclude:\n    subject: [other]\n" >list.yaml &&
	sections status,threads,reviewers --config="$PWD/list.yaml" >actual &&
	! grep "other thing" actual &&
	grep "^      1  Gus Hay <" actual
'

test_expect_success 'the number of threads changes nothing' '
	git -C list.git digest --sections=all --threads=1 $range >one &&
	git -C list.git digest --sections=all --threads=4 $range >four &&
	test_cmp one four &&
	git -C list.git digest --format=json --threads=1 $range >one &&
	git -C list.git digest --format=json --threads=4 $range >four &&
	test_cmp one four
'

test_expect_success 'nothing of a reply reaches the terminal raw' '
	new_mirror raw.git &&
	id=r1 patch raw.git "$ann" "[PATCH] a" &&
	esc=$(printf "\033[31m") &&
	reply raw.git "C${esc}d <c@c.example>" "Re: [PATCH] a" r1 <<-EOF &&
	Applied, thanks.
	Reviewed-by: C${esc}d <c@c.example>
	EOF
	reply raw.git "C${esc}d <c@c.example>" "[GIT PULL] ${esc}x" "" <<-EOF &&
	are available in the Git repository at:

	  ${esc}x ${esc}y
	EOF
	git -C raw.git digest --sections=all HEAD >out &&
	grep "applied by C^\[\[31md" out &&
	grep "Reviewed-by: C^\[\[31md" out &&
	! grep "$(printf "\033")" out
'

test_expect_success 'JSON: the conversation of a series' '
	git -C list.git digest --format=json $range |
	name_commits list.git | sed "s/\([{,]\)/\1\n/g" >json &&
	sed -n "/\"title\":\"other thing\"/,/\"patches\":\[{/p" json |
	sed -n "/\"state\"/,/\"rejected_by\"/p" | tr -d "\n" >actual &&
	printf "%s" "\"state\":\"applied\",\"reviewed\":1,\"replies\":2," \
		"\"repliers\":[{\"name\":\"Gus Hay\"," \
		"\"email\":\"gus@g.example\",\"count\":1}," \
		"{\"name\":\"Cid Dee\",\"email\":\"cid@c.example\"," \
		"\"count\":1}],\"bots\":[],\"tags\":[" \
		"{\"tag\":\"Acked-by\",\"name\":\"Gus Hay\"," \
		"\"email\":\"gus@g.example\",\"patches\":[1]," \
		"\"matches\":true,\"sent_by\":{\"name\":\"Gus Hay\"," \
		"\"email\":\"gus@g.example\"}}," \
		"{\"tag\":\"Tested-by\",\"name\":\"Ann Bee\"," \
		"\"email\":\"ann@a.example\",\"patches\":[1]," \
		"\"matches\":false,\"sent_by\":{\"name\":\"Gus Hay\"," \
		"\"email\":\"gus@g.example\"}}],\"applied\":[{\"number\":1," \
		"\"commit\":\"1234567890abcdef1234567890abcdef12345678\"," \
		"\"by\":{\"name\":\"Cid Dee\",\"email\":\"cid@c.example\"}," \
		"\"how\":\"b4-ty\"}],\"rejected_by\":null," >expect &&
	test_cmp expect actual
'

test_expect_success 'JSON has all by default, and else what is named' '
	keys () { grep -o "^\"[a-z_]*\"" out | tr -d "\"" | tr "\n" " "; } &&
	base="schema kind list range counts domains contributors" &&
	git -C list.git digest --format=json $range >out &&
	test "$(keys)" = "$base summary series discussed unanswered $(:
		)reviewer_domains reviewers pulls reports threads entries " &&
	git -C list.git digest --format=json --sections=threads $range >out &&
	test "$(keys)" = "$base series threads entries " &&
	grep "\"state\":\"applied\"" out &&
	git -C list.git digest --format=json --sections=patches $range >out &&
	test "$(keys)" = "$base series entries " &&
	! grep "\"state\"" out
'

test_expect_success 'every state has words of its own' '
	new_mirror list.git.new && rm -rf list.git && mv list.git.new list.git &&
	mail_time=1700000000 &&
	GIT_AUTHOR_EMAIL=ann@a.example id=s1 \
		patch list.git "$ann" "[PATCH] slow thing" &&
	id=u1 patch list.git "$ann" "[PATCH v2] unfinished thing" &&
	git -C list.git tag -f start &&

	# mails 3 to 9: six patches, four of them applied by two people
	id=a0 patch list.git "$ann" "[PATCH 0/6] six things" &&
	for i in 1 2 3 4 5 6
	do
		id=a$i patch list.git "$ann" "[PATCH $i/6] thing $i" \
			"In-Reply-To: <a0@example>" || return 1
	done &&
	reply list.git "$cid" "Re: [PATCH 0/6] six things" a0 <<-\EOF &&
	Applied to main, thanks!

	[1/6] thing 1
	      commit: 1111111111111111111111111111111111111111
	[2/6] thing 2
	      commit: 2222222222222222222222222222222222222222
	[3/6] thing 3
	      commit: 3333333333333333333333333333333333333333
	[4/6] thing 4
	      commit: 4444444444444444444444444444444444444444
	EOF
	reply list.git "$gus" "Re: [PATCH 6/6] thing 6" a6 <<-\EOF &&
	Queued, thanks.
	EOF
	for i in 1 2 3 5
	do
		reply list.git "$eve" "Re: [PATCH $i/6] thing $i" a$i <<-\EOF ||
		Acked-by: Eve Fox <eve@e.example>
		EOF
		return 1
	done &&
	reply list.git "$gus" "Re: [PATCH 5/6] thing 5" a5 <<-\EOF &&
	Eve has said so above:
	Acked-by: Eve Fox <eve@e.example>
	EOF

	# mails 17 to 22: reviewed, rejected, and answered by its author
	id=b0 patch list.git "$eve" "[PATCH 0/1] good thing" &&
	id=b1 patch list.git "$eve" "[PATCH 1/1] good thing" \
		"In-Reply-To: <b0@example>" &&
	for n in 1 2 3 4 5 6 7 8 9 10 11 12 13 14
	do
		echo "Tested-by: No $n <no$n@n.example>"
	done >tags &&
	reply list.git "$cid" "Re: [PATCH 0/1] good thing" b0 <tags &&
	id=c1 patch list.git "$eve" "[PATCH] bad thing" &&
	reply list.git "$cid" "Re: [PATCH] bad thing" c1 <<-\EOF &&
	NAK, it breaks other things.
	EOF
	id=d1 patch list.git "$eve" "[PATCH] my thing" &&
	reply list.git "$eve" "Re: [PATCH] my thing" d1 <<-\EOF &&
	Oh, and it is mine.
	EOF

	# mails 24 to 27: what newer versions stand for, and a pull request
	id=s2 patch list.git "$ann" "[PATCH v2] slow thing" &&
	reply list.git "$cid" "Re: [PATCH] slow thing" s1 <<-\EOF &&
	Acked-by: Cid Dee <cid@c.example>
	EOF
	reply list.git "$cid" "Re: [PATCH v2] unfinished thing" u1 <<-\EOF &&
	Please finish it.
	EOF
	id=p1 reply list.git "$ann" "[GIT PULL] things" "" </dev/null &&
	reply list.git "$gus" "Re: [GIT PULL] things" p1 <<-\EOF &&
	Pulled, thanks.
	EOF
	tested=$(for n in 1 2 3 4 5 6 7 8 9 10 11 12
		do
			printf "No $n (sent by Cid Dee), "
		done) &&
	cat >expect <<-EOF &&
	===== Status of the series =====

	<mail 24> [PATCH v2] slow thing (Ann Bee)
	    no answer; v1 <mail 1>
	<mail 22> [PATCH] my thing (Eve Fox)
	    no answer; 1 reply by the author
	<mail 20> [PATCH] bad thing (Eve Fox)
	    rejected by Cid Dee; 1 reply by 1 person
	<mail 17> [PATCH 0/1] good thing (Eve Fox)
	    under review; 1 reply by 1 person
	    Tested-by: ${tested%, } and 2 more
	<mail 3> [PATCH 0/6] six things (Ann Bee)
	    applied 5 of 6 by Cid Dee and others, 4 of 6 reviewed; 7 replies by 3 people
	    applied as 111111111111, 222222222222, 333333333333 and 1 more
	    Acked-by: Eve Fox (1-3,5)

	===== Older series that got mail =====

	<mail 2> [PATCH v2] unfinished thing (Ann Bee)
	    1 reply by 1 person; posted 14 Nov 2023
	<mail 1> [PATCH] slow thing (Ann Bee)
	    superseded by v2 <mail 24>; 1 Acked-by; 1 reply by 1 person; posted 14 Nov 2023
	    Acked-by: Cid Dee

	===== Pull requests =====

	<mail 27> [GIT PULL] things (Ann Bee)
	    merged, says Gus Hay

	EOF
	sections status,discussed,pulls >actual &&
	test_cmp expect actual
'

test_expect_success '... and JSON says the same' '
	git -C list.git digest --format=json --compare $range >out &&
	grep "\"rejected_by\":{\"name\":\"Cid Dee\"" out &&
	grep "\"tag\":\"Tested-by\",\"name\":\"No 1\".*\"patches\":\[1\],\"m" out &&
	grep "\"merged\":true,.*\"merged_by\":{\"name\":\"Gus Hay\"" out &&
	grep "\"before\":{\"mails\":2,\"patches\":2,\"series\":2," out
'

test_expect_success 'earlier mails that cannot be read are told of' '
	blob=$(git -C list.git rev-parse start:m) &&
	rm -f list.git/objects/$(echo $blob | sed "s,^..,&/,") &&
	git -C list.git digest --sections=summary,discussed --compare $range \
		>out 2>err &&
	grep "^warning: before the range: 1 mail could not be read" err &&
	grep "<mail 1>\|slow thing" out && ! grep "unfinished" out
'

test_done
