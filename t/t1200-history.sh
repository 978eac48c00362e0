#!/bin/sh

test_description='history is what git rev-list says, and so are its errors'

. "${0%/*}/lib-digest.sh"

# commits <argument>...: print the ids of the commits in the digest, one a line.
commits () {
	git digest --format=json --patches=none --sections=patches "$@" \
		>json 2>err &&
	grep -o -e "\"commit\":\"[0-9a-f]*\",\"message_id\"[^}]*\"number\"" \
		-e "{\"number\":[^,]*,\"commit\":\"[0-9a-f]*" json |
	grep -o "[0-9a-f]\{40\}" || test_must_be_empty err
}

# same <argument>...: git rev-list lists the same commits.
same () {
	commits --merges "$@" >actual &&
	git rev-list "$@" -- >expect &&
	test_cmp expect actual
}

test_expect_success 'set up branches, merges and tags of all kinds' '
	git init -q -b main code &&
	(
		cd code &&
		for i in 1 2 3
		do
			git commit -q --allow-empty -m "main $i" || return 1
		done &&
		git checkout -q -b side HEAD~2 &&
		git commit -q --allow-empty -m "side 1" &&
		git tag -a -m tag annotated &&
		git tag light HEAD~1 &&
		git tag -a -m nested nested annotated &&
		git checkout -q main &&
		git merge -q --no-ff -m merged side &&
		git commit -q --allow-empty -m "main 4" &&
		git checkout -q -b third &&
		git commit -q --allow-empty -m "third 1" &&
		git update-ref refs/heads/-dash HEAD &&
		git tag blob "$(git hash-object -w --stdin </dev/null)" &&
		git checkout -q main
	)
'

test_expect_success 'all kinds of revisions list what git rev-list lists' '
	(
		cd code &&
		while read -r arguments
		do
			eval "same $arguments" ||
				{ echo "$arguments"; return 1; }
		done <<-\EOF
		HEAD
		main..third
		main...third
		third ^main
		^main third
		side third
		light..nested
		annotated^{}..main
		nested...main
		HEAD^!
		HEAD~1^@
		HEAD~1^-
		@~2..
		":/main 2"
		"HEAD^{/side}"
		--branches
		--branches=si*
		--tags
		--all
		--glob=heads/th*
		--all --not side
		--not main --not third
		third --not main
		--exclude=refs/heads/third --all
		--remotes main
		--end-of-options -dash
		--end-of-options main..-dash
		--not --all --not third^0
		EOF
	)
'

test_expect_success '--all includes HEAD, also that of another worktree' '
	(
		cd code &&
		git checkout -q --detach &&
		git commit -q --allow-empty -m detached &&
		git worktree add -q --detach ../linked main &&
		git -C ../linked commit -q --allow-empty \
			-m "linked and detached" &&
		same --all && same HEAD --not --all &&
		same main..HEAD --not --all &&
		same --exclude="refs/heads/*" --all &&
		same "main...side" -n 3 &&
		git worktree remove --force ../linked && git checkout -q main
	)
'

test_expect_success 'unknown options are errors, and --end-of-options works' '
	(
		cd code &&
		test_expect_code 129 git digest -dash 2>err &&
		test_expect_code 129 git digest --no-such 2>err &&
		test_expect_code 129 git digest HEAD - 2>err &&
		grep "^error: unknown option .-." err &&
		test_expect_code 128 git digest --end-of-options --all 2>err &&
		grep "^fatal: option .--all. must come before" err
	)
'

test_expect_success 'a range that names no commit is fatal' '
	(
		cd code &&
		test_expect_code 128 git digest --glob=nothing/* 2>err &&
		grep "^fatal: no ref matches the range" err
	)
'

# mail_stream <branch> <first> <last> [<parent>]: print mails with these numbers
# for git fast-import.
mail_stream () {
	awk -v b="$1" -v i="$2" -v n="$3" -v p="$4" '
	BEGIN { for (; i <= n; i++) {
		mail = "From: A <a@b>\nSubject: [PATCH] " i "\n\nx\n"
		printf "commit refs/heads/%s\n", b
		printf "committer A <a@b> %d +0000\n", 1600000000 + i * 60
		printf "data <<E\n[PATCH] %d\nE\n", i
		if (p) print "from refs/heads/" p
		p = ""
		printf "M 100644 inline m\ndata %d\n%s\n", length(mail), mail
	} }'
}

# counted <range>...: the digest has as many mails as git rev-list counts.
counted () {
	test "$(git digest --format=json "$@" |
		sed -n "s/.*\"messages\":\([0-9]*\),.*/\1/p")" = \
		"$(git rev-list --count "$@")"
}

test_expect_success 'a mirror range is right if its lower end is no ancestor' '
	new_mirror m.git &&
	mail_stream master 1 3500 | git -C m.git fast-import --quiet &&
	git -C m.git branch old master~3000 &&
	mail_stream fork 4001 4002 master~1 |
	git -C m.git fast-import --quiet &&
	git -C m.git tag -a -m tag tagged master~5 &&
	(
		cd m.git &&
		for range in old..master master..old master~1..fork \
			fork..master fork...master tagged..master \
			tagged..tagged master~2500..master~2
		do
			counted $range || { echo $range; return 1; }
		done &&
		# git digest notices late that the lower end is no ancestor,
		# and must forget what it read until then.
		git digest --sections=patches fork~1500..old >out &&
		! grep PATCH out &&
		# ... also where -n ends the walk before that.
		git digest --sections=patches -n 30 master..master~50 >out &&
		! grep PATCH out
	)
'

test_expect_success '... and if there is a merge within it' '
	(
		cd m.git &&
		merge=$(echo merge |
			git commit-tree -p master -p fork master^{tree}) &&
		top=$(echo "[PATCH] top" |
			git commit-tree -p $merge master^{tree}) &&
		for range in master~3..$top old..$top fork..$top $top..master \
			$merge..$top
		do
			counted $range || { echo $range; return 1; }
		done
	)
'

test_expect_success '--until and --since change the ends that are named' '
	(
		cd m.git &&
		git digest --until=@$((1600000000 + 60 * 10)) master >out &&
		short=$(git rev-parse --short master~3490) &&
		grep "^From the beginning to $short$" out &&
		git digest --since=@$((1600000000 + 60 * 3499)) master >out &&
		short=$(git rev-parse --short master~2) &&
		grep "^From $short to $(git rev-parse --short master)$" out
	)
'

# fake <subcommand> <shell commands>: make a git that runs these commands in
# place of the subcommand.
real=$(command -v git)
fake () {
	mkdir -p "$SHARNESS_TRASH_DIRECTORY/fake" &&
	{
		echo "#!/bin/sh" &&
		echo "for word" &&
		echo "do case \$word in -*|*/*|safe.*) ;; *) break ;; esac" &&
		echo "done" &&
		echo "if test \"\$word\" = $1; then $2; fi" &&
		echo "exec $real \"\$@\""
	} >"$SHARNESS_TRASH_DIRECTORY/fake/git" &&
	chmod +x "$SHARNESS_TRASH_DIRECTORY/fake/git"
}

# faked <argument>...: run git digest with that git.
faked () {
	(PATH=$SHARNESS_TRASH_DIRECTORY/fake:$PATH && export PATH &&
	 git-digest "$@")
}

# fails <pattern> <argument>...: it prints one fatal line that matches the
# pattern, and nothing else.
fails () {
	what=$1 && shift &&
	test_expect_code 128 faked "$@" >out 2>err &&
	test_must_be_empty out && test "$(wc -l <err)" = 1 &&
	{ grep "^fatal: $what" err || { cat err; false; }; }
}

# warns <pattern> <argument>...: with that git, git digest prints a digest, and
# a warning that matches the pattern.
warns () {
	why=$1 && shift &&
	faked "$@" >out 2>err &&
	{ grep "^warning: $why" err || { cat err; false; }; }
}

test_expect_success 'a git rev-list that is killed or fails is fatal' '
	(
		cd m.git &&
		fake rev-list "$real \"\$@\" | head -100; kill -9 \$\$" &&
		killed=".git rev-list. died of signal 9" &&
		fails "cannot read history: $killed" master &&
		fails "cannot read history: $killed" old..master &&
		fake rev-list "$real \"\$@\" | head -100;
			echo fatal: it broke >&2; exit 3" &&
		fails "cannot read history: it broke" old..master &&
		fake rev-list "exit 1" &&
		fails "cannot read history: .git rev-list. failed with code 1" \
			master
	)
'

test_expect_success 'output of git that makes no sense is fatal' '
	(
		cd m.git &&
		fake rev-list "echo nonsense; exit 0" &&
		nonsense="unexpected output of .git rev-list." &&
		fails "cannot read history: $nonsense" master &&
		fake rev-parse "case \$* in *revs-only*)
			echo nonsense; exit 0 ;; esac" &&
		nonsense="unexpected output of .git rev-parse.: .nonsense" &&
		fails "cannot resolve the range: $nonsense" master &&
		fake rev-parse "case \$* in *object-format*) exit 0 ;; esac" &&
		fails "cannot open the repository: unexpected output" \
			master
	)
'

test_expect_success 'a failing git is reported in a code repository, too' '
	(
		cd code &&
		for command in log diff
		do
			fake $command "echo fatal: it broke >&2; exit 128" &&
			faked main..third >out 2>err
			test $? = 128 ||
			grep "^Cannot tell what they change in all: it broke" \
				out || return 1
		done &&
		several=$(git commit-tree -p main~1 -p main~2 -m several \
			main^{tree}) &&
		fake merge-base "kill -9 \$\$" &&
		warns "cannot try the merge: .git merge-base. died of" \
			main..$several &&
		grep "^Cannot tell whether it merges into" out &&
		grep "^Cannot tell what they change in all: .git merge-base. d" \
			out &&
		fake none : &&
		side=$(git commit-tree -p main -m side main^{tree}) &&
		fake diff-tree "case \$* in *name-only*) exit 1 ;; esac" &&
		warns "cannot tell what the other side has done" $side..third &&
		grep "^Cannot tell what the other side has done since: " out &&
		grep "files* changed\$" out &&
		fake rev-list "case \$* in *left-right*) exit 1 ;; esac" &&
		warns "cannot tell what the other side has done" \
			$side..third -- . &&
		fails "cannot read history: .git rev-list. failed" $side..third
	)
'

test_expect_success '... and so is output that makes no sense' '
	(
		cd code &&
		git checkout -q -B one main~2 && echo 1 >f && git add f &&
		git commit -q -m "one" -m "Fixes: 1234567890" &&
		git checkout -q -B two main~2 && git cherry-pick -n one &&
		git commit -q -m "one, again" &&
		git checkout -q main &&
		several=$(git commit-tree -p main~1 -p main~2 -m several \
			main^{tree}) &&
		fake none : && faked two..one >out && grep "^Exist:" out &&
		grep "^    .* one: 1234567890" out &&
		fake rev-list "case \$* in *left-right*) exit 1 ;; esac" &&
		unknown="cannot find the commits that the other side" &&
		warns "$unknown already has" two..one -- . &&
		fake rev-list "case \$* in *left-right*)
			echo nonsense; exit ;; esac" &&
		warns "$unknown already has: .*: unexpected output" \
			two..one -- . &&
		fake diff-tree "case \$* in *name-only*) exit 0 ;; esac" &&
		warns "$unknown already has: .git diff-tree. did not" \
			two..one &&
		fake patch-id "cat >/dev/null; echo nonsense; exit" &&
		unknown="$unknown already has: unexpected output of" &&
		warns "$unknown .git patch-id.: .nonsense" two..one &&
		! grep "^Cannot tell what the other side" out &&
		fake cat-file "case \$* in *batch-check*)
			cat >/dev/null; echo nonsense; exit ;; esac" &&
		silent=".git cat-file. did not answer" &&
		warns "cannot check the commits: $silent" two..one &&
		fake diff "case \$* in *--check*) kill -9 \$\$ ;; esac" &&
		warns "cannot check the commits: .git diff. died" two..one &&
		fake merge-base "echo nonsense; exit" &&
		faked main..$several >out &&
		unknown="Cannot tell whether it merges into" &&
		grep "^$unknown .*: .git merge-base. printed" out &&
		! grep "^Merge base" out &&
		for does in "echo nonsense; exit" "echo nonsense; exit 1" \
			"exit 0" "exit 1"
		do
			fake merge-tree "$does" && faked two..one >out &&
			grep "^$unknown .*: .git merge-tree. printed" out ||
				return 1
		done &&
		fake diff "echo nonsense; exit" && faked two..one >out &&
		unknown="Cannot tell what they change in all" &&
		grep "^$unknown: .git diff. printed" out
	)
'

test_expect_success 'a git log that breaks off is fatal, wherever it does' '
	(
		cd code &&
		git checkout -q -B long main &&
		for i in 1 2 3
		do
			echo $i >long && git add long &&
			git commit -q -m "long $i" -m "Text." || return 1
		done &&
		git checkout -q main &&
		fake none : && faked main..long >expect &&
		fake log "$real \"\$@\"" && faked main..long >actual &&
		test_cmp expect actual &&
		for n in 0 1 20 42 60 100 300
		do
			fake log "$real \"\$@\" | head -c $n; exit 0" &&
			fails "cannot read history: .git log. did not print" \
				main..long || return 1
		done &&
		fake log "$real \"\$@\"; exit 1" &&
		fails "cannot read history: .git log. failed with code 1" \
			main..long &&
		fake log "$real \"\$@\" | head -c 300; kill -9 \$\$" &&
		fails "cannot read history: .git log. died of signal 9" \
			main..long &&
		# The newest commit is printed twice, and the oldest not.
		fake log "$real \"\$@\" | sed s/$(git rev-parse long~2)/$(
			git rev-parse long)/; exit" &&
		fails "cannot read history: .git log. did not print" main..long
	)
'

test_expect_success '... and so is a git diff-tree' '
	echo "filters: {include: {path: [long]}}" >paths.yaml &&
	(
		cd code &&
		paths="--config=../paths.yaml" &&
		fake none : && faked $paths main..long >out &&
		test "$(grep -c "^New:" out)" = 3 &&
		for n in 0 1 40 41 46 87 100 130
		do
			fake diff-tree "$real \"\$@\" | head -c $n; exit 0" &&
			fails ".git diff-tree. did not print all commits" \
				$paths main..long || { echo $n; return 1; }
		done &&
		fake diff-tree "$real \"\$@\" | head -c 60; kill -9 \$\$" &&
		fails ".git diff-tree. died of signal 9" $paths main..long &&
		fake diff-tree "$real \"\$@\"
			echo fatal: it broke >&2; exit 3" &&
		fails "it broke" $paths main..long &&
		fake diff-tree "$real \"\$@\"; exit 1" &&
		fails ".git diff-tree. failed with code 1" $paths main..long &&
		fake diff-tree "cat >/dev/null; echo nonsense; exit 0" &&
		fails ".git diff-tree. did not print" $paths main..long
	)
'

test_expect_success 'a fatal error leaves no git process behind' '
	(
		cd code &&
		fake diff "echo \$\$ >../slow; exec sleep 20" &&
		cat >../log <<-\EOF &&
		if test "$word" = log
		then
			for i in 1 2 3 4 5 6 7 8 9
			do
				test -s ../slow || sleep 0.1
			done
			echo fatal: it broke >&2
			exit 128
		fi
		EOF
		sed -i "/^done/r ../log" ../fake/git &&
		fails "cannot read history: it broke" main..third &&
		test -s ../slow && ! kill -0 "$(cat ../slow)" 2>/dev/null
	)
'

test_expect_success 'without git in PATH the error says so' '
	digest=$(command -v git-digest) &&
	(cd m.git && PATH=/nowhere && test_expect_code 128 "$digest" HEAD \
		2>../err) &&
	grep "^fatal: cannot run git: No such file" err
'

test_done
