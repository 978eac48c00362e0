#!/bin/sh

test_description='a public-inbox v1 mirror: a file for each mail'

. "${0%/*}/lib-digest.sh"

# v1_commit <message> [<other parent>]: commit what is in the index of old.git.
v1_commit () {
	message=$1 && shift &&
	tree=$(git -C old.git write-tree) &&
	tip=$(git -C old.git rev-parse -q --verify HEAD) || tip= &&
	commit=$(printf "%s" "$message" |
		GIT_COMMITTER_DATE="$mail_time +0000" \
		GIT_AUTHOR_DATE="$mail_time +0000" \
		git -C old.git commit-tree "$tree" ${tip:+-p $tip} \
			${1+-p "$1"}) &&
	git -C old.git update-ref HEAD "$commit"
}

# v1_path <file>: where the mail lies: by the SHA-1 of its Message-ID.
v1_path () {
	perl -MDigest::SHA=sha1_hex -0777 -ne \
		'/^Message-ID: *<(.*)>/mi; $_ = sha1_hex($1); s,..,$&/,; print' "$1"
}

# v1_add <file> [<path>], v1_remove <file>: change the index of old.git.
v1_add () {
	blob=$(git -C old.git hash-object -w --no-filters "$PWD/$1") &&
	git -C old.git update-index --add --cacheinfo \
		"100644,$blob,${2-$(v1_path "$1")}"
}

v1_remove () {
	git -C old.git rm -q --cached "$(v1_path "$1")"
}

# both <function> <argument>...: let a mail arrive in new.git, which is of v2,
# and in old.git, which is of v1.
both () {
	function=$1 && shift &&
	"$function" new.git "$@" &&
	v1_add mail.tmp && v1_commit "$(subject_of mail.tmp)"
}

# both_names: replace commits of both by "<mail 1>", ... in order of arrival.
both_names () {
	name_all_commits old.git new.git
}

# same [<argument>...]: do both give the same digest?
same () {
	for mirror in new.git old.git
	do
		(cd $mirror && git digest --format=json "$@" 2>&1) |
		sed -f names.sed >$mirror.out || return 1
	done &&
	test_cmp new.git.out old.git.out
}

test_expect_success 'set up the same mails in both forms' '
	new_mirror new.git && new_mirror old.git &&
	both patch "Ann <ann@x>" "[PATCH 0/2] two" "X-Id: 1" &&
	both patch "Ann <ann@x>" "[PATCH 1/2] first" \
		"In-Reply-To: <1700000060@example>" &&
	both patch "Spam <s@x>" "[PATCH] spam" && cp mail.tmp spam &&
	echo "Applied, thanks" |
	both reply "Bob <bob@x>" "Re: [PATCH 0/2] two" 1700000060 &&
	mail_time=$((mail_time + 60)) &&
	both patch "Ann <ann@x>" "[PATCH 2/2] second" \
		"In-Reply-To: <1700000060@example>" &&
	remove_mail new.git spam && v1_remove spam && v1_commit rm &&
	both patch "Cid <cid@x>" "[PATCH] last" && cp mail.tmp last &&
	git -C old.git ls-tree -r --name-only HEAD >files &&
	test "$(wc -l <files)" = 5 &&
	both_names </dev/null
'

test_expect_success 'all ranges give the same digest' '
	for range in HEAD HEAD~1 HEAD~2 HEAD~1.. HEAD~3..HEAD~1 HEAD~5.. \
		HEAD~6..HEAD~4 "-n 3" --since=@1700000200 HEAD..HEAD
	do
		same $range || return 1
	done &&
	grep "no mail in HEAD..HEAD" old.git.out &&
	same --involves=cid@x HEAD && same --state=applied HEAD &&
	(cd old.git && git digest -s HEAD) | both_names >out &&
	grep "^<mail 1> .* 2 two .* Ann .* applied" out
'

test_expect_success 'also in all other forms, and packed' '
	git -C old.git repack -adq &&
	for form in "" -s --sections=all --patches=all --links=b4
	do
		for mirror in new.git old.git
		do
			(cd $mirror && git digest $form HEAD) | both_names \
				>$mirror.out || return 1
		done &&
		test_cmp new.git.out old.git.out || return 1
	done
'

test_expect_success 'its List-Id names the list' '
	(cd old.git && git digest HEAD) >out &&
	grep "^things mailing list update" out
'

test_expect_success '--since-last and --against work as well' '
	(cd old.git && git digest --mark HEAD) >out &&
	GIT_AUTHOR_EMAIL=dee@x &&
	both patch "Dee <dee@x>" "[PATCH] dee" && both_names </dev/null &&
	(cd old.git && git digest --since-last --sections=patches) >out &&
	grep "PATCH. dee" out && ! grep "PATCH. last" out &&
	git init -q -b main code && printf "a\n" >code/f && git -C code add f &&
	git -C code commit -q -m base && printf "b\n" >code/f &&
	git -C code commit -q -a -m dee &&
	(cd old.git && git digest -s --against=../code HEAD) | both_names >old &&
	(cd new.git && git digest -s --against=../code HEAD) | both_names >new &&
	test_cmp new old
'

test_expect_success 'an older version is found, and a patch that is answered' '
	both patch "Dee <dee@x>" "[PATCH v2] dee" &&
	echo "Reviewed-by: Bob <bob@x>" |
	both reply "Bob <bob@x>" "Re: [PATCH] last" 1700000420 &&
	mail_time=$((mail_time + 60)) &&
	both_names </dev/null && same HEAD~2.. &&
	grep "\"previous\":{" old.git.out &&
	grep "\"title\":\"last\"" old.git.out
'

test_expect_success 'a commit that adds several mails gives all of them' '
	for i in a b c
	do
		printf "Text.\n" |
		make_mail mail.$i "Eve <eve@x>" "[PATCH] many $i" \
			"Message-ID: <many-$i@example>" && v1_add mail.$i ||
			return 1
	done &&
	mail_time=$((mail_time + 60)) && v1_commit "[PATCH] many a" &&
	(cd old.git && git digest --format=json HEAD~1..) >out &&
	grep "\"messages\":3" out &&
	for i in a b c
	do
		grep "\"label\":\"new\",.*\[PATCH\] many $i" out || return 1
	done &&
	v1_remove mail.a && v1_remove mail.b && v1_commit rm &&
	(cd old.git && git digest --sections=patches HEAD~2..) >out &&
	grep "many c" out && ! grep "many [ab]" out
'

test_expect_success 'what ssoma put into a folder for one Message-ID is read' '
	path=$(v1_path mail.c) &&
	git -C old.git rm -q --cached $path &&
	for i in c d
	do
		printf "Text.\n" |
		make_mail twin.$i "Eve <eve@x>" "[PATCH] twin $i" \
			"Message-ID: <many-c@example>" || return 1
	done &&
	v1_add mail.c $path/$(printf "%040d" 1) &&
	v1_add twin.d $path/$(printf "%040d" 2) &&
	v1_commit "[PATCH] twin d" &&
	(cd old.git && git digest --sections=patches HEAD~1..) >out &&
	grep "\[PATCH\] twin d" out &&
	! grep "many c" out &&
	(cd old.git && git digest --sections=patches HEAD~3..) >out &&
	grep -c "many c" out >count && echo 1 >expect && test_cmp expect count
'

test_expect_success 'several mails of one commit count, whatever its message is' '
	for i in e f g
	do
		printf "Text.\n" |
		make_mail mail.$i "Eve <eve@x>" "[PATCH] import $i" \
			"Message-ID: <import-$i@example>" && v1_add mail.$i ||
			return 1
	done &&
	mail_time=$((mail_time + 60)) && v1_commit "import of the old archive" &&
	(cd old.git && git digest --sections=patches HEAD~1..) >out &&
	grep -c "import [efg] (Eve)" out >count && echo 3 >expect &&
	test_cmp expect count
'

test_expect_success 'a mail that only gets another name stays what it is' '
	new_path=00/$(printf "%038d" 1) && v1_add mail.f $new_path &&
	v1_remove mail.f && mail_time=$((mail_time + 60)) &&
	v1_commit "another name" &&
	(cd old.git && git digest --format=json HEAD~2..) >out &&
	grep "\"messages\":3,\"patches\":3" out && grep "import f" out &&
	(cd old.git && test_expect_code 1 git digest -q --exit-code HEAD~1..)
'

test_expect_success 'a mail that was changed takes the place of the old one' '
	v1_add last last.path 2>/dev/null &&
	git -C old.git rm -q --cached last.path &&
	sed "s/\[PATCH\] last/[PATCH] other/" last >other &&
	v1_add other && v1_commit "edit" &&
	(cd old.git && git digest --sections=patches HEAD) >out &&
	grep "\[PATCH\] other" out && ! grep "\[PATCH\] last" out
'

test_expect_success 'a merge tells nothing that its commits do not tell' '
	both=$(git -C old.git rev-parse HEAD) &&
	printf "Text.\n" | make_mail side.1 "Fay <fay@x>" "[PATCH] side" \
		"Message-ID: <side@example>" && v1_add side.1 &&
	v1_commit "[PATCH] side" && side=$(git -C old.git rev-parse HEAD) &&
	git -C old.git update-ref HEAD $both &&
	git -C old.git read-tree HEAD &&
	printf "Text.\n" | make_mail side.2 "Gus <gus@x>" "[PATCH] main" \
		"Message-ID: <main@example>" && v1_add side.2 &&
	v1_commit "[PATCH] main" && v1_add side.1 &&
	v1_commit "Merge" $side &&
	(cd old.git && git digest --format=json $both..) >out &&
	grep -c "\"label\"" out >count && echo 2 >expect &&
	test_cmp expect count
'

test_expect_success 'a shallow clone says that one mail is unknown' '
	git clone -q --bare --depth=3 "file://$PWD/old.git" shallow.git &&
	(cd shallow.git && git digest HEAD 2>../err) >out &&
	grep "^warning: . mails\{0,1\} could not be read: .*git fetch --unshallow" err &&
	grep "\[PATCH\] side" out && ! grep "\[PATCH\] many" out
'

test_expect_success 'the last mail may go' '
	new_mirror gone.git && rm -rf old.git && mv gone.git old.git &&
	v1_add last && v1_commit "[PATCH] last" &&
	v1_remove last && v1_commit rm &&
	(cd old.git && git digest --format=json HEAD) >out &&
	grep "\"removed\":1" out && grep "\"patches\":0" out
'

test_expect_success 'a damaged tree costs only its mails' '
	v1_add other && v1_commit "[PATCH] other" &&
	damaged=$(git -C old.git rev-parse HEAD^{tree}) &&
	v1_add last && v1_commit "[PATCH] last" &&
	file=old.git/objects/$(echo $damaged | sed "s,..,&/,") &&
	chmod u+w $file && >$file &&
	(cd old.git && git digest HEAD 2>../err) >out &&
	grep "^warning: 2 mails could not be read: objects are missing" err
'

test_done
