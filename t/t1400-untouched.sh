#!/bin/sh

test_description='git digest changes no file of a repository'

. "${0%/*}/lib-digest.sh"

# state <repository>: list all files below its directory, with sizes and times.
state () {
	find "$1" -printf "%p %y %m %s %T@ %C@\n" | sort
}

test_expect_success 'set up a mirror, and code with several clones' '
	new_mirror m.git &&
	for i in 1 2 3 4
	do
		patch m.git "A <a@b>" "[PATCH] $i" || return 1
	done &&
	remove_mail m.git mail.tmp &&
	git init -q -b main code &&
	(
		cd code && echo 1 >a && git add a && git commit -q -m "base" &&
		git checkout -q -b topic && echo 2 >a && git commit -q -am "one

		Fixes: 1234567890ab" && echo 3 >b && git add b &&
		git commit -q -m "two" &&
		git checkout -q main && git cherry-pick topic >/dev/null &&
		echo 4 >a && git commit -q -am "other" &&
		git branch -q -u main topic &&
		printf "A <a@b> <author@example.com>\n" >.mailmap &&
		# The index is out of date, so git status would refresh it.
		git worktree add -q ../linked topic && touch a b
	) &&
	git clone -q --bare --depth=2 "file://$PWD/code" shallow.git &&
	git -C code config uploadpack.allowFilter true &&
	git clone -q --bare --filter=blob:none "file://$PWD/code" partial.git &&
	git clone -q --bare code packed.git && git -C packed.git repack -q -a -d
'

test_expect_success 'no range and no option changes any file' '
	for repository in m.git code linked shallow.git partial.git packed.git
	do
		state $repository >before && state code/.git >>before &&
		(
			cd $repository &&
			while read -r arguments
			do
				eval "git digest $arguments" >../out 2>../err ||
				test $? = 128 || exit
			done
		) <<-\EOF &&
		HEAD
		-n 1
		main..topic
		topic...main
		--all
		--format=json main..topic
		--format=json HEAD
		--sections=summary,checks main..topic
		--since=yesterday
		--merges --reverse HEAD
		"HEAD@{1}.."
		"@{upstream}.."
		"@{-1}"
		:/one
		HEAD -- a
		--links HEAD
		-o ../file HEAD
		--color=always HEAD
		nope
		HEAD:m
		--kind=inbox HEAD
		--kind=code HEAD
		EOF
		state $repository >after && state code/.git >>after &&
		test_cmp before after || return 1
	done
'

test_done
