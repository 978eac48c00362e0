#!/bin/sh

test_description='the repository is the one that git finds, and no other'

. "${0%/*}/lib-digest.sh"

test "$(id -u)" = 0 && test_set_prereq ROOT
git init -q --bare --ref-format=reftable table.git 2>/dev/null &&
	test_set_prereq REFTABLE
git init -q --bare --object-format=sha256 sha256.git 2>/dev/null &&
	test_set_prereq SHA256

# reads <repository> <title>: the digest of HEAD lists this patch.
reads () {
	(cd "$1" && git digest HEAD --) >out &&
	grep -F "[PATCH] $2 (A)" out
}

# fatal <pattern> <argument>...: git digest prints one fatal line that matches
# the pattern, and nothing else.
fatal () {
	what=$1 &&
	shift &&
	test_expect_code 128 git digest "$@" >out 2>err &&
	test_must_be_empty out &&
	test "$(wc -l <err)" = 1 &&
	{ grep "^fatal: $what" err || { cat err; false; }; }
}

test_expect_success 'set up two mirrors' '
	new_mirror m.git &&
	patch m.git "A <a@b>" "[PATCH] mine" &&
	new_mirror other.git &&
	patch other.git "A <a@b>" "[PATCH] other"
'

test_expect_success 'a broken repository inside another one is passed over' '
	git clone -q m.git outer &&
	mkdir -p outer/inner/objects outer/inner/refs &&
	echo garbage >outer/inner/HEAD &&
	printf "[core]\n\tpager = touch pwned\n[digest]\n\ttop = garbage\n" \
		>outer/inner/config &&
	reads outer/inner mine
'

test_expect_success ROOT '... also if it has another owner' '
	chown -R 12345 outer/inner && reads outer/inner mine
'

test_expect_success 'safe.bareRepository=explicit refuses what is not named' '
	git clone -q --bare m.git outer/bare.git &&
	(
		GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=safe.bareRepository \
			GIT_CONFIG_VALUE_0=explicit &&
		export GIT_CONFIG_COUNT GIT_CONFIG_KEY_0 GIT_CONFIG_VALUE_0 &&
		cd outer/bare.git &&
		fatal "cannot use bare repository" HEAD &&
		GIT_DIR=. git-digest HEAD >../../out
	) &&
	grep -F "[PATCH] mine (A)" out
'

test_expect_success 'safe.bareRepository=explicit allows the mirror of a list' '
	mkdir -p "$XDG_CONFIG_HOME/git-digest" &&
	printf "list:\n  name: Mine\n  mirror: %s\n" "$PWD/m.git" \
		>"$XDG_CONFIG_HOME/git-digest/mine.yaml" &&
	git -c safe.bareRepository=explicit -c digest.top=1 digest --list=mine \
		HEAD >out &&
	grep -F "[PATCH] mine (A)" out && grep "^Top 1 " out
'

test_expect_success '--list reads the mirror whatever GIT_DIR names' '
	(
		GIT_DIR=$PWD/other.git && export GIT_DIR &&
		git-digest --list=mine HEAD >out
	) &&
	grep -F "[PATCH] mine (A)" out &&
	(
		GIT_OBJECT_DIRECTORY=$PWD/other.git/objects &&
		export GIT_OBJECT_DIRECTORY &&
		git-digest --list=mine HEAD >out
	) &&
	grep -F "[PATCH] mine (A)" out
'

test_expect_success 'a mirror has to be a repository of its own' '
	mkdir -p outer/below &&
	printf "list:\n  name: Below\n  mirror: %s\n" "$PWD/outer/below" \
		>"$XDG_CONFIG_HOME/git-digest/below.yaml" &&
	why="it is not a git repository" &&
	fatal "cannot open the mirror .*/outer/below.: $why" \
		--list=below HEAD &&
	sed "s,/below,," "$XDG_CONFIG_HOME/git-digest/below.yaml" \
		>"$XDG_CONFIG_HOME/git-digest/tree.yaml" &&
	sed -i "s/Below/Tree/" "$XDG_CONFIG_HOME/git-digest/tree.yaml" &&
	git digest --list=tree HEAD >out && grep -F "[PATCH] mine (A)" out
'

test_expect_success 'a directory may have a newline in its name' '
	name="$(printf "a\nb.git")" &&
	git clone -q --bare m.git "$name" &&
	reads "$name" mine &&
	rm -r "$name"
'

test_expect_success 'extensions.objectFormat=sha1 is accepted' '
	git clone -q --bare m.git format.git &&
	git -C format.git config core.repositoryFormatVersion 1 &&
	git -C format.git config extensions.objectFormat sha1 &&
	reads format.git mine
'

test_expect_success SHA256 'a SHA-256 repository is one clear error' '
	(cd sha256.git &&
	 fatal "this repository uses sha256 object names; only sha1" HEAD)
'

test_expect_success REFTABLE 'refs in a reftable are read' '
	git -C table.git fetch -q ../m.git master:master &&
	git -C table.git symbolic-ref HEAD refs/heads/master &&
	reads table.git mine
'

# tree_of <repository>: make a commit on main with the tree listed on standard
# input.
tree_of () {
	tree=$(git -C "$1" mktree) &&
	git -C "$1" update-ref refs/heads/main \
		"$(echo "a summary" | git -C "$1" commit-tree $tree)"
}

# is_code <repository>: git digest takes the repository for code.
is_code () {
	(cd "$1" && git digest HEAD) >out 2>err &&
	grep "Based on Commit Author" out
}

test_expect_success 'code is not taken for a mirror because of its file names' '
	git init -q -b main code &&
	blob=$(echo "int main(void)" | git -C code hash-object -w --stdin) &&
	tree=$(printf "100644 blob $blob\tx.c\n" | git -C code mktree) &&
	for entry in "040000 tree $tree	d" "040000 tree $tree	m" \
		"040000 tree $tree	_" "100644 blob $blob	m" \
		"040000 tree $tree	be" "120000 blob $blob	m"
	do
		echo "$entry" | tree_of code &&
		is_code code || { echo "$entry"; return 1; }
	done &&
	printf "040000 tree $tree\tbe\n040000 tree $tree\tfe\n" |
	tree_of code &&
	is_code code
'

test_expect_success 'a v1 mirror can be read as code, with --kind' '
	git init -q --bare -b main v1.git &&
	blob=$(printf "From: A <a@b>\nSubject: [PATCH] x\n\n" |
		git -C v1.git hash-object -w --stdin) &&
	tree=$(printf "100644 blob $blob\t%038d\n" 1 | git -C v1.git mktree) &&
	printf "040000 tree $tree\tbe\n040000 tree $tree\tfe\n" |
	tree_of v1.git &&
	(cd v1.git && git digest HEAD) >out && grep "Based on Email Body" out &&
	(cd v1.git && git digest --kind=code HEAD) >out &&
	grep "Based on Commit Author" out
'

test_expect_success 'if no tree tells the kind, the error suggests --kind' '
	new_mirror notree.git && patch notree.git "A <a@b>" "[PATCH] x" &&
	tree=$(git -C notree.git rev-parse HEAD^{tree}) &&
	rm -f notree.git/objects/$(echo $tree | sed "s,..,&/,") &&
	tip=$(git -C notree.git rev-parse HEAD) &&
	what="cannot tell whether this is a mirror or code" &&
	why="cannot read commit $tip or its tree" &&
	why="$why: .git fsck. lists what is missing" &&
	(cd notree.git &&
	 fatal "$what; choose with --kind ($why)" HEAD &&
	 git digest --kind=inbox HEAD >out 2>err && grep "1 mail" err)
'

test_expect_success '... also in a partial clone that lacks it' '
	git -C m.git config uploadpack.allowFilter true &&
	git clone -q --bare --filter=tree:0 "file://$PWD/m.git" partial.git &&
	(cd partial.git &&
	 fatal "cannot tell.*--kind.*objects are missing from this partial" \
		HEAD)
'

test_expect_success '... but not if an older commit has its tree' '
	patch notree.git "A <a@b>" "[PATCH] y" &&
	patch notree.git "A <a@b>" "[PATCH] z" &&
	tree=$(git -C notree.git rev-parse HEAD^{tree}) &&
	rm -f notree.git/objects/$(echo $tree | sed "s,..,&/,") &&
	reads notree.git y
'

test_expect_success 'a removal as public-inbox wrote it before 2018 counts' '
	new_mirror ancient.git && patch ancient.git "A <a@b>" "[PATCH] gone" &&
	blob=$(git -C ancient.git rev-parse HEAD:m) &&
	tree=$(printf "100644 blob $blob\tD\n" | git -C ancient.git mktree) &&
	printf "040000 tree $tree\t_\n" | commit_tree ancient.git rm &&
	(cd ancient.git && git digest --format=json HEAD) >json &&
	grep "\"removed\":1," json && grep "\"patches\":0," json
'

test_expect_success 'i18n.logOutputEncoding does not change the digest' '
	git clone -q --bare m.git utf16.git &&
	(cd utf16.git && git digest HEAD) >expect &&
	git -C utf16.git config i18n.logOutputEncoding UTF-16 &&
	(cd utf16.git && git digest HEAD) >actual &&
	test_cmp expect actual &&
	(cd utf16.git && git digest --kind=code HEAD) >out 2>err &&
	grep "^New:  \[PATCH\] mine" out
'

test_expect_success 'a revision that asks for a reflog does not create one' '
	find m.git -printf "%p %s %T@\n" | sort >before &&
	(cd m.git && test_expect_code 128 git digest "HEAD@{1}.." 2>../err) &&
	grep "^fatal: " err &&
	find m.git -printf "%p %s %T@\n" | sort >after &&
	test_cmp before after
'

test_expect_success 'remote.promisor names no remote' '
	(cd m.git && git -c remote.promisor=true digest HEAD) >out &&
	grep -F "[PATCH] mine (A)" out
'

test_done
