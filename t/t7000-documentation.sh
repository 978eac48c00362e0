#!/bin/sh

test_description='help, man pages, README, completion and what is installed'

. "${0%/*}/lib-digest.sh"

# sorted: print the options in the text on standard input, one a line, sorted.
sorted () {
	grep -o -e '--*[a-z][a-z-]*' | sort -u
}

test_expect_success '-h lists more than twenty options' '
	test_expect_code 129 git digest -h >usage &&
	sed -n "s/^    \(-.*\)  .*/\1/p" usage |
	sed "s/--\[no-\]\([a-z]*\)/--\1 --no-\1/" |
	sorted >options &&
	# git log has these two spellings, too; -h does not show them.
	printf "%s\n" --after --before >>options &&
	sort -u -o options options &&
	test "$(wc -l <options)" -gt 20
'

test_expect_success '... and the program takes just these' '
	while read option
	do
		git digest "$option" 1 >out 2>err </dev/null
		! grep "unknown or\|unknown switch" err || return 1
	done <options &&
	strings=$(sed -n -e "s/^	{ \"\([a-z-]*\)\", .*/--\1/p" \
		-e "s/.*\"\(no-[a-z][a-z]*\)\".*/--\1/p" \
		"$project/lib/settings/options.c" | sort -u) &&
	grep -e "^--" options >expect &&
	echo "$strings" >actual &&
	test_cmp expect actual
'

test_expect_success '... the man page has just these' '
	sed -n "/^== OPTIONS/,/^== OUTPUT/s/^\(-.*\)::\$/\1/p" \
		"$project/Documentation/git-digest.adoc" |
	sed "s/^-<n>//" | sorted >actual &&
	test_cmp options actual
'

test_expect_success '... the README has just these' '
	sed -n "/^Options: /,/^\$/p" "$project/README.md" |
	grep -o "\`-[a-z-]*\`" | tr -d "\`" | sort -u >actual &&
	test_cmp options actual
'

test_expect_success '... and the completion has just these' '
	completion=$installed_data/bash-completion/completions/git-digest &&
	grep -e "^--" options >expect &&
	sed -n "/^__git_digest_options=/,/^\"/p" "$completion" |
	sorted >actual &&
	test_cmp expect actual
'

test_expect_success 'the completion completes options and their values' '
	cat >complete.bash <<-\EOF &&
	__gitcomp () { local w; for w in $1; do
		case $w in "${3-$cur}"*) COMPREPLY+=("$2$w") ;; esac; done; }
	__git_complete_revlist () { COMPREPLY=(revisions); }
	. "$1"
	for cur in --pro --color=a --patches= --sections=domains,p \
		--list=qemu HE
	do
		COMPREPLY=()
		_git_digest
		echo "$cur: ${COMPREPLY[*]}"
	done
	EOF
	unset GIT_DIGEST_LISTS &&
	bash complete.bash "$completion" >actual &&
	cat >expect <<-\EOF &&
	--pro: --progress
	--color=a: always auto
	--patches=: first all none
	--sections=domains,p: domains,patches
	--list=qemu: qemu-devel
	HE: revisions
	EOF
	test_cmp expect actual
'

test_expect_success 'the color slots and variables are in the man page' '
	for slot in $(sed -n "s/.*\[COLOR_[A-Z]*\] = { \"\([a-z]*\)\".*/\1/p" \
		"$project/lib/screen/color.c") \
		digest.config digest.list digest.top digest.format \
		digest.sections digest.patches digest.links digest.reverse
	do
		grep "$slot" "$project/Documentation/git-digest.adoc" \
			>/dev/null || { echo "$slot is missing"; return 1; }
	done
'

test_expect_success 'the keys of the YAML file are in its man page' '
	keys=$(sed -n "s/^	{ \"\([a-z]*\)\", .*/\1/p" \
		"$project/lib/settings/config.c") &&
	test "$(echo "$keys" | wc -l)" -gt 20 &&
	for key in $keys
	do
		page=$project/Documentation/git-digest-config.adoc &&
		grep "\b$key\b" "$page" >/dev/null ||
			 { echo "$key is missing"; return 1; }
	done
'

test_expect_success 'the keys of the JSON are in its man page' '
	call="\(add_[a-z]*\|put_[a-z]*\)([a-z]*" &&
	keys=$(sed -n "s/.*$call, \"\([a-z_]*\)\".*/\2/p" \
		"$project/lib/render/json.c" | sort -u) &&
	test "$(echo "$keys" | wc -l)" -gt 30 &&
	for key in $keys schema kind prefixes patches diffstat
	do
		grep "\b$key\b" "$project/Documentation/git-digest-json.adoc" \
			>/dev/null || { echo "$key is missing"; return 1; }
	done
'

test_expect_success 'the example in the YAML man page is a valid file' '
	new_mirror m.git &&
	patch m.git "A <a@b>" "[PATCH] x" &&
	sed -n "/^----\$/,/^----\$/{/^----/d;p;}" \
		"$project/Documentation/git-digest-config.adoc" |
	sed "s,~/lore/kvm.mailmap,/dev/null," >example.yaml &&
	(cd m.git && git digest --config=../example.yaml HEAD) >out &&
	grep "^KVM mailing list" out
'

test_expect_success 'each installed list is found by its List-Id' '
	GIT_DIGEST_LISTS=$installed_data/git-digest/lists &&
	export GIT_DIGEST_LISTS &&
	test "$(ls "$GIT_DIGEST_LISTS" | wc -l)" -ge 20 &&
	for file in "$GIT_DIGEST_LISTS"/*.yaml
	do
		name=$(sed -n "s/^  name: //p" "$file") &&
		id=$(sed -n "s/^  id: //p" "$file") &&
		printf "From: A <a@b>\nSubject: [PATCH] x\n" >mail &&
		printf "List-Id: <$id>\n\n" >>mail &&
		add_mail m.git mail &&
		(cd m.git && git digest --links -n 1) >out &&
		grep "^$name mailing list update" out >/dev/null || return 1
	done &&
	sort "$GIT_DIGEST_LISTS"/*.yaml | grep "^  id:" | uniq -d >twice &&
	test_must_be_empty twice
'

test_expect_success 'lists are looked for where they are installed' '
	(
		unset GIT_DIGEST_LISTS &&
		test_expect_code 128 git digest --list=nope 2>err
	) &&
	grep "or $GIT_DIGEST_DATADIR/git-digest/lists is about the list" err
'

test_expect_success 'the manual pages are installed' '
	test -s "$installed_data/man/man1/git-digest.1" &&
	test -s "$installed_data/man/man5/git-digest-config.5" &&
	test -s "$installed_data/man/man5/git-digest-json.5"
'

test_done
