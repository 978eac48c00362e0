#!/bin/sh

test_description='the scripts in Documentation/examples, as they are installed'

. "${0%/*}/lib-digest.sh"

examples=$installed_data/doc/git-digest/examples
lists=$XDG_CONFIG_HOME/git-digest

# morning [<option>...]: send the mail of a morning to the file mails.
morning () {
	(cd nowhere && SENDMAIL=$PWD/../sendmail "$examples/morning-mail" \
		me@example.com --sections=patches "$@" 2>../err)
}

test_expect_success 'set up a server with two epochs' '
	mkdir -p server/list nowhere "$lists" &&
	for epoch in 0 1
	do
		new_mirror server/list/$epoch &&
		id=e$epoch patch server/list/$epoch "A <a@b>" \
			"[PATCH] of epoch $epoch" || return 1
	done &&
	cat >sendmail <<-\EOF &&
	#!/bin/sh
	test "$*" = "-oi -t" && test ! -e "${0%/*}/broken" && cat >>"${0%/*}/mails"
	EOF
	chmod +x sendmail
'

test_expect_success 'fetch-inbox clones all epochs, and then fetches' '
	"$examples/fetch-inbox" "file://$PWD/server/list/" box >out 2>err &&
	test_must_be_empty out && test_must_be_empty err &&
	ls -A box/git >actual && printf "%s\n" 0.git 1.git >expect &&
	test_cmp expect actual &&
	(cd box && git digest --sections=patches HEAD) >out &&
	grep "of epoch 0" out && grep "of epoch 1" out &&
	id=n patch server/list/1 "A <a@b>" "[PATCH] new" &&
	new_mirror server/list/2 &&
	"$examples/fetch-inbox" "file://$PWD/server/list" box &&
	! test -e box/git/2.git &&
	id=m patch server/list/2 "A <a@b>" "[PATCH] newer" &&
	"$examples/fetch-inbox" "file://$PWD/server/list" box >out 2>err &&
	test_must_be_empty out && test_must_be_empty err &&
	(cd box && git digest --sections=patches HEAD~2..) >out &&
	grep "PATCH. new " out && grep "PATCH. newer " out
'

test_expect_success '... and fails where there is no list, or no server' '
	! "$examples/fetch-inbox" "file://$PWD/server/nope" nope 2>err &&
	grep "nope" err && ls -A nope/git >out && test_must_be_empty out &&
	mv server gone &&
	! "$examples/fetch-inbox" "file://$PWD/server/list" box 2>err &&
	grep "server/list" err && mv gone server &&
	! "$examples/fetch-inbox" 2>err && grep "^usage: fetch-inbox" err
'

test_expect_success 'morning-mail mails what is new, once' '
	echo "list: {name: box, mirror: $PWD/box}" >"$lists/box.yaml" &&
	(cd box && git digest --mark HEAD) >out &&
	echo "0 $(git -C box/git/0.git rev-parse HEAD) 1700000060" \
		>box/digest/last &&
	morning && grep "^To: me@example.com\$" mails &&
	grep "^Subject: Mailing lists, 20..-..-..\$" mails &&
	grep "PATCH. newer " mails && ! grep "of epoch 0" mails &&
	grep "charset=utf-8" mails && rm mails &&
	morning && ! test -e mails && grep "no mail since the mark" err &&
	ls -A home/.cache/git-digest >out && test_must_be_empty out
'

test_expect_success '... what cannot be mailed goes out with the next one' '
	id=o patch box/git/2.git "A <a@b>" "[PATCH] lost?" && >broken &&
	! morning && ! test -e mails && rm broken &&
	morning && grep "PATCH. lost" mails && rm mails &&
	ls -A home/.cache/git-digest >out && test_must_be_empty out &&
	! "$examples/morning-mail" 2>err && grep "^usage: morning-mail" err
'

test_expect_success '... and without git digest it fails' '
	mkdir without && for tool in sh git date mkdir cat cut basename rm printf
	do
		ln -s "$(command -v $tool)" without/$tool || return 1
	done &&
	! (PATH=$PWD/without GIT_EXEC_PATH=$PWD/without morning) &&
	grep "digest" err
'

test_expect_success '... and an error is none of silence' '
	echo "list: {nam: box}" >"$lists/box.yaml" &&
	! morning && grep "^fatal: .*unknown key" err && ! test -e mails &&
	ls -A home/.cache/git-digest >out && test_must_be_empty out
'

test_expect_success 'every-morning calls both, where they lie' '
	mkdir bin && cp "$examples"/* bin &&
	sed -i "s,https://lore.kernel.org/[a-z]*,\"file://$PWD/server/list\"," \
		bin/every-morning &&
	printf "list: {id: things.example.com, mirror: ~/lore/kvm}\n" \
		>"$lists/box.yaml" &&
	id=now arrival=$(date +%s) &&
	patch server/list/2 "A <a@b>" "[PATCH] today" &&
	SENDMAIL=$PWD/sendmail bin/every-morning me@example.com >out 2>err &&
	test_must_be_empty out && grep "PATCH. today" mails &&
	test -e "$HOME/lore/kvmarm/git/2.git"
'

command -v systemd-analyze >/dev/null && test_set_prereq SYSTEMD

test_expect_success 'the other files name what there is' '
	grep "^[0-9 *]* \"\$HOME/bin/every-morning\" you@example.com\$" \
		"$examples/crontab" &&
	grep "^ExecStart=%h/bin/every-morning you@example.com\$" \
		"$examples/git-digest.service" &&
	for file in "$examples"/*
	do
		grep -F "${file##*/}" "$project/Documentation/git-digest.adoc" \
			>/dev/null || return 1
	done
'

test_expect_success SYSTEMD '... as systemd sees it' '
	mkdir -p "$HOME/bin" && cp bin/every-morning "$HOME/bin" &&
	sed -i "s,%h,$HOME," bin/git-digest.service &&
	systemd-analyze verify "$PWD/bin/git-digest.timer" >out 2>&1 ||
	{ ! grep -i "git-digest" out; }
'

test_done
