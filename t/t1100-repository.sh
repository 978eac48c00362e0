#!/bin/sh

test_description='the repository is the one that git finds, and nothing else is read'

. "${0%/*}/lib-digest.sh"

test "$(id -u)" = 0 && test_set_prereq ROOT
git init -q --bare --ref-format=reftable table.git 2>/dev/null &&
	test_set_prereq REFTABLE
git init -q --bare --object-format=sha256 sha256.git 2>/dev/null &&
	test_set_prereq SHA256

# reads <repository> <title>: the digest of HEAD has that patch
reads () {
	(cd "$1" && git digest HEAD --) >out &&
	grep -F "[PATCH] $2 (A)" out
}

# fatal <what> <argument>...
fatal () {
	what=$1 &&
	shift &&
	test_expect_code 128 git digest "$@" >out 2>err &&
	test_must_be_empty out &&
	test "$(wc -l <err)" = 1 &&
	{ grep "^fatal: $what" err || { cat err; false; }; }
}

test_expect_success 'set up' '
	new_mirror m.git &&
	patch m.git "A <a@b>" "[PATCH] mine" &&
	new_mirror other.git &&
	patch other.git "A <a@b>" "[PATCH] other"
'

test_expect_success 'a broken repository inside of another is none' '
	git clone -q m.git outer &&
	mkdir -p outer/inner/objects outer/inner/refs &&
	echo garbage >outer/inner/HEAD &&
	printf "[core]\n\tpager = touch pwned\n[digest]\n\ttop = garbage\n" >outer/inner/config &&
	reads outer/inner mine
'

test_expect_success ROOT '... also if it is of another owner' '
	chown -R 12345 outer/inner && reads outer/inner mine
'

test_expect_success 'safe.bareRepository: a bare repository has to be named' '
	git clone -q --bare m.git outer/bare.git &&
	(
		GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=safe.bareRepository GIT_CONFIG_VALUE_0=explicit &&
		export GIT_CONFIG_COUNT GIT_CONFIG_KEY_0 GIT_CONFIG_VALUE_0 &&
		cd outer/bare.git &&
		fatal "cannot use bare repository" HEAD &&
		GIT_DIR=. git-digest HEAD >../../out
	) &&
	grep -F "[PATCH] mine (A)" out
'

test_expect_success 'safe.bareRepository does not hide a mirror that a list names' '
	mkdir -p "$XDG_CONFIG_HOME/git-digest" &&
	printf "list:\n  name: Mine\n  mirror: %s\n" "$PWD/m.git" \
		>"$XDG_CONFIG_HOME/git-digest/mine.yaml" &&
	git -c safe.bareRepository=explicit -c digest.top=1 digest --list=mine HEAD >out &&
	grep -F "[PATCH] mine (A)" out && grep "^Top 1 " out
'

test_expect_success '--list reads the mirror, whatever the environment names' '
	(
		GIT_DIR=$PWD/other.git && export GIT_DIR &&
		git-digest --list=mine HEAD >out
	) &&
	grep -F "[PATCH] mine (A)" out &&
	(
		GIT_OBJECT_DIRECTORY=$PWD/other.git/objects && export GIT_OBJECT_DIRECTORY &&
		git-digest --list=mine HEAD >out
	) &&
	grep -F "[PATCH] mine (A)" out
'

test_expect_success 'a mirror that only lies in a repository is refused' '
	mkdir -p outer/below &&
	printf "list:\n  name: Below\n  mirror: %s\n" "$PWD/outer/below" \
		>"$XDG_CONFIG_HOME/git-digest/below.yaml" &&
	fatal "cannot open the mirror .*/outer/below.: it is no git repository itself" \
		--list=below HEAD &&
	sed "s,/below,," "$XDG_CONFIG_HOME/git-digest/below.yaml" \
		>"$XDG_CONFIG_HOME/git-digest/tree.yaml" &&
	sed -i "s/Below/Tree/" "$XDG_CONFIG_HOME/git-digest/tree.yaml" &&
	git digest --list=tree HEAD >out && grep -F "[PATCH] mine (A)" out
'

test_expect_success 'folders with newlines in their names' '
	name="$(printf "a\nb.git")" &&
	git clone -q --bare m.git "$name" &&
	reads "$name" mine &&
	rm -r "$name"
'

test_expect_success 'extensions.objectFormat=sha1 is nothing odd' '
	git clone -q --bare m.git format.git &&
	git -C format.git config core.repositoryFormatVersion 1 &&
	git -C format.git config extensions.objectFormat sha1 &&
	reads format.git mine
'

test_expect_success SHA256 'SHA-256 is one clear error' '
	(cd sha256.git && fatal "this repository names objects by sha256; only sha1" HEAD)
'

test_expect_success REFTABLE 'a reftable, of which libgit2 knows nothing' '
	git -C table.git fetch -q ../m.git master:master &&
	git -C table.git symbolic-ref HEAD refs/heads/master &&
	reads table.git mine
'

# tree_of <repository>: a commit on main with the tree that is listed on stdin
tree_of () {
	tree=$(git -C "$1" mktree) &&
	git -C "$1" update-ref refs/heads/main \
		"$(echo "a summary" | git -C "$1" commit-tree $tree)"
}

# is_code <repository>
is_code () {
	(cd "$1" && git digest HEAD) >out 2>err &&
	grep "Based on Commit Author" out
}

test_expect_success 'code that looks like a mirror at first sight' '
	git init -q -b main code &&
	blob=$(echo "int main(void)" | git -C code hash-object -w --stdin) &&
	tree=$(printf "100644 blob $blob\tx.c\n" | git -C code mktree) &&
	for entry in "040000 tree $tree	d" "040000 tree $tree	m" "040000 tree $tree	_" \
		"100644 blob $blob	m" "040000 tree $tree	be" "120000 blob $blob	m"
	do
		echo "$entry" | tree_of code &&
		is_code code || { echo "$entry"; return 1; }
	done &&
	printf "040000 tree $tree\tbe\n040000 tree $tree\tfe\n" | tree_of code &&
	is_code code
'

test_expect_success 'a mirror of the older format names what there is to do' '
	git init -q --bare -b main v1.git &&
	blob=$(printf "From: A <a@b>\nSubject: [PATCH] x\n\n" |
		git -C v1.git hash-object -w --stdin) &&
	tree=$(printf "100644 blob $blob\t%038d\n" 1 | git -C v1.git mktree) &&
	printf "040000 tree $tree\tbe\n040000 tree $tree\tfe\n" | tree_of v1.git &&
	(cd v1.git && fatal "this is a public-inbox v1 mirror.*--kind=code" HEAD) &&
	(cd v1.git && git digest --kind=code HEAD) >out &&
	grep "Based on Commit Author" out
'

test_expect_success 'removals of before 2018 are removals' '
	new_mirror ancient.git && patch ancient.git "A <a@b>" "[PATCH] gone" &&
	blob=$(git -C ancient.git rev-parse HEAD:m) &&
	tree=$(printf "100644 blob $blob\tD\n" | git -C ancient.git mktree) &&
	printf "040000 tree $tree\t_\n" | commit_tree ancient.git rm &&
	(cd ancient.git && git digest --format=json HEAD) >json &&
	grep "\"removed\":1," json && grep "\"patches\":0," json
'

test_expect_success 'commits in any encoding, and output that is to be in another' '
	git clone -q --bare m.git utf16.git &&
	(cd utf16.git && git digest HEAD) >expect &&
	git -C utf16.git config i18n.logOutputEncoding UTF-16 &&
	(cd utf16.git && git digest HEAD) >actual &&
	test_cmp expect actual &&
	(cd utf16.git && git digest --kind=code HEAD) >out 2>err &&
	grep "^New:  \[PATCH\] mine" out
'

test_expect_success 'a question about a reflog makes none' '
	find m.git -printf "%p %s %T@\n" | sort >before &&
	(cd m.git && test_expect_code 128 git digest "HEAD@{1}.." 2>../err) &&
	grep "^fatal: " err &&
	find m.git -printf "%p %s %T@\n" | sort >after &&
	test_cmp before after
'

test_done
