#!/bin/sh

test_description='patches become series, versions and entries'

. "${0%/*}/lib-digest.sh"

# in_list <mirror> <argument>...: print the patch list, without the commits.
in_list () {
	(cd "$1" && shift && git digest "$@") |
	section "Patch list" | sed "s/^[0-9a-f]* //"
}

# in_messages <mirror> <argument>...: print the lines New, Exist and Skip of all
# entries.
in_messages () {
	(cd "$1" && shift && git digest "$@") |
	grep "^New: \|^Exist: \|^ Skip: "
}

test_expect_success 'a thread is one series, even if other mail came between' '
	new_mirror thread.git &&
	id=c patch thread.git "A <a@b>" "[PATCH 0/3] title" &&
	id=2 patch thread.git "A <a@b>" "[PATCH 2/3] second" \
		"In-Reply-To: <c@example>" &&
	patch thread.git "B <b@b>" "[PATCH] other" &&
	id=1 patch thread.git "A <a@b>" "[PATCH 1/3] first" \
		"In-Reply-To: <c@example>" &&
	id=3 patch thread.git "A <a@b>" "[PATCH 3/3] third" \
		"In-Reply-To: <2@example>" \
		"References: <c@example> <2@example>" &&
	in_list thread.git HEAD >actual &&
	cat >expect <<-\EOF &&
	[PATCH 0/3] title (A)
	[PATCH] other (B)
	EOF
	test_cmp expect actual &&
	in_messages thread.git --patches=all HEAD >actual &&
	cat >expect <<-\EOF &&
	New:  title
	New:  first
	New:  second
	New:  third
	New:  other
	EOF
	test_cmp expect actual
'

test_expect_success 'if the cover letter is not in the range, patch 1 leads' '
	in_list thread.git HEAD~4..HEAD >actual &&
	cat >expect <<-\EOF &&
	[PATCH 1/3] first (A)
	[PATCH] other (B)
	EOF
	test_cmp expect actual
'

test_expect_success 'without a cover letter, the first patch leads' '
	new_mirror nocover.git &&
	id=1 patch nocover.git "A <a@b>" "[PATCH 1/2] first" &&
	id=2 patch nocover.git "A <a@b>" "[PATCH 2/2] second" \
		"In-Reply-To: <1@example>" &&
	in_list nocover.git HEAD >actual &&
	echo "[PATCH 1/2] first (A)" >expect &&
	test_cmp expect actual
'

test_expect_success 'a new version is a series, even if it answers the old' '
	new_mirror answer.git &&
	id=c1 patch answer.git "A <a@b>" "[PATCH 0/1] title" &&
	id=p1 patch answer.git "A <a@b>" "[PATCH 1/1] patch" \
		"In-Reply-To: <c1@example>" &&
	id=c2 patch answer.git "A <a@b>" "[PATCH v2 0/1] title" \
		"In-Reply-To: <c1@example>" &&
	id=p2 patch answer.git "A <a@b>" "[PATCH v2 1/1] patch" \
		"In-Reply-To: <c2@example>" \
		"References: <c1@example> <c2@example>" &&
	in_list answer.git HEAD >actual &&
	cat >expect <<-\EOF &&
	[PATCH v2 0/1] title (A)
	[PATCH 0/1] title (A)
	EOF
	test_cmp expect actual
'

test_expect_success 'the entries of an older version are skipped' '
	cat >expect <<-\EOF &&
	New:  title
	New:  patch
	Exist: [PATCH v2 0/1] title
	 Skip: [PATCH 0/1] title
	Exist: [PATCH v2 1/1] patch
	 Skip: [PATCH 1/1] patch
	EOF
	in_messages answer.git HEAD >actual &&
	test_cmp expect actual
'

test_expect_success '... also with --reverse' '
	cat >expect <<-\EOF &&
	Exist: [PATCH v2 0/1] title
	 Skip: [PATCH 0/1] title
	Exist: [PATCH v2 1/1] patch
	 Skip: [PATCH 1/1] patch
	New:  title
	New:  patch
	EOF
	in_messages answer.git --reverse HEAD >actual &&
	test_cmp expect actual
'

test_expect_success '... but not if the newer version is not in the range' '
	in_messages answer.git HEAD~2 >actual &&
	cat >expect <<-\EOF &&
	New:  title
	New:  patch
	EOF
	test_cmp expect actual
'

test_expect_success 'no blank lines surround Exist and Skip' '
	(cd answer.git && git digest HEAD) >out &&
	sed -n "/^Exist/,\$p" out >actual &&
	cat >expect <<-\EOF &&
	Exist: [PATCH v2 0/1] title
	 Skip: [PATCH 0/1] title
	Exist: [PATCH v2 1/1] patch
	 Skip: [PATCH 1/1] patch
	EOF
	test_cmp expect actual
'

test_expect_success 'v10 stands for v9, even if v9 came later' '
	new_mirror versions.git &&
	patch versions.git "A <a@b>" "[PATCH v10] title" &&
	patch versions.git "A <a@b>" "[PATCH v9] title" &&
	in_messages versions.git HEAD >actual &&
	cat >expect <<-\EOF &&
	Exist: [PATCH v10] title
	 Skip: [PATCH v9] title
	New:  title
	EOF
	test_cmp expect actual
'

test_expect_success 'of two patches with one title the newer one stands' '
	new_mirror resend.git &&
	patch resend.git "A <a@b>" "[PATCH] title" &&
	patch resend.git "A <A@B>" "[PATCH RESEND] Title" &&
	in_messages resend.git HEAD >actual &&
	cat >expect <<-\EOF &&
	New:  Title
	Exist: [PATCH RESEND] Title
	 Skip: [PATCH] title
	EOF
	test_cmp expect actual
'

test_expect_success 'the case of letters outside of ASCII is ignored, too' '
	new_mirror accents.git &&
	patch accents.git "A <a@b>" "[PATCH] Élan" &&
	patch accents.git "A <a@b>" "[PATCH v2] élan" &&
	patch accents.git "A <a@b>" "[PATCH v2] elan" &&
	in_messages accents.git HEAD >actual &&
	cat >expect <<-\EOF &&
	New:  elan
	New:  élan
	Exist: [PATCH v2] élan
	 Skip: [PATCH] Élan
	EOF
	test_cmp expect actual
'

test_expect_success '... also in addresses' '
	new_mirror address.git &&
	patch address.git "A <é@b>" "[PATCH] one" &&
	patch address.git "A <É@b>" "[PATCH v2] one" &&
	in_messages address.git HEAD >actual &&
	cat >expect <<-\EOF &&
	New:  one
	Exist: [PATCH v2] one
	 Skip: [PATCH] one
	EOF
	test_cmp expect actual &&
	(cd address.git && git digest HEAD) >out &&
	section "Top 15 contributors" <out >actual &&
	echo "      2  A <É@b>" >expect &&
	test_cmp expect actual
'

# with_text <mirror> <from> <subject> <id>: let a patch arrive whose text is
# standard input.
with_text () {
	make_mail mail.tmp "$2" "$3" "Message-ID: <$4@example>" &&
	add_mail "$1" mail.tmp
}

test_expect_success 'a change-id joins versions that have different titles' '
	new_mirror change.git &&
	printf "text

change-id: 2023-x
" |
	with_text change.git "A <a@b>" "[PATCH 0/1] old title" c1 &&
	printf "text

change-id: 2023-y
" |
	with_text change.git "A <a@b>" "[PATCH 0/1] other" c2 &&
	printf "text

change-id: 2023-x
" |
	with_text change.git "B <b@b>" "[PATCH 0/1] somebody" c3 &&
	printf "text

change-id: 2023-x
" |
	with_text change.git "A <a@b>" "[PATCH v2 0/1] new title" c4 &&
	in_messages change.git HEAD >actual &&
	cat >expect <<-\EOF &&
	New:  new title
	Exist: [PATCH v2 0/1] new title
	 Skip: [PATCH 0/1] somebody
	New:  other
	Exist: [PATCH v2 0/1] new title
	 Skip: [PATCH 0/1] old title
	EOF
	test_cmp expect actual
'

test_expect_success '... and so does a link to the older version' '
	new_mirror linked.git &&
	id=r1 patch linked.git "A <a@b>" "[RFC PATCH] first idea" &&
	id=1 patch linked.git "A <a@b>" "[PATCH] a" &&
	id=2 patch linked.git "A <a@b>" "[PATCH v2] b" &&
	id=dep patch linked.git "A <a@b>" "[PATCH] what it depends on" &&
	cat >text <<-\EOF &&
	This depends on https://lore.kernel.org/r/dep@example.
	Changes in v3:
	- less
	- Link to v2: https://lore.kernel.org/r/2%40example

	v1: https://lore.kernel.org/all/1@example/T/#u
	RFC: https://patch.msgid.link/r1@example
	EOF
	with_text linked.git "A <a@b>" "[PATCH v3] c" 3 <text &&
	in_messages linked.git HEAD >actual &&
	cat >expect <<-\EOF &&
	New:  c
	New:  what it depends on
	Exist: [PATCH v3] c
	 Skip: [PATCH v2] b
	Exist: [PATCH v3] c
	 Skip: [PATCH] a
	Exist: [PATCH v3] c
	 Skip: [RFC PATCH] first idea
	EOF
	test_cmp expect actual
'

test_expect_success '... but not a link to a mail of another author' '
	new_mirror foreign.git &&
	id=2 patch foreign.git "B <b@b>" "[PATCH] b" &&
	printf "Link to v1: https://lore.kernel.org/r/2@example\n" |
	with_text foreign.git "A <a@b>" "[PATCH v2] a" 3 &&
	printf "Link to v2: https://lore.kernel.org/r/3@example\n" |
	with_text foreign.git "A <a@b>" "[PATCH] c" 4 &&
	in_messages foreign.git HEAD >actual &&
	cat >expect <<-\EOF &&
	New:  c
	Exist: [PATCH] c
	 Skip: [PATCH v2] a
	New:  b
	EOF
	test_cmp expect actual
'

test_expect_success 'of two series that link to each other one stands' '
	new_mirror circle.git &&
	printf "Link to v9: https://lore.kernel.org/r/10@example\n" |
	with_text circle.git "A <a@b>" "[PATCH v10] title" 9 &&
	printf "Link to v10: https://lore.kernel.org/r/9@example\n" |
	with_text circle.git "A <a@b>" "[PATCH v9] title" 10 &&
	in_messages circle.git HEAD >actual &&
	cat >expect <<-\EOF &&
	Exist: [PATCH v10] title
	 Skip: [PATCH v9] title
	New:  title
	EOF
	test_cmp expect actual
'

test_expect_success 'of three versions the newest stands for the other two' '
	new_mirror three.git &&
	for v in 1 2 3
	do
		patch three.git "A <a@b>" "[PATCH v$v] title" || return 1
	done &&
	in_messages three.git HEAD >actual &&
	cat >expect <<-\EOF &&
	New:  title
	Exist: [PATCH v3] title
	 Skip: [PATCH v2] title
	Exist: [PATCH v3] title
	 Skip: [PATCH v1] title
	EOF
	test_cmp expect actual
'

test_expect_success '... also if different rules join the three' '
	new_mirror chain.git &&
	id=1 patch chain.git "A <a@b>" "[PATCH] title" &&
	id=2 patch chain.git "A <a@b>" "[PATCH v2] title" &&
	printf "Link to v2: https://lore.kernel.org/r/2@example\n" |
	with_text chain.git "A <a@b>" "[PATCH v3] another" 3 &&
	in_messages chain.git HEAD >actual &&
	cat >expect <<-\EOF &&
	New:  another
	Exist: [PATCH v3] another
	 Skip: [PATCH v2] title
	Exist: [PATCH v3] another
	 Skip: [PATCH] title
	EOF
	test_cmp expect actual &&
	(cd chain.git && git digest --format=json HEAD) >json &&
	v3=$(git -C chain.git rev-parse HEAD) &&
	test "$(grep -c "\"superseded_by\":\"$v3\"" json)" = 2
'

test_expect_success 'a patch stands for its RFC, even for RFC v3' '
	new_mirror rfc.git &&
	patch rfc.git "A <a@b>" "[RFC PATCH v3] title" &&
	patch rfc.git "A <a@b>" "[PATCH] title" &&
	in_messages rfc.git HEAD >actual &&
	cat >expect <<-\EOF &&
	New:  title
	Exist: [PATCH] title
	 Skip: [RFC PATCH v3] title
	EOF
	test_cmp expect actual
'

test_expect_success 'patches of two authors are no versions of each other' '
	new_mirror authors.git &&
	patch authors.git "A <a@b>" "[PATCH] title" &&
	patch authors.git "B <b@b>" "[PATCH v2] title" &&
	in_messages authors.git HEAD >actual &&
	printf "New:  title\nNew:  title\n" >expect &&
	test_cmp expect actual
'

test_expect_success 'a title that begins another one is not the same title' '
	new_mirror part.git &&
	patch part.git "A <a@b>" "[PATCH v4] things: add a thing" &&
	patch part.git "A <a@b>" "[PATCH v4] things: add a thing and more" &&
	in_messages part.git HEAD >actual &&
	test_cmp - actual <<-\EOF
	New:  things: add a thing and more
	New:  things: add a thing
	EOF
'

test_expect_success 'a cover letter does not stand for a patch of its title' '
	new_mirror one.git &&
	id=c patch one.git "A <a@b>" "[PATCH 0/1] title" &&
	patch one.git "A <a@b>" "[PATCH 1/1] title" \
		"In-Reply-To: <c@example>" &&
	in_messages one.git HEAD >actual &&
	printf "New:  title\nNew:  title\n" >expect &&
	test_cmp expect actual
'

test_expect_success 'one patch may be a repeat in a series that is new' '
	new_mirror moved.git &&
	id=c1 patch moved.git "A <a@b>" "[PATCH 0/1] old title" &&
	patch moved.git "A <a@b>" "[PATCH 1/1] patch" \
		"In-Reply-To: <c1@example>" &&
	id=c2 patch moved.git "A <a@b>" "[PATCH v2 0/1] new title" &&
	patch moved.git "A <a@b>" "[PATCH v2 1/1] patch" \
		"In-Reply-To: <c2@example>" &&
	in_messages moved.git HEAD >actual &&
	cat >expect <<-\EOF &&
	New:  new title
	New:  patch
	New:  old title
	Exist: [PATCH v2 1/1] patch
	 Skip: [PATCH 1/1] patch
	EOF
	test_cmp expect actual
'

test_expect_success 'a batch for a stable tree does not stand for a series' '
	new_mirror batch.git &&
	id=c patch batch.git "A <a@b>" "[PATCH 0/2] title" &&
	patch batch.git "A <a@b>" "[PATCH 1/2] one" \
		"In-Reply-To: <c@example>" &&
	patch batch.git "A <a@b>" "[PATCH 2/2] two" \
		"In-Reply-To: <c@example>" &&
	for n in 4 9
	do
		printf "From: A <a@b>\n\ntext\n" |
		make_mail mail.tmp "S <s@s>" \
			"[PATCH STABLE 5.$n 7/${n}0] two" &&
		add_mail batch.git mail.tmp || return 1
	done &&
	printf "From: B <b@b>\n\ntext\n" |
	make_mail mail.tmp "S <s@s>" "[PATCH STABLE 5.9 8/90] other" &&
	add_mail batch.git mail.tmp &&
	in_messages batch.git HEAD >actual &&
	printf "New:  title\nNew:  one\n" >expect &&
	test_cmp expect actual &&
	in_messages batch.git --patches=all HEAD >actual &&
	cat >expect <<-\EOF &&
	New:  two
	New:  other
	New:  two
	New:  title
	New:  one
	New:  two
	EOF
	test_cmp expect actual
'

test_expect_success 'the last version stands, if one in between is skipped' '
	new_mirror again.git &&
	patch again.git "A <a@b>" "[PATCH] x" &&
	id=c4 patch again.git "A <a@b>" "[PATCH v4 0/1] title" &&
	patch again.git "A <a@b>" "[PATCH v4 1/1] x" \
		"In-Reply-To: <c4@example>" &&
	id=c5 patch again.git "A <a@b>" "[PATCH v5 0/1] title" &&
	patch again.git "A <a@b>" "[PATCH v5 1/1] y" \
		"In-Reply-To: <c5@example>" &&
	in_messages again.git HEAD >actual &&
	cat >expect <<-\EOF &&
	New:  title
	New:  y
	Exist: [PATCH v5 0/1] title
	 Skip: [PATCH v4 0/1] title
	Exist: [PATCH v5 0/1] title
	 Skip: [PATCH v4 1/1] x
	Exist: [PATCH v5 0/1] title
	 Skip: [PATCH] x
	EOF
	test_cmp expect actual
'

test_expect_success 'a mail that came by two routes is one patch' '
	new_mirror routes.git &&
	id=x patch routes.git "A <a@b>" "[PATCH] title" "Received: one" &&
	id=x patch routes.git "A <a@b>" "[PATCH] title" "Received: two" &&
	in_list routes.git HEAD >actual &&
	echo "[PATCH] title (A)" >expect &&
	test_cmp expect actual &&
	in_messages routes.git HEAD >actual &&
	cat >expect <<-\EOF &&
	New:  title
	Exist: [PATCH] title
	 Skip: [PATCH] title
	EOF
	test_cmp expect actual
'

test_expect_success 'two different mails may have the same Message-ID' '
	new_mirror reused.git &&
	id=x patch reused.git "A <a@b>" "[PATCH] title" &&
	id=x patch reused.git "A <a@b>" "[PATCH] another" &&
	in_messages reused.git HEAD >actual &&
	printf "New:  another\nNew:  title\n" >expect &&
	test_cmp expect actual
'

test_expect_success '... and so may hundreds of them' '
	new_mirror flood.git &&
	arrival=1690000000 id=c patch flood.git "A <a@b>" "[PATCH 0/1] all" &&
	arrival=1690600000 patch flood.git "A <a@b>" "[PATCH 1/1] one" \
		"In-Reply-To: <c@example>" &&
	awk "BEGIN { for (i = 1; i <= 250; i++) {
		mail = \"From: A <a@b>\\nSubject: [PATCH] \" i \\
			\"\\nMessage-ID: <x@y>\\n\\nx\\n\"
		print \"commit refs/heads/master\"
		print \"committer A <a@b> \" 1700000000 + i \" +0000\"
		print \"data 0\"
		if (i == 1) print \"from refs/heads/master^0\"
		print \"M 100644 inline m\"
		print \"data \" length(mail) \"\\n\" mail
	} }" | git -C flood.git fast-import --quiet &&
	in_messages flood.git HEAD >actual &&
	test "$(grep -c "^New:" actual)" = 252 &&
	in_list flood.git HEAD >actual &&
	tail -n 2 actual >last &&
	printf "[PATCH] 1 (A)\n[PATCH 0/1] all (A)\n" >expect &&
	test_cmp expect last
'

test_expect_success 'numbers join patches that do not answer each other' '
	new_mirror loose.git &&
	patch loose.git "A <a@b>" "[PATCH v2 0/2] title" &&
	patch loose.git "A <a@b>" "[PATCH v2 1/2] first" &&
	patch loose.git "B <b@b>" "[PATCH v2 1/2] foreign" &&
	patch loose.git "A <a@b>" "[PATCH net 1/2] other tree" &&
	patch loose.git "A <a@b>" "[PATCH v2 2/2] second" &&
	in_list loose.git HEAD >actual &&
	cat >expect <<-\EOF &&
	[PATCH v2 0/2] title (A)
	[PATCH net 1/2] other tree (A)
	[PATCH v2 1/2] foreign (B)
	EOF
	test_cmp expect actual
'

test_expect_success '... but a number that comes again begins a new series' '
	new_mirror twice.git &&
	patch twice.git "A <a@b>" "[PATCH 1/2] a" &&
	patch twice.git "A <a@b>" "[PATCH 2/2] b" &&
	patch twice.git "A <a@b>" "[PATCH 1/2] c" &&
	patch twice.git "A <a@b>" "[PATCH 2/2] d" &&
	in_list twice.git HEAD >actual &&
	printf "[PATCH 1/2] c (A)\n[PATCH 1/2] a (A)\n" >expect &&
	test_cmp expect actual
'

test_expect_success '... and so does a patch that came days later' '
	new_mirror days.git &&
	arrival=1700000000 patch days.git "A <a@b>" "[PATCH 1/2] a" &&
	arrival=1700200000 patch days.git "A <a@b>" "[PATCH 2/2] b" &&
	in_list days.git HEAD >actual &&
	printf "[PATCH 2/2] b (A)\n[PATCH 1/2] a (A)\n" >expect &&
	test_cmp expect actual
'

test_expect_success 'one patch resent into a series joins it' '
	new_mirror into.git &&
	id=c patch into.git "A <a@b>" "[PATCH v5 0/2] title" &&
	id=1 patch into.git "A <a@b>" "[PATCH v5 1/2] first" \
		"In-Reply-To: <c@example>" &&
	id=2 patch into.git "A <a@b>" "[PATCH v5.1 1/2] first" \
		"In-Reply-To: <1@example>" &&
	in_list into.git HEAD >actual &&
	echo "[PATCH v5 0/2] title (A)" >expect &&
	test_cmp expect actual &&
	in_messages into.git HEAD >actual &&
	cat >expect <<-\EOF &&
	New:  title
	New:  first
	Exist: [PATCH v5.1 1/2] first
	 Skip: [PATCH v5 1/2] first
	EOF
	test_cmp expect actual
'

test_expect_success 'a patch whose number is above the total is in the series' '
	new_mirror past.git &&
	id=c patch past.git "A <a@b>" "[PATCH 0/1] title" &&
	patch past.git "A <a@b>" "[PATCH 2/1] more" \
		"In-Reply-To: <c@example>" &&
	in_list past.git HEAD >actual &&
	echo "[PATCH 0/1] title (A)" >expect &&
	test_cmp expect actual
'

test_expect_success 'a cover letter may have the wrong total' '
	new_mirror miscount.git &&
	id=c patch miscount.git "A <a@b>" "[PATCH v2 0/1] title" &&
	patch miscount.git "A <a@b>" "[PATCH v2 1/2] one" \
		"In-Reply-To: <c@example>" &&
	patch miscount.git "A <a@b>" "[PATCH v2 2/2] two" \
		"In-Reply-To: <c@example>" &&
	in_list miscount.git HEAD >actual &&
	echo "[PATCH v2 0/1] title (A)" >expect &&
	test_cmp expect actual
'

test_expect_success '... or be the only mail that says the version' '
	new_mirror unversioned.git &&
	id=c patch unversioned.git "A <a@b>" "[RFC PATCH v2 0/2] title" &&
	patch unversioned.git "A <a@b>" "[PATCH 1/2] one" \
		"In-Reply-To: <c@example>" &&
	patch unversioned.git "A <a@b>" "[PATCH 2/2] two" \
		"In-Reply-To: <c@example>" &&
	in_list unversioned.git HEAD >actual &&
	echo "[RFC PATCH v2 0/2] title (A)" >expect &&
	test_cmp expect actual
'

test_expect_success '... but does not lead a lone patch that answers it' '
	new_mirror lone.git &&
	id=c patch lone.git "A <a@b>" "[PATCH 0/2] title" &&
	patch lone.git "A <a@b>" "[PATCH] lone" "In-Reply-To: <c@example>" &&
	in_list lone.git HEAD >actual &&
	printf "[PATCH] lone (A)\n[PATCH 0/2] title (A)\n" >expect &&
	test_cmp expect actual
'

test_expect_success '... nor another patch if its own series is complete' '
	new_mirror further.git &&
	id=c patch further.git "A <a@b>" "[PATCH 0/1] title" &&
	patch further.git "A <a@b>" "[PATCH 1/1] one" \
		"In-Reply-To: <c@example>" &&
	patch further.git "A <a@b>" "[PATCH 1/2] more" \
		"In-Reply-To: <c@example>" &&
	in_list further.git HEAD >actual &&
	printf "[PATCH 1/2] more (A)\n[PATCH 0/1] title (A)\n" >expect &&
	test_cmp expect actual
'

test_expect_success 'mails that answer each other in a loop do no harm' '
	new_mirror loop.git &&
	id=1 patch loop.git "A <a@b>" "[PATCH 1/2] a" \
		"In-Reply-To: <2@example>" &&
	id=2 patch loop.git "A <a@b>" "[PATCH 2/2] b" \
		"In-Reply-To: <1@example>" &&
	id=3 patch loop.git "A <a@b>" "[PATCH 3/2] c" \
		"In-Reply-To: <3@example>" &&
	in_list loop.git HEAD >actual &&
	grep "^\[PATCH 1/2\] a (A)$" actual
'

test_expect_success 'a removed mail is not listed' '
	new_mirror removed.git &&
	patch removed.git "A <a@b>" "[PATCH] stays" &&
	patch removed.git "A <a@b>" "[PATCH] goes" &&
	git -C removed.git tag before &&
	remove_mail removed.git mail.tmp &&
	in_list removed.git HEAD >actual &&
	echo "[PATCH] stays (A)" >expect &&
	test_cmp expect actual
'

test_expect_success '... but it is, if the range ends before the removal' '
	in_list removed.git before >actual &&
	printf "[PATCH] goes (A)\n[PATCH] stays (A)\n" >expect &&
	test_cmp expect actual
'

test_expect_success '... or if the same mail came again after the removal' '
	add_mail removed.git mail.tmp &&
	in_list removed.git HEAD >actual &&
	printf "[PATCH] goes (A)\n[PATCH] stays (A)\n" >expect &&
	test_cmp expect actual
'

test_expect_success 'removals are also read as they were before 2018' '
	new_mirror early.git &&
	patch early.git "A <a@b>" "[PATCH] one" &&
	blob=$(git -C early.git rev-parse HEAD:m) &&
	echo "100644 blob $blob	D" >entry &&
	commit_tree early.git "" <entry &&
	patch early.git "A <a@b>" "[PATCH] two" &&
	blob=$(git -C early.git rev-parse HEAD:m) &&
	echo "100644 blob $blob	D" | git -C early.git mktree >sub &&
	echo "040000 tree $(cat sub)	_" >entry &&
	commit_tree early.git "" <entry &&
	in_list early.git HEAD >actual &&
	test_must_be_empty actual
'

test_expect_success 'a purged mail is not listed' '
	new_mirror purged.git &&
	: >empty &&
	add_mail purged.git empty "purged <x@example>" &&
	patch purged.git "A <a@b>" "[PATCH] stays" &&
	in_list purged.git HEAD >actual &&
	echo "[PATCH] stays (A)" >expect &&
	test_cmp expect actual
'

# counts <mirror>: print how many mails were read, removed and unreadable.
counts () {
	(cd "$1" && git digest --format=json HEAD 2>../err) |
	perl -ne "print qq(\$1 \$2 \$3\n) if
		/\"messages\":(\d+).*\"removed\":(\d+),\"unreadable\":(\d+)/"
}

test_expect_success '... and counts as removed, not as unreadable' '
	new_mirror emptied.git &&
	add_mail emptied.git empty "[PATCH] purged" &&
	patch emptied.git "A <a@b>" "[PATCH] stays" &&
	test "$(counts emptied.git)" = "1 1 0" &&
	test_must_be_empty err
'

# The message is "purged <id of the blob>", which is no Subject of a patch: so
# git digest does not read the blob, and counts a mail.
test_expect_success '... also with the commit message of public-inbox-purge' '
	new_mirror said.git &&
	add_mail said.git empty "purged $(git hash-object mail.tmp)" &&
	patch said.git "A <a@b>" "[PATCH] stays" &&
	test "$(counts said.git)" = "1 1 0"
'

test_expect_success 'commit messages may be folded, empty or not decoded' '
	new_mirror messages.git &&
	make_mail a "A <a@b>" "[PATCH] folded
 subject" </dev/null &&
	add_mail messages.git a "[PATCH] folded
 subject" &&
	make_mail b "A <a@b>" "[PATCH] empty" </dev/null &&
	add_mail messages.git b "" &&
	make_mail c "A <a@b>" "=?utf-8?q?=5BPATCH=5D_encoded?=" </dev/null &&
	add_mail messages.git c "=?utf-8?q?=5BPATCH=5D_encoded?=" &&
	in_list messages.git HEAD >actual &&
	cat >expect <<-\EOF &&
	[PATCH] encoded (A)
	[PATCH] empty (A)
	[PATCH] folded subject (A)
	EOF
	test_cmp expect actual
'

test_expect_success 'a flood of long series takes no longer than its mails' '
	new_mirror long.git &&
	perl -e "for (0..11999) {
		my (\$s, \$k) = (int(\$_ / 3000), \$_ % 3000);
		my \$subject = sprintf(q([PATCH v%d %d/3000] part %d), \$s + 1,
			\$k + 1, \$k);
		my \$mail = qq(From: A <a\@b>\nSubject: \$subject\n) .
			qq(References: <c\$s\@x>\nMessage-ID: <\$_\@x>\n\ntext\n);
		printf qq(commit refs/heads/master\ncommitter A <a\@b> %d +0000\n) .
			qq(data %d\n%s\nM 100644 inline m\ndata %d\n%s\n),
			1700000000 + \$_, length \$subject, \$subject,
			length \$mail, \$mail;
	}" | git -C long.git fast-import --quiet &&
	(cd long.git && timeout 60 git digest --sections=messages HEAD) >out &&
	grep -c "^New:" out >actual &&
	echo 1 >expect &&
	test_cmp expect actual
'

test_done
