#!/bin/sh

test_description='--mark, --since-last and --exit-code: only what is new'

. "${0%/*}/lib-digest.sh"

# titles [<option>...]: print the titles of the digest of m.git since the mark.
titles () {
	(cd "${in-m.git}" && git digest --sections=patches --since-last "$@") >out &&
	sed -n "s/^[0-9a-f]\{7\} \[PATCH\] \(.*\) (.*/\1/p" out | tr "\n" " "
}

# mark_is <commit>: is this commit in the mark of m.git?
mark_is () {
	time=$(git -C m.git log -1 --format=%ct "$1") &&
	echo "0 $(git -C m.git rev-parse "$1") $time" >expect &&
	test_cmp expect "m.git/digest/${2-last}"
}

test_expect_success 'without a mark it is the last seven days, and says so' '
	new_mirror m.git &&
	arrival=$(date +%s) &&
	for i in 1 2 3
	do
		arrival=$((arrival + 1)) &&
		id=$i patch m.git "A <a@b>" "[PATCH] $i" || return 1
	done &&
	(cd m.git && git digest --since-last --sections=patches 2>../err) >out &&
	grep "^warning: there is no mark .last. yet; this is the digest of" err &&
	grep "\[PATCH\] 1 (A)" out &&
	! test -e m.git/digest
'

test_expect_success '--mark remembers the tip, and --since-last goes on there' '
	(cd m.git && git digest --mark HEAD) >out && mark_is HEAD &&
	test "$(titles 2>/dev/null)" = "" &&
	id=4 patch m.git "A <a@b>" "[PATCH] 4" &&
	id=5 patch m.git "A <a@b>" "[PATCH] 5" &&
	test "$(titles)" = "5 4 " && mark_is HEAD~2 &&
	test "$(titles --mark)" = "5 4 " && mark_is HEAD &&
	test "$(titles --mark 2>err)" = "" &&
	grep "^warning: no mail since the mark .last.; the newest is of" err &&
	ls -A m.git/digest >actual &&
	printf "%s\n" last last.lock >expect && test_cmp expect actual
'

test_expect_success 'there may be several marks' '
	(cd m.git && git digest --mark=boss.1 --since-last=boss.1 -q) >out &&
	mark_is HEAD boss.1 &&
	id=6 patch m.git "A <a@b>" "[PATCH] 6" &&
	(cd m.git && git digest --since-last=boss.1 --mark) >out &&
	grep "PATCH. 6" out && mark_is HEAD && mark_is HEAD~1 boss.1 &&
	for name in "" a/b .. .a "a b" a.lock a.new ../x
	do
		(cd m.git && test_expect_code 129 git digest "--mark=$name" \
			2>../err) &&
		grep "is no name for a mark" err &&
		(cd m.git && test_expect_code 129 git digest \
			"--since-last=$name" 2>../err) || return 1
	done
'

test_expect_success '--exit-code tells whether there is anything new' '
	(cd m.git && test_expect_code 1 git digest --since-last --exit-code \
		>../out 2>../err) &&
	test_must_be_empty out && test "$(wc -l <err)" = 1 &&
	grep "no mail since the mark" err &&
	(cd m.git && git digest --since-last=boss.1 --exit-code) >out &&
	(cd m.git && test_expect_code 1 git digest --exit-code -q HEAD..) &&
	git init -q -b main code && git -C code commit -q --allow-empty -m x &&
	test_expect_code 1 git -C code digest --exit-code main..main 2>err &&
	grep "^warning: no commits in the range" err &&
	git -C code digest --exit-code main
'

# refused <message> <option>...: is the mark refused, and stays?
refused () {
	message=$1 && shift && cp m.git/digest/last before &&
	(cd m.git && test_expect_code 128 git digest "$@" >../out 2>../err) &&
	test_must_be_empty out && test_cmp before m.git/digest/last &&
	{ grep "^fatal: $message" err || { cat err; false; }; }
}

test_expect_success 'a mark is refused unless all up to the tip is shown' '
	id=7 patch m.git "A <a@b>" "[PATCH] 7" &&
	refused "cannot set a mark: with .-n. some mails" --mark -n 3 &&
	refused "cannot set a mark: with .--until. the newest" --mark \
		--until=now &&
	for limit in --author=A --grep=x --to=a@b --involves=a@b \
		--state=applied
	do
		refused "cannot set a mark: with options that limit" --mark \
			$limit || return 1
	done &&
	refused "cannot set a mark: with options that limit" --mark HEAD -- f &&
	refused "cannot set a mark: the range does not end" --mark HEAD~1 &&
	refused "cannot set a mark: the range does not end" --mark HEAD~2..HEAD~1 &&
	refused "--since-last is a range by itself" --since-last HEAD~1.. &&
	refused "--since-last is a range by itself" --since-last --since=1.day &&
	(cd m.git && git digest --mark HEAD~1..) >out && mark_is HEAD &&
	test_expect_code 128 git -C code digest --mark main 2>err &&
	grep "^fatal: marks are for the mirrors of mailing lists" err &&
	! test -e code/.git/digest
'

test_expect_success 'it stays if the output cannot be written' '
	id=8 patch m.git "A <a@b>" "[PATCH] 8" &&
	(cd m.git && test_expect_code 128 git digest --since-last --mark \
		>/dev/full 2>../err) &&
	grep "^fatal: write failure on standard output" err && mark_is HEAD~1 &&
	(cd m.git && test_expect_code 128 git digest --since-last --mark \
		-o no/such 2>../err) && mark_is HEAD~1 &&
	! test -e m.git/digest/last.new
'

test_expect_success '... if the reader leaves' '
	(
		cd m.git &&
		{ sleep 0.3; git digest --mark HEAD; } | true
	) &&
	mark_is HEAD~1 && ! test -e m.git/digest/last.new
'

command -v script >/dev/null && test_set_prereq TTY

# in_pager <pager>: let this read the digest since the mark, on a terminal.
in_pager () {
	(cd m.git && TERM=xterm GIT_PAGER="$1" script -q -e -c \
		"git digest --since-last --mark" /dev/null </dev/null >../out)
}

test_expect_success TTY '... or if the pager fails, or is killed' '
	! in_pager "cat >/dev/null; exit 3" && mark_is HEAD~1 &&
	! in_pager "cat >/dev/null; kill -9 \$\$" && mark_is HEAD~1 &&
	in_pager "cat; cat" && grep "PATCH. 8" out && mark_is HEAD &&
	! test -e m.git/digest/last.new
'

test_expect_success 'a folder that cannot be written is an error beforehand' '
	id=9 patch m.git "A <a@b>" "[PATCH] 9" &&
	mv m.git/digest digest && >m.git/digest &&
	(cd m.git && test_expect_code 128 git digest --mark HEAD >../out \
		2>../err) &&
	test_must_be_empty out &&
	grep "^fatal: --mark: cannot create .*/digest/last.lock.: Not a dir" err &&
	rm m.git/digest && mv digest m.git/digest && mark_is HEAD~1
'

test_expect_success 'a lock that somebody holds is an error' '
	(
		exec 8>m.git/digest/last.lock && perl -e "
			use Fcntl qw(:flock);
			open my \$lock, q(>&=), 8; flock \$lock, LOCK_EX;
			chdir q(m.git); exit system(qw(git digest --mark HEAD)) >> 8" \
			>out 2>err
		test $? = 128
	) &&
	test_must_be_empty out &&
	grep "^fatal: --mark: another git digest is about to move the mark" err
'

test_expect_success 'where the mirror was rewritten, it goes on from the time' '
	arrival=$((arrival + 5)) &&
	id=10 patch m.git "A <a@b>" "[PATCH] 10" &&
	(cd m.git && git digest --mark HEAD) >out &&
	time=$(git -C m.git log -1 --format=%ct) &&
	git -C m.git update-ref HEAD HEAD~2 &&
	arrival=$time && id=9 patch m.git "A <a@b>" "[PATCH] nine again" &&
	arrival=$((time + 1)) && id=11 patch m.git "A <a@b>" "[PATCH] 11" &&
	titles --mark >actual 2>err &&
	printf "11 nine again " >expect && test_cmp expect actual &&
	grep "^warning: the commit of the mark .last. is gone, as this mirror" \
		err &&
	mark_is HEAD && test "$(titles 2>/dev/null)" = ""
'

test_expect_success 'what is no mark is an error' '
	for text in "" x "0 abc 1" "0 $(git -C m.git rev-parse HEAD)" \
		"0 $(git -C m.git rev-parse HEAD) 1 2"
	do
		echo "$text" >m.git/digest/bad &&
		(cd m.git && test_expect_code 128 git digest --since-last=bad \
			>../out 2>../err) &&
		test_must_be_empty out && test "$(wc -l <err)" = 1 &&
		grep "^fatal: .*/digest/bad. is no mark of git digest" err ||
			return 1
	done
'

test_expect_success 'the mark of an inbox has all its epochs' '
	mkdir -p box/git && unset arrival &&
	for epoch in 0 1
	do
		new_mirror box/git/$epoch.git &&
		id=e$epoch patch box/git/$epoch.git "A <a@b>" \
			"[PATCH] of $epoch" || return 1
	done &&
	(cd box/git/0.git && git digest --mark HEAD) >out &&
	for epoch in 1 0
	do
		git -C box/git/$epoch.git log -1 --format="$epoch %H %ct" ||
			return 1
	done >expect &&
	test_cmp expect box/digest/last &&
	! test -e box/git/1.git/digest &&
	id=n patch box/git/1.git "A <a@b>" "[PATCH] new" &&
	new_mirror box/git/2.git &&
	id=m patch box/git/2.git "A <a@b>" "[PATCH] newer" &&
	in=box && test "$(titles --mark)" = "newer new " &&
	grep "^2 $(git -C box/git/2.git rev-parse HEAD) " box/digest/last &&
	test "$(titles 2>err)" = "" && unset in
'

test_expect_success 'that of an inbox of one epoch lies there, too' '
	mkdir -p one/git && new_mirror one/git/0.git &&
	id=o patch one/git/0.git "A <a@b>" "[PATCH] one" &&
	(cd one/git/0.git && git digest --mark HEAD) >out &&
	grep "^0 $(git -C one/git/0.git rev-parse HEAD) " one/digest/last &&
	new_mirror one/git/1.git &&
	id=p patch one/git/1.git "A <a@b>" "[PATCH] two" &&
	in=one && test "$(titles)" = "two " && unset in
'

test_done
