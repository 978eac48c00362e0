#!/bin/sh

test_description='pager, color and progress meter, on a terminal and off it'

. "${0%/*}/lib-digest.sh"

ESC=$(printf '\033')

# terminal <command>: run the command on a terminal of its own, and print what
# that shows. The exit status is the command's.
terminal () {
	TERM=xterm script -q -e -c "$1" /dev/null </dev/null >typescript
	status=$?
	tr -d "\r" <typescript
	return $status
}

# on_terminal <command>: run the command in the mirror, on a terminal, and write
# what that shows to the file "out".
on_terminal () {
	terminal "cd m.git && $1" >out
}

command -v script >/dev/null && test_set_prereq TERMINAL

# write_pager <name>: make a pager that prints its name and its environment, and
# then what it pages.
write_pager () {
	cat >"$1" <<-EOF
	#!/bin/sh
	echo "$1 LESS=\$LESS LV=\$LV in_use=\$GIT_PAGER_IN_USE"
	cat
	EOF
	chmod +x "$1"
}

has_color () {
	grep "$ESC" "$1" >/dev/null
}

test_expect_success 'set up' '
	new_mirror m.git &&
	id=c patch m.git "A <a@b>" "[PATCH v2 0/1] title" &&
	patch m.git "A <a@b>" "[PATCH v2 1/1] first" \
		"In-Reply-To: <c@example>" &&
	patch m.git "A <a@b>" "[PATCH] title" &&
	(cd m.git && git digest HEAD) >plain &&
	for p in pager other env
	do
		write_pager $p-pager || return 1
	done &&
	PATH=$PWD:$PATH &&
	export PATH
'

test_expect_success 'output to a pipe has no pager and no color' '
	(cd m.git && GIT_PAGER=pager-pager git digest HEAD) | cat >actual &&
	test_cmp plain actual &&
	! has_color plain
'

test_expect_success TERMINAL 'output to a terminal has a pager and color' '
	on_terminal "GIT_PAGER=pager-pager git digest HEAD" &&
	head -n 1 out >actual &&
	echo "pager-pager LESS=FRX LV=-c in_use=" >expect &&
	test_cmp expect actual &&
	has_color out &&
	sed -e 1d -e "s/$ESC\[[0-9;]*m//g" out >actual &&
	test_cmp plain actual
'

test_expect_success TERMINAL 'the pager is told the width of the terminal' '
	pager="echo columns=\\\$COLUMNS; cat" &&
	on_terminal "stty cols 77 && GIT_PAGER=\"$pager\" git digest HEAD" &&
	grep "^columns=77$" out
'

test_expect_success TERMINAL 'the pager is GIT_PAGER, core.pager or PAGER' '
	on_terminal "PAGER=env-pager git digest HEAD" &&
	head -n 1 out | grep ^env-pager &&
	core="git -c core.pager=other-pager" &&
	on_terminal "PAGER=env-pager $core digest HEAD" &&
	head -n 1 out | grep ^other-pager &&
	on_terminal "GIT_PAGER=pager-pager PAGER=env-pager $core digest HEAD" &&
	head -n 1 out | grep ^pager-pager &&
	on_terminal "GIT_PAGER=\"pager-pager | sed s/^/x/\" git digest HEAD" &&
	head -n 1 out | grep ^xpager-pager
'

test_expect_success TERMINAL 'no pager starts if git would not start one' '
	for with in "GIT_PAGER=cat git" "GIT_PAGER= git" \
		"GIT_PAGER= PAGER=env-pager git" \
		"PAGER=env-pager git --no-pager" \
		"PAGER=env-pager git -c pager.digest=false" \
		"GIT_PAGER_IN_USE=1 PAGER=env-pager git"
	do
		on_terminal "$with digest HEAD" &&
		! grep env-pager out &&
		sed "s/$ESC\[[0-9;]*m//g" out >actual &&
		test_cmp plain actual || return 1
	done
'

test_expect_success TERMINAL 'git -p starts one pager, not two' '
	on_terminal "PAGER=env-pager git -p digest HEAD" &&
	test "$(grep -c env-pager out)" = 1 &&
	has_color out &&
	on_terminal "git -c pager.digest=other-pager digest HEAD" &&
	test "$(grep -c other-pager out)" = 1
'

q="'"
test_expect_success TERMINAL 'a git that is started from the pager may page' '
	on_terminal "GIT_PAGER=pager-pager git digest HEAD" &&
	head -n 1 out | grep "^pager-pager.* in_use=.\{0,1\}$" &&
	on_terminal "GIT_PAGER_IN_USE=0 GIT_PAGER=pager-pager git digest HEAD" &&
	head -n 1 out | grep "^pager-pager.* in_use=.\{0,1\}$"
'

test_expect_success TERMINAL 'a pager that does not start is a warning' '
	on_terminal "GIT_PAGER=no-such-pager git digest --color=never HEAD" &&
	grep "^warning: cannot run the pager .no-such-pager." out &&
	sed 1d out >actual &&
	test_cmp plain actual &&
	on_terminal "GIT_PAGER=no-such-pager git digest -q --no-color HEAD" &&
	test_cmp plain out &&
	on_terminal "GIT_PAGER=$(printf "no\033-pager") git digest HEAD" &&
	grep -F "warning: cannot run the pager ${q}no^[-pager$q" out
'

test_expect_success TERMINAL 'options, settings and environment switch color' '
	shown () {
		on_terminal "GIT_PAGER=cat $1" && grep "title" out >/dev/null
	} &&
	colored () { shown "$1" && has_color out; } &&
	plain () { shown "$1" && ! has_color out; } &&
	colored "git digest HEAD" &&
	plain "NO_COLOR=1 git digest HEAD" &&
	colored "NO_COLOR= git digest HEAD" &&
	plain "TERM=dumb git digest HEAD" &&
	plain "git -c color.ui=false digest HEAD" &&
	plain "git -c color.digest=never digest HEAD" &&
	colored "git -c color.ui=never -c color.digest=auto digest HEAD" &&
	plain "git digest --no-color HEAD" &&
	plain "git digest --color=never HEAD" &&
	colored "NO_COLOR=1 git digest --color HEAD" &&
	off="git -c color.pager=false" &&
	plain "GIT_PAGER=pager-pager $off -p digest HEAD" &&
	plain "PAGER=pager-pager; export PAGER; unset GIT_PAGER;
		$off digest HEAD" &&
	plain "git digest HEAD | cat"
'

test_expect_success 'color works without a terminal if it is asked for' '
	(cd m.git && git digest --color=always HEAD) >out &&
	has_color out &&
	(cd m.git && git -c color.ui=always digest HEAD) >actual &&
	test_cmp out actual &&
	(cd m.git && git digest --color HEAD) >actual &&
	test_cmp out actual &&
	(cd m.git && git digest --color=auto HEAD) >actual &&
	test_cmp plain actual
'

test_expect_success 'each part of the digest has its color' '
	(cd m.git && git digest --color HEAD) |
	perl -pe "s/\e\[([0-9;]*)m/<\$1>/g; s/\b[0-9a-f]{7}\b/COMMIT/g" >out &&
	sed -n -e 1,6p -e "/Patch list/,/title/p" \
		-e "/^<1;32m>New/,/^-----/p" out >actual &&
	cat >expect <<-\EOF &&
	From the beginning to <33>COMMIT<>
	things mailing list update from the beginning to <33>COMMIT<>

	<1>Top 15 contributor Email domains (Based on Email Body)<>

	<36>      3<> b
	<1>===== Patch list in this time period =====<>

	<33>COMMIT<> [PATCH] title (A)
	EOF
	test_cmp expect actual &&
	sed -n "/New:/,/^-----/p" out >actual &&
	sed -n "1,10p" actual >first &&
	cat >expect <<-\EOF &&
	<1;32>New:<>  title
	<33>[PATCH v2 0/1] title<>
	Author: A <a@b>

	Text of [PATCH v2 0/1] title.
	---
	 file.c | 3 <32>++<><31>-<>
	 1 file changed, 2 insertions(+), 1 deletion(-)

	----------------------------------------------------------------------
	EOF
	test_cmp expect first &&
	grep "^<36>Exist:<> \[PATCH v2 0/1\] title$" out &&
	grep "^<31> Skip:<> \[PATCH\] title$" out
'

test_expect_success 'color.digest.<slot> sets the color of a part' '
	(cd m.git && git -c color.digest.new="bold blue" \
		-c color.digest.commit=normal -c color.digest.author="#102030" \
		digest --color HEAD) |
	perl -pe "s/\e\[([0-9;]*)m/<\$1>/g; s/\b[0-9a-f]{7}\b/COMMIT/g" >out &&
	grep "^From the beginning to COMMIT$" out &&
	grep "^<1;34>New:<>  title" out &&
	grep "^<38;2;16;32;48>Author: A <a@b><>$" out
'

test_expect_success 'a bad color is fatal, but only where color is used' '
	(cd m.git && test_expect_code 128 git -c color.digest.new=mauvish \
		digest --color HEAD >../out 2>../err) &&
	test_must_be_empty out &&
	grep "^fatal: bad color .mauvish. for .color.digest.new." err &&
	(cd m.git && git -c color.digest.new=mauvish digest HEAD) >actual &&
	test_cmp plain actual
'

test_expect_success 'a progress meter is shown with --progress' '
	(cd m.git && GIT_PROGRESS_DELAY=0 git digest --progress HEAD \
		2>../err) >actual &&
	test_cmp plain actual &&
	tr "\r" "\n" <err | tail -n 1 >last &&
	echo "Reading mails: 3, done." >expect &&
	test_cmp expect last &&
	(cd m.git && GIT_PROGRESS_DELAY=0 git digest HEAD 2>../err) >actual &&
	test_must_be_empty err &&
	(cd m.git && git digest --progress HEAD 2>../err) >actual &&
	test_must_be_empty err
'

test_expect_success '... which counts every mail, also if none is a patch' '
	new_mirror replies.git &&
	for i in 1 2 3
	do
		patch replies.git "A <a@b>" "Re: [PATCH] $i" || return 1
	done &&
	(cd replies.git && GIT_PROGRESS_DELAY=0 git digest --progress HEAD \
		2>../err) >out &&
	tr "\r" "\n" <err | tail -n 1 >actual &&
	echo "Reading mails: 3, done." >expect &&
	test_cmp expect actual
'

test_expect_success '... and which is there while git still walks' '
	git init -q -b main proj && git -C proj commit -q --allow-empty -m 1 &&
	mkdir fake && real=$(command -v git) &&
	{
		echo "#!/bin/sh" &&
		echo "case \" \$* \" in *\" rev-list \"*) sleep 1.5 ;; esac" &&
		echo "exec $real \"\$@\""
	} >fake/git && chmod +x fake/git && digest=$(command -v git-digest) &&
	(
		cd proj && PATH=$SHARNESS_TRASH_DIRECTORY/fake:$PATH &&
		GIT_PROGRESS_DELAY=0 "$digest" --progress HEAD 2>../err >../out
	) &&
	tr "\r" "\n" <err | head -n 2 >actual &&
	printf "Reading commits: 0\n%.0s" 1 2 >expect &&
	test_cmp expect actual
'

test_expect_success TERMINAL '... on a terminal, but not through the pager' '
	(
		GIT_PROGRESS_DELAY=0 && export GIT_PROGRESS_DELAY &&
		on_terminal "GIT_PAGER=pager-pager git digest HEAD" &&
		sed -n "/^pager-pager/,\$p" out >paged &&
		grep "^pager-pager" paged &&
		! grep "Reading mails" paged &&
		grep "Reading mails: 3, done" out &&
		on_terminal "GIT_PAGER=cat git digest -q HEAD" &&
		! grep "Reading mails" out &&
		on_terminal "GIT_PAGER=cat git digest --no-progress HEAD" &&
		! grep "Reading mails" out
	)
'

test_expect_success TERMINAL 'a pager that is left early ends the digest' '
	on_terminal "GIT_PAGER=\"head -n 1\" git digest --color=never HEAD"
	head -n 1 plain >expect &&
	test_cmp expect out
'

test_expect_success 'a delay of the meter that is no number does no harm' '
	(
		GIT_PROGRESS_DELAY=99999999999999999999 &&
		export GIT_PROGRESS_DELAY &&
		cd m.git && git digest --progress HEAD 2>../err
	) >out &&
	test_must_be_empty err
'

test_expect_success 'an error is one line without control characters' '
	(cd m.git && test_expect_code 128 git digest \
		"$(printf "no\\033[31m\nsuch")" 2>../err) &&
	test "$(wc -l <err)" = 1 && ! grep "$(printf "\\033")" err &&
	(cd m.git && test_expect_code 128 git digest \
		--config="$(printf "\\033]0;x\\007")" 2>../err) &&
	! grep "$(printf "\\033")" err && grep "^fatal: .*\^\[\]0;x\^G" err &&
	(cd m.git && test_expect_code 129 git digest \
		"--x$(printf "\\033[31m")" 2>../err) &&
	! grep "$(printf "\\033")" err && grep "^error: .*--x.\[\[31m" err
'

test_expect_success 'on a terminal, a hint tells of one name with two addresses' '
	new_mirror two.git &&
	patch two.git "Ann Bee <ann@home>" "[PATCH] one" &&
	patch two.git "Ann Bee <ann@work>" "[PATCH] two" &&
	patch two.git "Bo <bo@a>" "[PATCH] three" &&
	patch two.git "Bo <bo@b>" "[PATCH] four" &&
	terminal "cd two.git && git --no-pager digest HEAD" >out &&
	grep "^hint: Ann Bee has two addresses" out &&
	test "$(grep -c "^hint:" out)" = 1 &&
	terminal "cd two.git && git --no-pager digest -q HEAD" >out &&
	! grep "^hint:" out &&
	(cd two.git && git digest HEAD >out 2>err) &&
	test_must_be_empty two.git/err
'

test_done
