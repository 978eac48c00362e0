#!/bin/sh

test_description='a trial merge finds what git merge finds'

. "${0%/*}/lib-digest.sh"

TMPDIR=$SHARNESS_TRASH_DIRECTORY/tmp
export TMPDIR
mkdir -p "$TMPDIR"

# commit <message>: commit everything in the work tree.
commit () {
	git add -A && git commit -q -m "$1"
}

# by_git <into> <branch>: print what git merge does in a checkout, "clean" or
# "conflicts" and the paths.
by_git () {
	git checkout -q -f --detach "$1" &&
	git merge --no-commit --no-ff "$2" >/dev/null 2>&1
	git ls-files -u | cut -f 2 | uniq >../conflicts &&
	if test -s ../conflicts
	then
		echo conflicts && cat ../conflicts
	else
		echo clean
	fi &&
	git reset -q --hard
}

# by_us <into> <branch>: print the result of git digest in the same form.
by_us () {
	git checkout -q -f --detach "$1" &&
	git digest --sections=summary "$1..$2" |
	sed -n "s/^Merges cleanly.*/clean/p;s/^Is a fast.*/clean/p;
		s/^Conflicts with.*/conflicts/p;s/^        //p"
}

# agree <result> <into> <branch>: both find this result, and agree the other way
# round.
agree () {
	by_git $2 $3 >../expect && test "$(head -1 ../expect)" = $1 &&
	by_us $2 $3 >../actual && test_cmp ../expect ../actual &&
	by_git $3 $2 >../expect && by_us $3 $2 >../actual &&
	test_cmp ../expect ../actual
}

# diverge <name>: make two branches <name>1 and <name>2 from here.
diverge () {
	git branch -f ${1}1 && git branch -f ${1}2 && git checkout -q ${1}1
}

test_expect_success 'set up a repository' '
	git init -q -b main code &&
	(
		cd code &&
		mkdir lib && seq 20 >lib/a && seq 30 50 >lib/b &&
		seq 60 80 >c &&
		commit base
	)
'

test_expect_success 'one side renames a directory, the other adds to it' '
	(
		cd code && diverge folder && git mv lib src && commit renamed &&
		git checkout -q folder2 && echo new >lib/new && seq 21 >lib/a &&
		commit added &&
		agree conflicts folder1 folder2 &&
		git config merge.directoryRenames true &&
		agree clean folder1 folder2 &&
		git config --unset merge.directoryRenames
	)
'

test_expect_success 'both sides rename a file to the same name' '
	(
		cd code && git checkout -q main && diverge alike &&
		git mv c d && seq 59 80 >d && commit one &&
		git checkout -q alike2 && git mv c d && seq 60 81 >d &&
		commit two &&
		agree clean alike1 alike2
	)
'

test_expect_success 'a file conflicts with a directory; names are quoted' '
	(
		cd code && git checkout -q main && diverge odd &&
		newline="$(printf "new\nline")" &&
		utf8="$(printf "gr\\303\\274n")" &&
		latin="$(printf "gr\\374n")" &&
		echo 1 >both && echo 1 >lib/a && echo 1 >"$newline" &&
		echo 1 >"$utf8" && echo 1 >"$latin" && commit one &&
		git checkout -q odd2 && mkdir both &&
		echo 2 >both/x && echo 2 >lib/a && echo 2 >"$newline" &&
		echo 2 >"$utf8" && echo 2 >"$latin" && commit two &&
		printf "%s\\n" conflicts both "$utf8" "\"gr\\374n\"" lib/a \
			"\"new\\nline\"" | sort >../expect &&
		by_us odd1 odd2 | sort >../actual &&
		test_cmp ../expect ../actual &&
		cd lib && by_us odd1 odd2 | sort >../../actual &&
		test_cmp ../../expect ../../actual
	)
'

test_expect_success 'merge drivers are used' '
	(
		cd code && git checkout -q main &&
		echo "c merge=ours" >.gitattributes && commit driver &&
		diverge driven && git checkout -q driven1 && echo one >c &&
		commit one &&
		git checkout -q driven2 && echo two >c && commit two &&
		agree conflicts driven1 driven2 &&
		git config merge.ours.driver true &&
		agree clean driven1 driven2 &&
		git config --unset merge.ours.driver
	)
'

test_expect_success 'merge.renormalize is heeded' '
	(
		cd code && git checkout -q main &&
		printf "a\r\nb\r\nc\r\n" >text && commit text &&
		diverge normal && echo "text text" >>.gitattributes &&
		git add --renormalize . &&
		commit normalized && git checkout -q normal2 &&
		printf "a\r\nb2\r\nc\r\n" >text &&
		commit changed &&
		by_git normal1 normal2 >../expect && grep conflicts ../expect &&
		by_us normal1 normal2 >../actual &&
		test_cmp ../expect ../actual &&
		git config merge.renormalize true &&
		by_git normal1 normal2 >../expect && grep clean ../expect &&
		by_us normal1 normal2 >../actual && test_cmp ../expect ../actual
	)
'

test_expect_success 'replaced commits are merged' '
	(
		cd code && git checkout -q main && diverge replaced &&
		echo one >c && commit one &&
		git checkout -q replaced2 && echo two >c && commit two &&
		agree conflicts replaced1 replaced2 &&
		git replace replaced2 \
			$(echo other | git commit-tree -p main main^{tree}) &&
		by_us replaced1 replaced2 >../actual && echo clean >../expect &&
		test_cmp ../expect ../actual &&
		git replace -d replaced2 >/dev/null
	)
'

test_expect_success 'both sides move a submodule forward' '
	git init -q -b main sub &&
	(
		cd sub &&
		for i in 1 2 3
		do
			git commit -q --allow-empty -m $i || return 1
		done
	) &&
	(
		cd code && git checkout -q -f main &&
		git -c protocol.file.allow=always submodule -q add ../sub \
			module &&
		git -C module checkout -q HEAD~2 && commit module &&
		diverge module && git -C module checkout -q main~1 &&
		commit further &&
		git checkout -q module2 && git -C module checkout -q main &&
		commit furthest &&
		by_git module1 module2 >../expect &&
		by_us module1 module2 >../actual && test_cmp ../expect ../actual
	)
'

test_expect_success 'no temporary file is left behind, even after SIGKILL' '
	find tmp -mindepth 1 >left && test_must_be_empty left &&
	mkdir -p fake &&
	real=$(command -v git) &&
	{
		echo "#!/bin/sh" &&
		echo "case \" \$* \" in *\" merge-tree \"*)" &&
		echo "echo \$\$ >\"$PWD/slow\"; exec sleep 30 ;; esac" &&
		echo "exec $real \"\$@\""
	} >fake/git && chmod +x fake/git &&
	digest=$(command -v git-digest) &&
	for signal in KILL TERM
	do
		(
			cd code && PATH=$SHARNESS_TRASH_DIRECTORY/fake:$PATH &&
			exec "$digest" --sections=summary alike1..alike2 \
				>/dev/null 2>&1
		) &
		pid=$! &&
		for i in 1 2 3 4 5 6 7 8 9 10
		do
			find tmp -mindepth 1 -name "git-digest-*" >there &&
			test -s there && break
			sleep 0.1
		done &&
		test -s there && kill -$signal $pid
		wait $pid 2>/dev/null
		for i in 1 2 3 4 5 6 7 8 9 10
		do
			find tmp -mindepth 1 >left && ! test -s left && break
			sleep 0.1
		done
		kill "$(cat slow)" 2>/dev/null
		test_must_be_empty left || return 1
	done
'

test_expect_success 'a git that is too old, or fails, is named as the reason' '
	(
		cd code && PATH=$SHARNESS_TRASH_DIRECTORY/fake:$PATH &&
		usage="echo usage: git merge-tree x y z >\&2; exit 129" &&
		sed -i "s/echo .* exec sleep 30/$usage/" ../fake/git &&
		git-digest --sections=summary alike1..alike2 >out &&
		unknown="^Cannot tell whether it merges into [0-9a-f]*" &&
		grep "$unknown: this git is older than 2.38$" out &&
		git-digest --format=json alike1..alike2 >json &&
		unknown_json="\"merge\":\"unknown\",\"merge_unknown\"" &&
		grep "$unknown_json:\"this git is older" json &&
		broke="echo fatal: it broke >\&2; exit 2" &&
		sed -i "s/echo usage.*exit 129/$broke/" ../fake/git &&
		git-digest --sections=summary alike1..alike2 >out &&
		grep "$unknown: it broke$" out
	)
'

# Then git first merges the merge bases.
test_expect_success 'sides that have merged each other agree, too' '
	(
		cd code && git checkout -q -f main && diverge cross &&
		sed -i "s/^3$/three/" lib/a && commit "of one" &&
		git checkout -q cross2 && sed -i "s/^70$/x/" c &&
		commit "of two" && git merge -q -m "one into two" cross1 &&
		git checkout -q cross1 && git merge -q -m "two into one" cross2~1 &&
		test $(git merge-base --all cross1 cross2 | wc -l) = 2 &&
		sed -i "s/^33$/y/" lib/b && commit "one again" &&
		git checkout -q cross2 && sed -i "s/^47$/z/" lib/b &&
		commit "two again" && agree clean cross1 cross2 &&
		git checkout -q cross1 && sed -i "s/^three$/3 of one/" lib/a &&
		commit "3 of one" && git checkout -q cross2 &&
		sed -i "s/^three$/3 of two/" lib/a && commit "3 of two" &&
		agree conflicts cross1 cross2 &&
		git digest --sections=summary cross1..cross2 >../out &&
		base=$(git merge-base cross1 cross2) &&
		grep "^Merge base: $(git rev-parse --short $base) of .* 3 com" ../out
	)
'

test_expect_success 'a missing temporary directory is named as the reason' '
	(
		cd code &&
		TMPDIR=/nowhere git digest --sections=summary alike1..alike2 \
			>out &&
		unknown="^Cannot tell whether it merges into .*" &&
		grep "$unknown: no temporary folder in /nowhere" out
	)
'

test_expect_success 'objects of an alternate or GIT_OBJECT_DIRECTORY merge' '
	(
		cd code && by_us folder1 folder2 >../expect &&
		git clone -q --bare . ../apart.git &&
		mv ../apart.git/objects "../ob: jects" &&
		mkdir ../apart.git/objects
	) &&
	(
		GIT_ALTERNATE_OBJECT_DIRECTORIES="\"$PWD/ob: jects\"" &&
		export GIT_ALTERNATE_OBJECT_DIRECTORIES &&
		cd apart.git && git digest --sections=summary folder1..folder2
	) >out &&
	grep "^Conflicts with" out &&
	(
		GIT_OBJECT_DIRECTORY="$PWD/ob: jects" &&
		export GIT_OBJECT_DIRECTORY &&
		cd apart.git && git digest --sections=summary folder1..folder2
	) >again &&
	test_cmp out again && test -z "$(ls -A apart.git/objects)"
'

test_expect_success 'a shallow clone says that history is cut off' '
	git clone -q --bare --depth=1 --no-single-branch "file://$PWD/code" \
		shallow.git &&
	(cd shallow.git && git digest --sections=summary alike1..alike2) >out &&
	unknown="^Cannot tell whether it merges into .*" &&
	grep "$unknown: history is cut off here; .git fetch --unshallow" out
'

test_expect_success 'a partial clone says what it cannot tell' '
	git -C code config uploadpack.allowFilter true &&
	git clone -q --bare --filter=blob:none "file://$PWD/code" partial.git &&
	(
		cd partial.git &&
		find . -printf "%p %s %T@\n" | sort >../before &&
		git digest alike1..alike2 >../out 2>../err &&
		find . -printf "%p %s %T@\n" | sort >../after
	) &&
	test_cmp before after &&
	way="objects are missing from this partial clone" &&
	way="$way; .git fetch --refetch --no-filter origin" &&
	way="$way .+refs/[*]:refs/[*].. gets them" &&
	grep "^Cannot tell whether it merges into [0-9a-f]*: $way" out &&
	grep "^Cannot tell what they change in all: $way" out &&
	grep "^New:  two" out &&
	grep "^warning: cannot show the diffstat of 1 commit: $way" err &&
	(cd partial.git && git digest --format=json alike1..alike2 \
		2>/dev/null) >json &&
	grep "\"files\":null,.*\"merge\":\"unknown\"" json &&
	(
		cd partial.git &&
		git fetch -q --refetch --no-filter origin "+refs/*:refs/*" \
			2>/dev/null &&
		git digest alike1..alike2 2>../err
	) >out &&
	(cd code && git digest alike1..alike2) >expect &&
	sed 2d expect >want && sed 2d out >got && test_cmp want got &&
	test_must_be_empty err
'

test_expect_success 'a damaged object is a warning that names it' '
	git init -q -b main whole && (
		cd whole && seq 1 30 >a && echo base >b && git add a b &&
		git commit -q -m base && git checkout -q -b topic &&
		sed -i "3s/.*/topic/" a && echo topic >b &&
		git commit -q -a -m topic && git checkout -q main &&
		sed -i "20s/.*/main/" a && echo main >b &&
		git commit -q -a -m main
	) &&
	for what in main:a topic:a main~1:a
	do
		rm -rf hurt && cp -r whole hurt && (
			cd hurt && id=$(git rev-parse "$what") &&
			file=.git/objects/$(echo $id | sed "s,..,&/,") &&
			rm -f $file &&
			git digest --sections=summary main..topic 2>../gone &&
			echo damaged >$file &&
			git digest --sections=summary main..topic 2>../err
		) >out &&
		grep "^warning: cannot try the merge: .*$id" gone &&
		grep "^warning: cannot try the merge: .*$id" err ||
			{ echo $what; return 1; }
	done
'

test_expect_success '... also where only the other side has it' '
	rm -rf hurt && cp -r whole hurt && (
		cd hurt && id=$(git rev-parse main:a) &&
		rm -f .git/objects/$(echo $id | sed "s,..,&/,") &&
		git digest main..topic >../out 2>../err &&
		grep "^warning: cannot find the commits that .*$id" ../err &&
		grep "^New:  topic" ../out
	)
'

test_done
