#!/bin/sh

test_description='packed and loose objects, whole and damaged'

. "${0%/*}/lib-digest.sh"

test_expect_success 'set up a mirror whose objects are all loose' '
	new_mirror m.git &&
	for i in 1 2 3
	do
		patch m.git "A <a@b>" "[PATCH] small $i" || return 1
	done &&
	{
		printf "From: A <a@b>\nSubject: [PATCH] large\n\n" &&
		perl -e "srand 1; print map { chr(33 + rand 90),
			rand() < .02 ? qq(\n) : q() } 1 .. 80000"
	} >mail &&
	add_mail m.git mail &&
	(cd m.git && git digest HEAD) >expect &&
	grep "large" expect
'

test_expect_success 'packed objects give the same digest as loose ones' '
	git clone -q --bare --no-local m.git packed.git &&
	test "$(git -C packed.git count-objects)" = "0 objects, 0 kilobytes" &&
	(cd packed.git && git digest HEAD) | sed "s/^packed/m/" >actual &&
	test_cmp expect actual &&
	patch packed.git "A <a@b>" "[PATCH] later" &&
	(cd packed.git && git digest HEAD) >out &&
	grep later out && grep large out
'

test_expect_success 'loose objects of every small size are read' '
	new_mirror sizes.git &&
	perl -e "srand 1; for \$n (1 .. 300) {
		\$mail = qq(From: A <a\\@b>\nSubject: [PATCH] \$n\n\n) .
			join q(), map { chr(33 + rand 90) } 1 .. \$n;
		print qq(commit refs/heads/master\ncommitter A <a\\@b> ),
			1600000000 + \$n, qq( +0000\n),
			qq(data <<E\n[PATCH] \$n\nE\nM 100644 inline m\ndata ),
			length \$mail, qq(\n\$mail\n) }" |
	git -C sizes.git -c fastimport.unpackLimit=100000 fast-import --quiet &&
	test "$(git -C sizes.git count-objects | cut -d" " -f1)" = 900 &&
	(cd sizes.git && git digest HEAD) >loose &&
	test "$(grep -c "^New:" loose)" = 300 &&
	git -C sizes.git repack -q -a -d &&
	(cd sizes.git && git digest HEAD) >packed &&
	test_cmp packed loose
'

test_expect_success 'alternates of alternates are read, also with odd names' '
	mkdir "odd: \"name" &&
	git clone -q --bare m.git "odd: \"name/one.git" &&
	git -C "odd: \"name/one.git" repack -q -a -d &&
	git clone -q --bare --shared "odd: \"name/one.git" two.git &&
	git clone -q --bare --shared two.git three.git &&
	(cd three.git && git digest HEAD) | sed "s/^three/m/" >actual &&
	test_cmp expect actual &&
	git init -q --bare empty.git &&
	head=$(git -C m.git rev-parse HEAD) &&
	(
		one="$PWD/odd: \\\"name/one.git/objects" &&
		GIT_ALTERNATE_OBJECT_DIRECTORIES="\"$one\"" &&
		export GIT_ALTERNATE_OBJECT_DIRECTORIES &&
		cd empty.git && git digest $head
	) | sed "s/^empty/m/" >actual &&
	test_cmp expect actual
'

test_expect_success 'GIT_OBJECT_DIRECTORY is heeded' '
	git clone -q --bare m.git moved.git && mv moved.git/objects elsewhere &&
	mkdir moved.git/objects &&
	(
		GIT_OBJECT_DIRECTORY=$PWD/elsewhere &&
		export GIT_OBJECT_DIRECTORY &&
		cd moved.git && git digest HEAD
	) | sed "s/^moved/m/" >actual &&
	test_cmp expect actual
'

test_expect_success 'abbreviations are unique among loose objects, too' '
	git clone -q --bare m.git short.git &&
	id=$(git -C short.git rev-parse HEAD) &&
	for digits in 7 8 9
	do
		start=$(echo $id | cut -c 1-$digits) &&
		rest=$(echo $id | cut -c $((digits + 1))-40 |
			tr 0-9a-f 1-9a-f0) &&
		folder=short.git/objects/$(echo $id | cut -c 1-2) &&
		mkdir -p $folder &&
		>$folder/$(echo $start$rest | cut -c 3-) ||
			return 1
	done &&
	(cd short.git && git digest HEAD) >out &&
	short=$(git -C short.git rev-parse --short HEAD) &&
	grep "^From the beginning to $short$" out
'

# file_of <id>: print the file of a loose object.
file_of () {
	echo "cut.git/objects/$(echo $1 | sed "s,..,&/,")"
}

# ends <id>: cut the object to several lengths. Each time git digest ends within
# five seconds, with a warning or a fatal line.
ends () {
	file=$(file_of $1) && chmod u+w $file && cp $file whole &&
	size=$(wc -c <whole) &&
	for i in 0 1 2 3 5 8 12 20 29 $((size / 4)) $((size / 2)) \
		$((size - 9)) $((size - 5)) $((size - 4)) $((size - 1))
	do
		test $i -lt $size || continue
		head -c $i whole >$file
		(cd cut.git && timeout 5 git-digest HEAD) >out 2>err
		code=$?
		case $code in
		0) grep "^warning: " err >/dev/null ;;
		128) test_must_be_empty out && grep "^fatal: " err >/dev/null ;;
		*) false ;;
		esac || { echo "$i of $size: exit $code"; cat err; return 1; }
	done &&
	cp whole $file
}

test_expect_success 'an object that was cut short is reported at once' '
	cp -r m.git cut.git &&
	for name in HEAD HEAD~2 HEAD^{tree} HEAD~2^{tree} HEAD:m HEAD~2:m
	do
		ends $(git -C cut.git rev-parse $name) ||
			{ echo $name; return 1; }
	done
'

# The sanitizers need more memory than this limit for themselves.
limit="ulimit -v 2000000"
($limit && git-digest --version) >/dev/null 2>&1 || limit=:

test_expect_success 'an object that lies about its size uses no memory' '
	blob=$(git -C cut.git rev-parse HEAD~2:m) && file=$(file_of $blob) &&
	chmod u+w $file &&
	for header in "blob 99999999999999999999" "blob 18446744073709551614" \
		"blob 9999999999" "blob -1" "bolb 3" "blob 1" "blob"
	do
		perl -MCompress::Zlib -e \
			"print compress(qq(\$ARGV[0]\\0) . q(x) x 50)" \
			"$header" >$file &&
		(cd cut.git && $limit && timeout 5 git-digest HEAD) \
			>out 2>err &&
		grep "^warning: 1 mail could not be read" err ||
			{ echo $header; return 1; }
	done
'

test_expect_success 'a wrong byte is noticed, even if it still inflates' '
	blob=$(git -C cut.git rev-parse HEAD~1:m) && file=$(file_of $blob) &&
	chmod u+w $file && cp $file whole &&
	(cd cut.git && git digest --sections=messages HEAD) >before 2>err &&
	for at in 20 40 60 80 $(($(wc -c <whole) - 1))
	do
		perl -e "local \$/; open F, q(<), shift; \$_ = <F>;
			substr(\$_, \$ARGV[0], 1) ^= chr 1; print" \
			whole $at >$file &&
		! git -C cut.git cat-file blob $blob >/dev/null 2>&1 || continue
		(cd cut.git && git digest --sections=messages HEAD) \
			>out 2>err &&
		grep "^warning: 2 mails could not be read" err ||
			{ echo $at; cat err; return 1; }
	done
'

test_expect_success 'libgit2 is loaded for mails only, and missed in one line' '
	mkdir broken && name=$(grep -ao "libgit2\.so\.[0-9.]*[0-9]" \
		"$(command -v git-digest)" | head -n 1) && >broken/$name &&
	git init -q -b main code && git -C code commit -q --allow-empty -m 1 &&
	(
		LD_LIBRARY_PATH=$PWD/broken && export LD_LIBRARY_PATH &&
		(cd code && git digest HEAD) && cd m.git &&
		test_expect_code 128 git digest HEAD >../out 2>../err
	) &&
	test_must_be_empty out && test $(wc -l <err) = 1 &&
	grep "^fatal: cannot load libgit2: .*$name" err
'

test_done
