#!/bin/sh

test_description='help, man pages, README, completion and what is installed'

. "${0%/*}/lib-digest.sh"

# sorted: print the options in the text on standard input, one a line, sorted.
sorted () {
	grep -o -e '--*[a-zA-Z][a-z-]*' | sort -u
}

test_expect_success '--git-completion-helper lists the long options' '
	git digest --git-completion-helper >helper &&
	test "$(wc -l <helper)" = 1 &&
	tr " " "\n" <helper | grep -v "^--\$" | sed "s/=\$//" | sort -u >long &&
	test "$(wc -l <long)" -gt 20 &&
	tr " " "\n" <helper | sort | uniq -d >twice &&
	test_must_be_empty twice
'

test_expect_success '... the program takes all of these' '
	while read option
	do
		git digest "$option" 1 >out 2>err </dev/null
		! grep "^error: unknown\|^error: ambiguous" err || return 1
	done <long
'

test_expect_success '... and those that need a value are those with a "="' '
	for option in $(tr " " "\n" <helper | grep "^--[a-z]")
	do
		# An option whose value may be left out is listed twice.
		test "$(tr -s " =" "\n\n" <helper | grep -c -x -e "${option%=}")" = 1 ||
			continue
		git digest "${option%=}" 2>err </dev/null
		case $option in
		*=) grep "^error: option .${option%=}. requires a value" err ;;
		*) ! grep "requires a value" err ;;
		esac || { echo "$option"; return 1; }
	done >/dev/null
'

test_expect_success '... -h has just these' '
	test_expect_code 129 git digest -h >usage &&
	sed -n "s/^    \(-.*\)  .*/\1/p" usage |
	sed "s/--\[no-\]\([a-z]*\)/--\1 --no-\1/" |
	sorted >options &&
	# git log has these two spellings, too; -h does not show them.
	printf "%s\n" --after --before >>options &&
	sort -u -o options options &&
	grep -e "^--" options >actual &&
	test_cmp long actual
'

test_expect_success '... the man page has just those of -h' '
	sed -n "/^== OPTIONS/,/^== OUTPUT/s/^\(-.*\)::\$/\1/p" \
		"$project/Documentation/git-digest.adoc" |
	sed "s/^-<n>//" | sorted >actual &&
	test_cmp options actual
'

test_expect_success '... and the README, too' '
	sed -n "/^Options: /,/^\$/p" "$project/README.md" |
	grep -o "\`-[a-zA-Z-]*\`" | tr -d "\`" | sort -u >actual &&
	test_cmp options actual
'

# values <option>: print the values of the option, in one line.
values () {
	git digest --git-completion-helper=$1 | tr "\n" " "
}

test_expect_success 'the values that are listed are those that there are' '
	new_mirror v.git &&
	patch v.git "A <a@b>" "[PATCH] x" &&
	git init -q -b main code &&
	git -C code commit -q --allow-empty -m x &&
	for option in kind format color patches sections
	do
		values=$(values $option) &&
		test "$(echo $values | wc -w)" -ge 2 &&
		for value in $values
		do
			# this needs an option of its own
			test $value != range-diff || continue
			# A section may be only of code, or only of mail.
			{ git -C code digest --$option=$value HEAD >out ||
			  git -C v.git digest --$option=$value HEAD >out; } ||
				return 1
		done &&
		test_expect_code 129 git digest --$option=nope 2>err &&
		listed=$(sed "s/.*: //; s/,//g" err | tr " " "\n" | sort) &&
		test "$listed" = "$(echo $values | tr " " "\n" | sort)" ||
			return 1
	done &&
	test "$(values top)$(values nope)$(values -h)" = ""
'

test_expect_success 'the names of the lists are listed, each once' '
	mkdir -p lists "$XDG_CONFIG_HOME/git-digest" &&
	>lists/b.yaml && >lists/a.yaml && >lists/not-a-list &&
	>"$XDG_CONFIG_HOME/git-digest/a.yaml" &&
	>"$XDG_CONFIG_HOME/git-digest/c.yaml" &&
	GIT_DIGEST_LISTS=$PWD/lists git digest --git-completion-helper=list \
		>actual &&
	rm -r "$XDG_CONFIG_HOME/git-digest" &&
	printf "a\nb\nc\n" >expect && test_cmp expect actual
'

command -v bash >/dev/null && test_set_prereq BASH
command -v zsh >/dev/null && test_set_prereq ZSH
command -v fish >/dev/null && test_set_prereq FISH

test_expect_success BASH 'bash completes options, values, lists and paths' '
	completion=$installed_shell/bash-completion/completions/git-digest &&
	cat >complete.bash <<-\EOF &&
	# What the completion of git has, as far as it is needed here.
	__git () { git "$@"; }
	__gitcomp () { local w; for w in $1; do
		case $w in "${3-$cur}"*) COMPREPLY+=("$2$w") ;; esac; done; }
	__gitcomp_nl () { __gitcomp "$@"; }
	__gitcomp_builtin () { __gitcomp "$(git $1 --git-completion-helper)"; }
	__git_complete_revlist () { COMPREPLY=(revisions); }
	__git_has_doubledash () { test "$words" = "--"; }
	. "$1"
	while read -r prev cur words
	do
		COMPREPLY=()
		_git_digest
		echo "$prev $cur: ${COMPREPLY[*]}"
	done
	EOF
	GIT_DIGEST_LISTS=$installed_data/git-digest/lists \
	bash complete.bash "$completion" >actual <<-\EOF &&
	digest --pro
	digest --color=a
	digest --patches=
	--patches a
	digest --sections=domains,pa
	digest --sections=patches,domains,
	--sections patches,m
	--sections al
	--state under
	digest --state=applied,re
	digest --links=
	digest --list=qe
	--list qe
	--author HE
	-o HE
	digest HE
	HEAD HE --
	EOF
	cat >expect <<-EOF &&
	digest --pro: --progress
	digest --color=a: auto always
	digest --patches=: first cover all none
	--patches a: all
	digest --sections=domains,pa: domains,patches
	digest --sections=patches,domains,: $(printf "patches,domains,%s " \
		summary checks contributors reviewers status discussed \
		unanswered pulls reports threads messages range-diff | sed "s/ \$//")
	--sections patches,m: patches,messages
	--sections al: all
	--state under: under-review
	digest --state=applied,re: applied,rejected applied,reviewed
	digest --links=: b4
	digest --list=qe: qemu-devel
	--list qe: qemu-devel
	--author HE: 
	-o HE: 
	digest HE: revisions
	HEAD HE: 
	EOF
	test_cmp expect actual
'

test_expect_success ZSH 'zsh understands its completion' '
	zsh -n "$installed_shell/zsh/site-functions/_git-digest"
'

test_expect_success FISH 'fish completes options, values and lists' '
	(
		XDG_DATA_DIRS=$installed_shell && export XDG_DATA_DIRS &&
		for words in "--look" "--patches a" "--sections=domains,pa"
		do
			fish -c "complete -C \"git-digest $words\"" || exit
		done
	) >actual &&
	printf "%s\n" --look-back all --sections=domains,patches >expect &&
	test_cmp expect actual
'

test_expect_success 'the completions are where the shells look for them' '
	for home in "$HOME" /usr/local
	do
		make -s -C "$project" -n install prefix="$home" HOME="$HOME" \
			2>/dev/null | grep -e site-functions -e completions
	done >made &&
	share="$HOME/.local/share" &&
	grep "$share/bash-completion/completions.*/git-digest" made &&
	grep "$share/zsh/site-functions" made &&
	grep "$share/fish/vendor_completions.d" made &&
	grep "/usr/local/share/bash-completion/completions/git-digest" made &&
	grep "/usr/local/share/zsh/site-functions" made &&
	grep "/usr/local/share/fish/vendor_completions.d" made
'

# Each slot has a color of its own, and so each color of the page is a slot's.
test_expect_success 'the man page has all color slots' '
	slots=$(sed -n "/^color.digest.<slot>::/,/^\$/p" \
		"$project/Documentation/git-digest.adoc" |
		grep -o "\`[a-z]*\`" | tr -d "\`") &&
	test $(echo "$slots" | wc -l) -ge 16 &&
	n=100 &&
	for slot in $slots
	do
		git config --global color.digest.$slot $n &&
		n=$((n + 1)) || return 1
	done &&
	id=o patch v.git "A <a@b>" "[PATCH] x" &&
	id=o patch v.git "A <a@b>" "[PATCH] x" &&
	fate=0 &&
	for answer in "Applied, thanks" NACK "Acked-by: B <b@b>" Hm ""
	do
		fate=$((fate + 1)) &&
		id=$fate patch v.git "A <a@b>" "[PATCH] fate $fate" &&
		{ test -z "$answer" || echo "$answer" |
		  reply v.git "B <b@b>" "Re: [PATCH] fate $fate" $fate; } ||
			return 1
	done &&
	git -C v.git tag old &&
	id=new patch v.git "A <a@b>" "[PATCH v2] fate 5" &&
	echo Hm | reply v.git "B <b@b>" "Re: [PATCH] fate 5" 5 &&
	(cd v.git && git digest --color=always HEAD &&
	 git digest -s --color=always old && git digest -s --color=always old..
	) >out &&
	for i in $(seq 100 $((n - 1)))
	do
		printf "\033[38;5;${i}m\n"
	done | sort >expect &&
	grep -o "$(printf "\033")\[[0-9;]*m" out | sort -u |
	grep -v "\[m" >actual &&
	git config --global --remove-section color.digest &&
	test_cmp expect actual
'

test_expect_success 'the variables of the man page are known' '
	keys=$(grep -o "^digest\.[a-z]*" \
		"$project/Documentation/git-digest.adoc") &&
	test "$(echo "$keys" | wc -l)" -ge 8 &&
	for key in $keys
	do
		(cd v.git && git -c $key= digest HEAD 2>../err >../out)
		! grep "unknown variable" err || return 1
	done
'

test_expect_success 'the keys of the YAML file are in its man page' '
	page=$project/Documentation/gitdigest-config.adoc &&
	for place in "zzz: 1" "list: {zzz: 1}" "digest: {zzz: 1}" \
		"filters: {zzz: 1}" "filters: {exclude: {zzz: 1}}" \
		"people: {zzz: 1}" "people: {aliases: [{zzz: 1}]}"
	do
		echo "$place" >zzz.yaml &&
		test_expect_code 128 git -C v.git digest \
			--config=../zzz.yaml 2>err &&
		keys=$(sed "s/.*there are: //; s/,//g" err) &&
		test "$(echo $keys | wc -w)" -ge 2 &&
		for key in $keys
		do
			grep "\b$key\b" "$page" >/dev/null ||
				{ echo "$key is missing"; return 1; }
		done || return 1
	done
'

test_expect_success 'the keys of the JSON are in its man page' '
	(cd v.git && git digest --format=json HEAD) >mails.json &&
	git -C code commit -q --allow-empty -m "fixup! y" &&
	git -C code digest --format=json HEAD~1..HEAD >commits.json &&
	for kind in mails commits
	do
		perl -MJSON::PP -0777 -ne "
			sub show { my \$x = shift;
				if (ref \$x eq q(HASH)) {
					print qq(\$_\n) for keys %\$x;
					show(\$_) for values %\$x;
				} elsif (ref \$x eq q(ARRAY)) {
					show(\$_) for @\$x;
				} }
			show(decode_json(\$_))" $kind.json || return 1
	done | sort -u >keys &&
	test "$(wc -l <keys)" -gt 40 &&
	while read key
	do
		grep "\b$key\b" "$project/Documentation/gitdigest-json.adoc" \
			>/dev/null || { echo "$key is missing"; return 1; }
	done <keys
'

test_expect_success 'the example in the YAML man page is a valid file' '
	new_mirror m.git &&
	patch m.git "A <a@b>" "[PATCH] x" &&
	sed -n "/^----\$/,/^----\$/{/^----/d;p;}" \
		"$project/Documentation/gitdigest-config.adoc" |
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
	for page in config json
	do
		man5=$installed_data/man/man5 &&
		test -s "$man5/gitdigest-$page.5" &&
		echo ".so man5/gitdigest-$page.5" >expect &&
		test_cmp expect "$man5/git-digest-$page.5" || return 1
	done
'

command -v man >/dev/null && man -w sh >/dev/null 2>&1 && test_set_prereq MAN

test_expect_success MAN '... and found by git help and man' '
	MANPATH=$installed_data/man && MAN_KEEP_FORMATTING= MANPAGER=cat &&
	export MANPATH MANPAGER &&
	for page in config json
	do
		git help digest-$page >out &&
		grep -i "gitdigest-$page.*- " out >/dev/null &&
		man git-digest-$page >out &&
		grep -i "gitdigest-$page.*- " out >/dev/null || return 1
	done
'

test_done
