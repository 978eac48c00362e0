#!/bin/sh

test_description='a whole digest, and the options that shape it'

. "${0%/*}/lib-digest.sh"

# The mirror holds a series with a cover letter and patches by three people, and
# mails that do not count: a reply, a pull request, and one that was removed.
test_expect_success 'set up a mirror' '
	new_mirror m.git &&
	id=old patch m.git "A <a@one.example>" "[PATCH] old" &&
	git -C m.git tag from &&

	id=cover patch m.git "Ann Bee <ann@one.example>" \
		"[PATCH v2 0/3] things: new things" &&
	id=first patch m.git "Ann Bee <ann@one.example>" \
		"[PATCH v2 1/3] things: the first" \
		"In-Reply-To: <cover@example>" &&
	printf "From: Cee Dee <cee@two.example>\n\nText of the second.\n" |
	make_mail second "Ann Bee <ann@one.example>" \
		"[PATCH v2 2/3] things: the second" \
		"In-Reply-To: <cover@example>" "Message-ID: <second@example>" &&
	add_mail m.git second &&
	id=third patch m.git "Ann Bee <ANN@one.example>" \
		"[PATCH v2 3/3] things: the third" \
		"In-Reply-To: <cover@example>" &&
	id=reply patch m.git "Eff <eff@three.example>" \
		"Re: [PATCH v2 0/3] things: new things" \
		"In-Reply-To: <cover@example>" &&
	id=pull patch m.git "Eff <eff@three.example>" \
		"[GIT PULL] things" &&
	id=spam patch m.git "Spam <spam@spam.example>" "[PATCH] buy" &&
	remove_mail m.git mail.tmp &&
	id=lone patch m.git "=?UTF-8?q?J=C3=B6?= <jo@two.example>" \
		"[PATCH net-next] net: a very long Subject that a mailer has
 folded over two lines" &&
	git -C m.git tag to
'

test_expect_success 'all sections of a range are printed, without replies' '
	cat >expect <<-\EOF &&
	From <mail 1> to <mail 10>
	things mailing list update from <mail 1> to <mail 10>

	Top 15 contributor Email domains (Based on Email Body)

	      3 one.example
	      2 two.example

	Top 15 contributors (Based on Email Body)

	      3  Ann Bee <ann@one.example>
	      1  Jö <jo@two.example>
	      1  Cee Dee <cee@two.example>

	===== Patch list in this time period =====

	<mail 10> [PATCH net-next] net: a very long Subject that a mailer has folded over two lines (Jö)
	<mail 2> [PATCH v2 0/3] things: new things (Ann Bee)

	===== Patch Commit Messages ====

	New:  net: a very long Subject that a mailer has folded over two lines
	[PATCH net-next] net: a very long Subject that a mailer has folded over two lines
	Author: Jö <jo@two.example>

	Text of [PATCH net-next] net: a very long Subject that a mailer has
	 folded over two lines.
	---
	 file.c | 3 ++-
	 1 file changed, 2 insertions(+), 1 deletion(-)

	----------------------------------------------------------------------

	New:  things: new things
	[PATCH v2 0/3] things: new things
	Author: Ann Bee <ann@one.example>

	Text of [PATCH v2 0/3] things: new things.
	---
	 file.c | 3 ++-
	 1 file changed, 2 insertions(+), 1 deletion(-)

	----------------------------------------------------------------------

	New:  things: the first
	[PATCH v2 1/3] things: the first
	Author: Ann Bee <ann@one.example>

	Text of [PATCH v2 1/3] things: the first.
	---
	 file.c | 3 ++-
	 1 file changed, 2 insertions(+), 1 deletion(-)

	----------------------------------------------------------------------

	EOF
	(cd m.git && git digest from..to >../out 2>../err) &&
	name_commits m.git <out >actual &&
	test_cmp expect actual &&
	test_must_be_empty err
'

test_expect_success 'a range without a lower end is named "the beginning"' '
	(cd m.git && git digest --sections=patches to) |
	name_commits m.git >actual &&
	cat >expect <<-\EOF &&
	From the beginning to <mail 10>
	things mailing list update from the beginning to <mail 10>

	===== Patch list in this time period =====

	<mail 10> [PATCH net-next] net: a very long Subject that a mailer has folded over two lines (Jö)
	<mail 2> [PATCH v2 0/3] things: new things (Ann Bee)
	<mail 1> [PATCH] old (A)

	EOF
	test_cmp expect actual
'

test_expect_success '--reverse turns the series round, not their patches' '
	(cd m.git && git digest --reverse --sections=patches,messages \
		from..to) >out &&
	grep "^\[" out >actual &&
	cat >expect <<-\EOF &&
	[PATCH v2 0/3] things: new things
	[PATCH v2 1/3] things: the first
	[PATCH net-next] net: a very long Subject that a mailer has folded over two lines
	EOF
	test_cmp expect actual
'

test_expect_success '--patches=all prints the patches in order of number' '
	(cd m.git && git digest --patches=all from..to) >out &&
	grep "^\[" out >actual &&
	cat >expect <<-\EOF &&
	[PATCH net-next] net: a very long Subject that a mailer has folded over two lines
	[PATCH v2 0/3] things: new things
	[PATCH v2 1/3] things: the first
	[PATCH v2 2/3] things: the second
	[PATCH v2 3/3] things: the third
	EOF
	test_cmp expect actual &&
	grep "^Author: Cee Dee <cee@two.example>$" out
'

test_expect_success '--patches=none prints no patch, but counts all of them' '
	(cd m.git && git digest --patches=none from..to) >out &&
	! grep "^New:" out &&
	grep "^      3 one.example$" out
'

test_expect_success '--top limits both tallies, and their headings say so' '
	(cd m.git && git digest --top=1 \
		--sections=domains,contributors from..to) |
	sed 1,3d >actual &&
	cat >expect <<-\EOF &&
	Top 1 contributor Email domains (Based on Email Body)

	      3 one.example

	Top 1 contributors (Based on Email Body)

	      3  Ann Bee <ann@one.example>

	EOF
	test_cmp expect actual
'

test_expect_success '--sections prints the sections in the order given' '
	(cd m.git && git digest --sections=contributors,domains from..to) |
	grep "^Top" >actual &&
	cat >expect <<-\EOF &&
	Top 15 contributors (Based on Email Body)
	Top 15 contributor Email domains (Based on Email Body)
	EOF
	test_cmp expect actual &&
	(cd m.git && git digest --sections="contributors , domains" from..to) |
	grep "^Top" >actual && test_cmp expect actual
'

test_expect_success 'equal counts come in descending order of their text' '
	new_mirror ties.git &&
	patch ties.git "b <b@b>" "[PATCH] 1" &&
	patch ties.git "C <c@C>" "[PATCH] 2" &&
	patch ties.git "a <a@a>" "[PATCH] 3" &&
	(cd ties.git && git digest --sections=domains,contributors HEAD) |
	grep "^ " >actual &&
	cat >expect <<-\EOF &&
	      1 c
	      1 b
	      1 a
	      1  C <c@C>
	      1  b <b@b>
	      1  a <a@a>
	EOF
	test_cmp expect actual
'

test_expect_success 'a person is listed with the name used most' '
	new_mirror names.git &&
	patch names.git "Jo Doe <jo@b>" "[PATCH] 1" &&
	patch names.git "Jo Doe <JO@b>" "[PATCH] 2" &&
	patch names.git "Jo Doe <jo@b>" "[PATCH] 3" &&
	patch names.git "jdoe <jo@b>" "[PATCH] 4" &&
	(cd names.git && git digest --sections=contributors HEAD) >out &&
	grep "^ " out >actual &&
	echo "      4  Jo Doe <jo@b>" >expect &&
	test_cmp expect actual
'

test_expect_success '--abbrev and core.abbrev set the length of commit ids' '
	full=$(git -C m.git rev-parse to) &&
	(
		cd m.git &&
		git digest --no-abbrev to >../full &&
		git digest --abbrev=12 to >../twelve &&
		git digest --abbrev=1 to >../four &&
		git -c core.abbrev=20 digest to >../config &&
		git -c core.abbrev=no digest to >../no &&
		git -c core.abbrev= digest to >../empty &&
		git -c core.abbrev=20 digest --abbrev to >../unsaid &&
		git digest to >../default &&
		git -c core.abbrev=AUTO digest to >../auto &&
		git -c core.abbrev=4 digest to >../least &&
		git -c core.abbrev=40 digest to >../most
	) &&
	grep "to $full$" full &&
	grep "to $(echo $full | cut -c1-12)$" twelve &&
	grep "to $(git -C m.git rev-parse --short=4 to)$" four &&
	grep "to $(echo $full | cut -c1-20)$" config &&
	grep "to $full$" no && test_cmp no empty &&
	grep "to $(echo $full | cut -c1-20)$" unsaid &&
	test_cmp default auto &&
	grep "to $(git -C m.git rev-parse --short=4 to)$" least &&
	grep "to $full$" most
'

test_expect_success 'without a List-Id, the list is named after its directory' '
	new_mirror dir.git &&
	printf "From: A <a@b>\nSubject: [PATCH] x\n\ntext\n" >plain &&
	add_mail dir.git plain &&
	(cd dir.git && git digest HEAD) >out &&
	grep "^dir mailing list update" out
'

test_expect_success '... an epoch after its inbox' '
	mkdir -p inbox/git &&
	cp -r dir.git inbox/git/0.git &&
	(cd inbox/git/0.git && git digest HEAD) >out &&
	grep "^inbox mailing list update" out
'

test_expect_success '-h prints the usage and exits with 129' '
	test_expect_code 129 git digest -h >out 2>err &&
	grep "^usage: git digest" out &&
	test_must_be_empty err &&
	test_expect_code 129 git digest -h --bogus
'

test_expect_success '--version prints the version' '
	git digest --version >out &&
	grep "^git-digest version [0-9]" out
'

test_expect_success '--help opens the manual page as git does' '
	git -c man.viewer=show -c man.show.cmd="echo page" \
		digest --help >out &&
	echo "page git-digest" >expect &&
	test_cmp expect out &&
	git-digest --help >/dev/null 2>&1 || test $? = 16 || test $? = 1
'

# wrong <pattern> <option>...: git digest exits with 129, prints nothing on
# standard output, and its error matches the pattern.
wrong () {
	want=$1 &&
	shift &&
	(cd m.git && test_expect_code 129 git digest "$@" >../out 2>../err) &&
	test_must_be_empty out &&
	head -n 1 err >first &&
	grep "^error: $want" first
}

# usage <pattern> <option>...: the same, and it prints its usage.
usage () {
	wrong "$@" && grep "^usage: git digest" err
}

# one_line <pattern> <option>...: the same, and nothing follows.
one_line () {
	wrong "$@" && test "$(wc -l <err)" = 1
}

test_expect_success 'an unknown option is named, and the usage shown' '
	usage "unknown option .--bogus.\$" --bogus &&
	usage "unknown option .--bogus.\$" --bogus=x &&
	usage "unknown switch .x" -x &&
	usage "unknown switch that is not ASCII" -é &&
	usage "unknown switch that is not ASCII" "-q$(printf "\377")" &&
	usage "unknown switch .x" --reverse -xq &&
	usage "unknown option .-.\$" - &&
	usage "unknown option .--markdown.\$" --markdown
'

test_expect_success '... with the nearest that there is, if it is near' '
	usage "unknown option .--sine.; did you mean .--since.?" --sine=x &&
	usage "unknown option .--pathces.; did you mean .--patches.?" \
		--pathces=all &&
	usage "unknown option .--no-lniks.; did you mean .--no-links.?" \
		--no-lniks &&
	usage "unknown option .--date.\$" --date &&
	usage "unknown option .--xo.\$" --xo &&
	usage "unknown option .--.\$" --=x
'

test_expect_success 'an ambiguous option is told with its candidates' '
	one_line "ambiguous option .--li. (could be --links, --list or --lists)" \
		--li=x &&
	one_line "ambiguous option .--b. (could be .*, .* or --.*)\$" --b
'

test_expect_success 'a bad value is one line, and exits with 129' '
	one_line "option .--reverse. takes no value" --reverse=3 &&
	one_line "option .--no-color. takes no value" --no-color=always &&
	one_line "option .-o. requires a value" -qo &&
	one_line ".-2x. is not a number of commits" -2x &&
	one_line "option .--top. requires a value" --top &&
	one_line "option .-o. requires a value" -o &&
	one_line "--top: .x. is not a number" --top=x &&
	one_line "--top: .0. is not a number" --top=0 &&
	one_line "--sections: unknown section .x" --sections=x &&
	one_line "--sections: section .patches. is named twice" \
		--sections=patches,patches &&
	one_line "--sections: " --sections= &&
	one_line "--patches: .some. is none of" --patches=some &&
	one_line "--abbrev: .x. is not" --abbrev=x &&
	one_line "--max-count: .x. is not a number of commits" -n x &&
	one_line "--color: .blue. is none of: always, auto, never" --color=blue &&
	one_line "--kind: .x. is none of: inbox, code" --kind=x &&
	one_line "--format: .html. is none of: text, json" --format=html
'

test_expect_success 'outside of a repository the error suggests --list' '
	mkdir -p outside &&
	(cd outside && test_expect_code 128 git digest >../out 2>../err) &&
	test_must_be_empty out &&
	grep "^fatal: not a git repository" err &&
	grep -e "--list=<name>" err
'

test_done
