#!/bin/sh

test_description='--against finds the commits that patches have become'

. "${0%/*}/lib-digest.sh"

# Mails and commits have the same times here.
GIT_COMMITTER_DATE='1700000600 +0000' && export GIT_COMMITTER_DATE

# change <file> <old> <new>: replace a line of the file in code/.
change () {
	sed -i "s/^$2\$/$3/" "code/$1"
}

# post <subject> [<git format-patch option>...]: post the newest commit of code,
# and take it back there.
post () {
	subject=$1 && shift &&
	git -C code format-patch -1 --stdout "$@" >format &&
	{
		printf "From: Ann <ann@x>\nSubject: %s\n" "$subject" &&
		printf "Message-ID: <%s@example>\n" "$((mail_time))" &&
		printf "List-Id: <things.example.com>\n" &&
		sed "1,/^\$/{/^\$/!{/^Content-Type/!d;};}" format
	} >mail.tmp &&
	add_mail m.git mail.tmp &&
	git -C code reset -q --hard HEAD^
}

# commit <title> [<option>...]: commit all of code.
commit () {
	title=$1 && shift &&
	git -C code add -A && git -C code commit -q -m "$title" "$@"
}

# found [<option>...]: print the titles of the patches that are found, with the
# subjects of their commits if these are others, sorted.
found () {
	(cd m.git && git digest --against=../code --format=json \
		--sections=patches "$@" HEAD) >out.json &&
	perl -MJSON::PP -0777 -ne '
		for my $s (@{decode_json($_)->{series}}) {
			for (@{$s->{patches}}) {
				next unless $_->{applied_as};
				my $t = $_->{subject} =~ s/^\[.*?\] //r;
				my $c = `git -C code log -1 --format=%s $_->{applied_as}`;
				$c =~ s{\n}{};
				print $c eq $t ? "$t\n" : "$t: $c\n";
			}
		}' out.json | sort
}

test_expect_success 'set up code, and patches for it' '
	new_mirror m.git &&
	git init -q -b main code &&
	seq 1 100 >code/f && seq 1 100 >code/g && mkdir code/d &&
	printf "a\\0b" >code/bin && seq 1 30 >code/d/h &&
	commit base &&

	change f 50 fifty && commit one && post "[PATCH 1/3] one" &&
	change f 60 sixty && change g 60 sixty && commit two &&
	post "[PATCH 2/3] two" &&
	change g 10 ten && commit three && post "[PATCH 3/3] three" &&

	change f 70 seventy && commit wide && post "[PATCH] wide" -U10 &&
	change f 80 eighty && commit moved && post "[PATCH] moved" &&
	change f 90 ninety && commit near && post "[PATCH] near" &&
	git -C code mv d/h d/i && change d/i 5 five && commit rename &&
	post "[PATCH] rename" &&
	git -C code mv d/h d/j && change d/j 6 six && commit no-rename &&
	post "[PATCH] no-rename" --no-renames &&
	printf "a\\0c" >code/bin && commit binary && post "[PATCH] binary" &&
	printf "a\\0d" >code/bin && commit other-binary &&
	post "[PATCH] other-binary" &&
	seq 5 >code/new && commit new && post "[PATCH] new" &&
	git -C code rm -q g && commit gone && post "[PATCH] gone" &&
	change g 20 twenty && commit noprefix &&
	post "[PATCH] noprefix" --no-prefix &&
	change g 30 thirty && commit rejected && post "[PATCH] rejected" &&
	change g 40 forty && commit changed && post "[PATCH] changed" &&
	change g 80 eighty && commit retitled && post "[PATCH] retitled" &&
	change f 30 thirty && commit elsewhere && post "[PATCH] elsewhere" &&
	git -C code mv f ff && change ff 5 five && commit renamed &&
	post "[PATCH] renamed" &&
	change f 20 early && commit early && post "[PATCH] early" &&
	printf "caf\\351\\n" >code/latin && commit latin &&
	git -C code tag base HEAD~1 &&
	post "[PATCH] latin" --add-header="Content-Type: text/plain; charset=iso-8859-1" &&
	found >actual && test_must_be_empty actual
'

test_expect_success 'they are found, whatever is around them' '
	change f 20 early &&
	(GIT_COMMITTER_DATE="1699700000 +0000" && commit early) &&
	git -C code mv f ff && change ff 5 five && commit "other name" &&
	git -C code mv ff f && change f five 5 && commit "back again" &&
	# lines before it
	sed -i "1i new\\nlines" code/f && commit shift &&
	change f 50 fifty && commit one &&
	change f 60 sixty && change g 60 sixty && commit two &&
	change f 70 seventy && commit wide &&
	# other lines around it
	change f 78 other && change f 81 eighty-one && commit around &&
	change f 80 eighty && commit moved &&
	change f 28 other && commit around2 &&
	# the change of one patch, under the title of another
	change f 30 thirty && commit near &&
	printf "caf\\351\\n" >code/latin && commit latin &&
	git -C code mv d/h d/i && change d/i 5 five && commit rename &&
	git -C code mv d/i d/h && change d/h five 5 && commit back &&
	git -C code mv d/h d/j && change d/j 6 six && commit no-rename &&
	printf "a\\0c" >code/bin && commit binary &&
	seq 5 >code/new && commit new &&
	change g 20 twenty && commit noprefix &&
	change g 40 FORTY && commit changed &&
	change g 80 eighty && commit "another title" &&
	change g 90 ninety && commit near &&
	found >actual &&
	cat >expect <<-\EOF &&
	binary
	early
	latin
	moved
	new
	no-rename
	noprefix
	one
	rename
	renamed: other name
	retitled: another title
	two
	wide
	EOF
	test_cmp expect actual
'

test_expect_success 'a file that is gone, and a new one are found as of diff(1)' '
	git init -q code2 && new_mirror n.git &&
	seq 3 >code2/old && git -C code2 add old && git -C code2 commit -q -m base &&
	git -C code2 rm -q old && git -C code2 commit -q -m gone &&
	seq 2 >code2/new && git -C code2 add new && git -C code2 commit -q -m new &&
	{
		printf "From: A <a@b>\nSubject: [PATCH] gone\n\n" &&
		printf -- "--- linux.orig/old\t2026-01-01\n+++ /dev/null\n" &&
		printf -- "@@ -1,3 +0,0 @@\n-1\n-2\n-3\n"
	} >mail.tmp && add_mail n.git mail.tmp &&
	{
		printf "From: A <a@b>\nSubject: [PATCH] new\n\n" &&
		printf -- "--- /dev/null\n+++ linux/new\n@@ -0,0 +1,2 @@\n+1\n+2\n"
	} >mail.tmp && add_mail n.git mail.tmp &&
	(cd n.git && git digest --against=../code2 --sections=patches HEAD) \
		>out &&
	grep "new (A; applied as $(git -C code2 rev-parse HEAD | cut -c1-12))" \
		out &&
	grep "gone (A; applied as $(git -C code2 rev-parse HEAD^ | cut -c1-12))" out
'

test_expect_success 'the page says of what, and of how much' '
	one=$(git -C code log -1 --format=%H --grep="^one\$" | cut -c1-12) &&
	(cd m.git && git digest --against=../code HEAD) >out &&
	grep "\[PATCH 1/3\] one (Ann; applied as $one, 2 of 3)\$" out &&
	sed -n "/^New:  one/,/^\$/p" out >actual &&
	cat >expect <<-EOF &&
	New:  one
	[PATCH 1/3] one
	Author: Ann <ann@x>
	Applied as: $one, 2 of 3

	EOF
	test_cmp expect actual &&
	(cd m.git && git digest --against=../code -s HEAD) >out &&
	grep " one  Ann  .*  applied 2 of 3 = $one\$" out &&
	grep " wide  Ann  .*  applied = [0-9a-f]\{12\}\$" out &&
	grep " rejected  Ann  .*  no answer\$" out
'

test_expect_success 'it counts for the state, beside what is said' '
	echo "Applied, thanks." |
	id=re reply m.git "Cid <cid@x>" "Re: [PATCH] rejected" \
		"$(git -C m.git log --format=%ct --grep=rejected |
		awk "{ print \$1 - 60 }")" &&
	two=$(git -C code log -1 --format=%H --grep="^two\$" | cut -c1-12) &&
	(cd m.git && git digest --against=../code --sections=status HEAD) >out &&
	sed -n "/PATCH 1.3/,/^[0-9a-f]* \[PATCH\]/p" out | sed "1d;\$d" >actual &&
	cat >expect <<-EOF &&
	    applied 2 of 3
	    applied as $one, $two
	EOF
	test_cmp expect actual &&
	grep -A1 "PATCH\] rejected" out | grep "    applied by Cid; 1 reply" &&
	(cd m.git && git digest --against=../code --state=applied -s HEAD) >out &&
	grep wide out && ! grep changed out &&
	(cd m.git && git digest --against=../code --format=json HEAD) >out &&
	grep "\"against\":" out &&
	grep "{\"repository\":\"../code\",\"commit\":\"$(git -C code rev-parse HEAD)\"}" out &&
	grep "\"applied\":\[{\"number\":1,\"commit\":\"$one[0-9a-f]*\",\"by\":null,\"how\":\"patch-id\"}" out
'

test_expect_success 'who says it is told, too' '
	echo "Applied, thanks." |
	id=re2 reply m.git "Cid <cid@x>" "Re: [PATCH] wide" \
		"$(git -C m.git log --format=%ct --grep=wide |
		awk "{ print \$1 - 60 }")" &&
	(cd m.git && git digest --against=../code --sections=status HEAD) >out &&
	grep -A2 "PATCH\] wide" out | grep "    applied by Cid; 1 reply" &&
	grep -A2 "PATCH\] wide" out | grep "    applied as [0-9a-f]\{12\}\$"
'

test_expect_success 'commits that are much older are not looked at' '
	git init -q old &&
	git -C code fast-export main |
	sed "s/^\(committer .*\) [0-9]* +0000\$/\1 1699300000 +0000/" |
	git -C old fast-import --quiet &&
	(cd m.git && git digest --against=../old:main --sections=patches HEAD) \
		>out &&
	grep "\[PATCH\] wide (Ann)" out && ! grep "applied as" out &&
	git -C code fast-export main |
	sed "s/^\(committer .*\) [0-9]* +0000\$/\1 1699500000 +0000/" |
	git -C old fast-import --quiet --force &&
	(cd m.git && git digest --against=../old:main --sections=patches HEAD) \
		>out &&
	grep "applied as" out
'

test_expect_success 'list.code names the repository' '
	echo "list: {code: code}" >list.yaml &&
	(cd m.git && git digest --config=../list.yaml --against \
		--sections=patches HEAD) >out &&
	grep "wide (Ann; applied as" out &&
	(cd m.git && git digest --config=../list.yaml --sections=patches HEAD) \
		>out && ! grep "applied as" out &&
	mv code "$HOME/code" &&
	echo "list: {code: ~/code:main}" >list.yaml &&
	(cd m.git && git digest --config=../list.yaml --against \
		--sections=patches HEAD) >out &&
	grep "wide (Ann; applied as" out &&
	(cd m.git && git digest --against="~/code:main~2" --sections=patches \
		HEAD) >out &&
	grep "wide (Ann; applied as" out && ! grep "retitled (Ann; " out &&
	mv "$HOME/code" code
'

# fails <message> <option>...: is this the error, and nothing is printed?
fails () {
	message=$1 && shift &&
	(cd "${in-m.git}" && test_expect_code 128 git digest "$@" HEAD \
		>../out 2>../err) &&
	test_must_be_empty out && test "$(wc -l <err)" = 1 &&
	{ grep "^fatal: $message" err || { cat err; false; }; }
}

test_expect_success 'what cannot be compared is an error' '
	fails "--against needs a repository: name it with" --against &&
	for text in ../nope ../nope:main https://example.com/x.git :main
	do
		fails "--against: cannot open .$text., which has to be a repos" \
			--against=$text || return 1
	done &&
	for branch in nope ^main main..main~1
	do
		fails "--against: .$branch. is no commit that can be read" \
			--against=../code:$branch || return 1
	done &&
	git init -q empty &&
	fails "--against: .HEAD. is no commit that can be read in .../empty." \
		--against=../empty &&
	git init -q --object-format=sha256 sha256 &&
	fails "--against: .../sha256. has object names of another kind" \
		--against=../sha256 &&
	in=code fails "--against needs the mirror of a mailing list" \
		--against=. &&
	rm -rf broken && git clone -q --no-local code broken &&
	tree=$(git -C broken rev-parse main~2^{tree}) &&
	git -C broken unpack-objects -q <"$(ls code/.git/objects/pack/*.pack |
		head -n 1)" 2>/dev/null
	rm -rf broken && cp -r code broken &&
	file=$(echo $tree | sed "s,^..,&/,") &&
	test -f broken/.git/objects/$file && rm -f broken/.git/objects/$file &&
	fails "--against: cannot compare with .../broken.: " --against=../broken
'

test_expect_success 'a partial clone says how to get all' '
	git -C code config uploadpack.allowFilter true &&
	git clone -q -n --filter=blob:none --no-local "file://$PWD/code" \
		partial &&
	fails "--against: objects are missing from the partial clone" \
		--against=../partial &&
	grep "git fetch --refetch --no-filter origin. in it gets them" err
'

test_expect_success 'a shallow clone has no older commits, and this is told' '
	git clone -q --depth=3 "file://$PWD/code" shallow &&
	(cd m.git && git digest --against=../shallow --sections=patches HEAD \
		>../out 2>../err) &&
	grep "^warning: .../shallow. is a shallow clone: older commits" err &&
	grep "retitled (Ann; applied as" out && ! grep "wide (Ann; app" out
'

test_expect_success 'a folder may have a colon in its name' '
	git clone -q code co:lon && git -C co:lon branch other &&
	for where in ../co:lon ../co:lon:other
	do
		(cd m.git && git digest --against=$where --sections=patches \
			HEAD) >out &&
		grep "wide (Ann; applied as" out || return 1
	done
'

test_expect_success 'nothing is written to the other repository' '
	find code | sort | xargs ls -ld --time-style=full-iso >before &&
	(cd m.git && git digest --against=../code HEAD) >out &&
	find code | sort | xargs ls -ld --time-style=full-iso >after &&
	test_cmp before after
'

test_done
