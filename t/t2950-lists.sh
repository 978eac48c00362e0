#!/bin/sh

test_description='several lists in one digest, and --lists'

. "${0%/*}/lib-digest.sh"

lists=$XDG_CONFIG_HOME/git-digest

# write_list <name> [<line>...]: write the YAML file of a list, whose mirror is
# <name>.git, and what else it says.
write_list () {
	name=$1 && shift &&
	{
		printf "list: {name: %s, id: %s.example.com, mirror: %s}\n" \
			"$name" "$name" "$PWD/$name.git" &&
		for line
		do
			printf "%s\n" "$line" || return 1
		done
	} >"$lists/$name.yaml"
}

# on <list>... -- <function> <argument>...: let the same mail arrive on each list;
# an argument "-" is the mirror.
on () {
	to= &&
	while test "$1" != --
	do
		to="$to $1" && shift || return 1
	done &&
	shift && function=$1 && shift && cat >text &&
	first=$mail_time &&
	for list in $to
	do
		mail_time=$first &&
		"$function" $list.git "$@" <text || return 1
	done
}

# digest [<option>...]: the digest of the lists, from a folder outside them.
digest () {
	(cd nowhere && git digest "$@" >../out 2>../err)
}

both="--list=one --list=two"

test_expect_success 'set up two lists, and mails that went to both' '
	mkdir -p "$lists" nowhere &&
	new_mirror one.git && new_mirror two.git &&
	write_list one && write_list two &&
	id=a on one -- patch "Ann <ann@x>" "[PATCH] only one" </dev/null &&
	id=b on one two -- patch "Bob <bob@x>" "[PATCH] both" </dev/null &&
	id=c on two -- patch "Cid <cid@x>" "[PATCH] only two" </dev/null &&
	echo hm | id=d on two one -- reply "Dee <dee@x>" "Re: [PATCH] both" b &&
	mail_time=$((mail_time + 60))
'

test_expect_success 'each mail is listed once, where it is first' '
	digest $both --patches=none --sections=contributors,patches HEAD &&
	name_commits one.git <out >tmp && name_commits two.git <tmp >actual &&
	cat >expect <<-\EOF &&
	From the beginning to <mail 4>
	one mailing list update from the beginning to <mail 4>

	Top 15 contributors (Based on Email Body)

	      1  Bob <bob@x>
	      1  Ann <ann@x>

	===== Patch list in this time period =====

	<mail 2> [PATCH] both (Bob; also on two)
	<mail 1> [PATCH] only one (Ann)

	From the beginning to <mail 4>
	two mailing list update from the beginning to <mail 4>

	Top 15 contributors (Based on Email Body)

	      1  Cid <cid@x>

	===== Patch list in this time period =====

	<mail 3> [PATCH] only two (Cid)

	EOF
	test_cmp expect actual && test_must_be_empty err
'

test_expect_success 'the order of the options is that of the parts' '
	digest --list=two --list=one -s HEAD &&
	grep "^two 14 Nov 2023, 3 mails, 2 patches, 2 series, 1 reply, 3 people" \
		out &&
	grep "both +one " out &&
	grep "^one 14 Nov 2023, 1 mail, 1 patch, 1 series, 0 replies, 1 person" \
		out
'

test_expect_success 'a message says where else it went' '
	digest $both --sections=messages HEAD &&
	grep -A 1 "^Author: Bob <bob@x>" out >actual &&
	printf "Author: Bob <bob@x>\nAlso on: two\n" >expect &&
	test_cmp expect actual &&
	grep -c "^Text of \[PATCH\] both" out >count && echo 1 >expect &&
	test_cmp expect count &&
	grep -c "^Also on:" out >count && test_cmp expect count
'

test_expect_success 'the default text of one list is as without the other' '
	digest --list=one HEAD && mv out expect &&
	digest $both HEAD && sed "/^Also on/d; s/; also on two//" out |
	perl -0777 -pe "s/^From [^\n]*\ntwo mail.*//ms" >actual &&
	test_cmp expect actual
'

test_expect_success 'JSON has an array of the lists' '
	digest $both --format=json HEAD &&
	perl -MJSON::PP -0777 -e "
		my \$d = decode_json(<>);
		for my \$l (@{\$d->{lists}}) {
			print join(\" \", \$d->{schema}, \$l->{kind},
				\$l->{list}{name},
				map { \"\$_=\$l->{counts}{\$_}\" }
				qw(messages patches replies listed_before)), \"\n\";
			print join(\" \", map { \"\$_->{title}:\" .
				join(\",\", @{\$_->{also_on}}) . \":\$_->{state}\" }
				@{\$l->{series}}), \"\n\";
		}" out >actual &&
	cat >expect <<-\EOF &&
	1 inbox one messages=3 patches=2 replies=1 listed_before=0
	both:two:under review only one::no answer
	1 inbox two messages=1 patches=1 replies=0 listed_before=2
	only two::no answer
	EOF
	test_cmp expect actual
'

test_expect_success 'a reply that went to one list only counts for the patch' '
	printf "Applied, thanks\n" |
	id=e on two -- reply "Eve <eve@x>" "Re: [PATCH] only one" a &&
	mail_time=$((mail_time + 60)) &&
	printf "Reviewed-by: Fay <fay@x>\n" |
	id=f on two -- reply "Fay <fay@x>" "Re: [PATCH] both" b \
		"References: <b@example> <d@example>" &&
	mail_time=$((mail_time + 60)) &&
	digest $both --sections=status,summary HEAD &&
	grep -A 1 "only one (Ann)" out | grep "applied by Eve" &&
	grep -A 2 "both (Bob" out | grep "Reviewed-by: Fay" &&
	sed -n "s/^ *\([0-9]*\) \(mails\|replies\)$/\2 \1/p" out >actual &&
	printf "mails %d\nreplies %d\n" 3 1 3 2 | sed "s/replies 1/x/" >expect &&
	sed -i "s/replies 1/x/" actual && grep "mails 3" actual &&
	digest --list=two --list=one --sections=status HEAD &&
	grep -A 2 "both (Bob" out | grep "Reviewed-by: Fay" &&
	grep -A 1 "only one (Ann)" out | grep "applied by Eve"
'

test_expect_success '... and one that many lists have counts once' '
	digest --list=two --list=one --format=json HEAD &&
	grep "\"reviewers\"" out &&
	sed -n "/^\"reviewers\": \[/,/^\]/s/.*\"email\":\"\(.*\)@x.*/\1/p" out |
	sort >actual &&
	printf "%s\n" dee eve fay >expect && test_cmp expect actual
'

test_expect_success 'a series that went in parts to both is cut' '
	id=s0 on one two -- patch "Gus <gus@x>" "[PATCH 0/2] parts" </dev/null &&
	id=s1 on one -- patch "Gus <gus@x>" "[PATCH 1/2] first part" \
		"In-Reply-To: <s0@example>" </dev/null &&
	id=s2 on two -- patch "Gus <gus@x>" "[PATCH 2/2] second part" \
		"In-Reply-To: <s0@example>" </dev/null &&
	digest $both --sections=patches -n 4 HEAD &&
	sed -n "s/^[0-9a-f]* \(\[.*parts*\).*/\1/p" out >actual &&
	printf "[PATCH %s\n" "0/2] parts" "2/2] second part" >expect &&
	test_cmp expect actual &&
	digest $both --patches=all --sections=messages -n 4 HEAD &&
	grep -c "^New:  .* part" out >count && echo 2 >expect &&
	test_cmp expect count
'

test_expect_success 'an older series that both have got mail on is listed once' '
	echo "Ping?" |
	id=p on one two -- reply "Bob <bob@x>" "Re: [PATCH] both" b &&
	mail_time=$((mail_time + 60)) &&
	echo "Hm." |
	id=q on two -- reply "Bob <bob@x>" "Re: [PATCH] only two" c &&
	mail_time=$((mail_time + 60)) &&
	digest $both --sections=discussed HEAD~1.. &&
	grep -c "both (Bob)" out >count && echo 1 >expect &&
	test_cmp expect count && grep "only two (Cid)" out &&
	digest $both --sections=pulls,reports,threads HEAD~1.. &&
	grep -c "^one mailing" out
'

test_expect_success 'where all is listed above, the list says so' '
	new_mirror three.git && write_list three &&
	echo late | id=p on three -- reply "Bob <bob@x>" "Re: [PATCH] both" b &&
	digest --list=one --list=three --sections=patches -n 1 HEAD &&
	grep "^Its only mail is listed above.$" out && test_must_be_empty err &&
	digest --list=three --list=one --list=two -s -n 2 HEAD &&
	grep "^three .*1 mail" out
'

test_expect_success 'lists without mail are named in one line' '
	digest $both --list=three --since=2024-01-01 &&
	test_must_be_empty out &&
	echo "warning: no mail on one, two, three" >expect &&
	test_cmp expect err &&
	test_expect_code 1 digest $both --since=2024-01-01 --exit-code -q &&
	test_must_be_empty err && digest $both -n 1 --exit-code
'

test_expect_success 'limits and filters of each list count' '
	write_list two "filters: {exclude: {from: [\"cid@*\"]}}" &&
	digest $both --sections=patches HEAD && ! grep "only two" out &&
	digest $both --author=gus --sections=patches HEAD &&
	grep "0/2. parts" out && ! grep "\[PATCH\] both" out &&
	write_list two
'

test_expect_success 'a mail that a list excludes is shown by the other' '
	write_list one "filters: {exclude: {from: [\"bob@*\"]}}" &&
	digest $both --sections=patches HEAD &&
	grep "\[PATCH\] both (Bob)" out && write_list one
'

test_expect_success 'a list that is named twice is read once' '
	digest --list=one --list=ONE.example.com --sections=patches HEAD &&
	grep -c "^one mailing list" out >count && echo 1 >expect &&
	test_cmp expect count && ! grep "also on" out
'

# fails <message> <option>...: is this the error, and nothing is printed?
fails () {
	message=$1 && shift &&
	test_expect_code 128 digest "$@" && test_must_be_empty out &&
	test "$(wc -l <err)" = 1 &&
	{ grep "^fatal: $message" err || { cat err; false; }; }
}

test_expect_success 'what cannot be done is an error that names the list' '
	fails "no YAML file in .* is about the list .nope." $both --list=nope &&
	fails "one: ambiguous argument .HEAD~12" $both HEAD~12 &&
	fails "options .--list. and .--all-lists. cannot be" --all-lists $both &&
	fails "options .--config. and .--all-lists. cannot" --all-lists \
		--config=x &&
	fails "--compare is for one list" $both --compare &&
	fails "--kind=code reads one repository" $both --kind=code &&
	write_list gone &&
	fails "gone: .*gone.git" $both --list=gone HEAD &&
	echo "list: {name: bare}" >"$lists/bare.yaml" &&
	fails "bare: no mirror of the list .bare. is known; set list.mirror" \
		$both --list=bare HEAD &&
	git init -q -b main gone.git &&
	git -C gone.git commit -q --allow-empty -m code &&
	fails "gone: .*gone.git., which list.mirror names, is no mirror" \
		$both --list=gone HEAD &&
	rm -rf gone.git "$lists/gone.yaml" "$lists/bare.yaml" &&
	git -C one.git config digest.format json &&
	fails "git config has different formats" $both HEAD &&
	digest $both --format=text HEAD &&
	git -C one.git config --unset digest.format
'

test_expect_success '--all-lists takes every file that names a mirror' '
	echo "list: {name: other, id: other.example.com}" >"$lists/other.yaml" &&
	digest --all-lists --sections=patches HEAD &&
	sed -n "s/ mailing list update.*//p" out >actual &&
	printf "%s\n" one three two >expect && test_cmp expect actual &&
	rm "$lists/t"*.yaml && digest --all-lists --sections=patches HEAD &&
	grep "^one mailing list" out && ! grep "also on" out &&
	rm "$lists/one.yaml" &&
	fails "--all-lists: no list has a mirror; set list.mirror" --all-lists &&
	echo "list: {nam: x}" >"$lists/bad.yaml" &&
	fails ".*bad.yaml:1:8: unknown key" --all-lists &&
	fails ".*bad.yaml:1:8: unknown key" --lists && rm "$lists/bad.yaml" &&
	write_list one && write_list two && write_list three
'

test_expect_success 'each list has a mark of its own, and all move at the end' '
	digest $both --mark HEAD && test -e one.git/digest/last &&
	test -e two.git/digest/last && ! test -e three.git/digest &&
	id=n on two -- patch "New <new@x>" "[PATCH] new" </dev/null &&
	digest $both --since-last --sections=patches --mark -o ../file &&
	grep "PATCH. new" file && ! grep "^one mailing" file &&
	grep "^warning: no mail on one$" err &&
	test_expect_code 1 digest $both --since-last --exit-code &&
	id=o on one -- patch "New <new@x>" "[PATCH] newer" </dev/null &&
	cp one.git/digest/last before &&
	test_expect_code 128 digest $both --since-last --mark -o no/such &&
	test_cmp before one.git/digest/last &&
	mv two.git/digest digest && >two.git/digest &&
	fails "two: --mark: cannot create" $both --since-last --mark &&
	test_cmp before one.git/digest/last &&
	rm two.git/digest && mv digest two.git/digest
'

test_expect_success '--lists shows where the mirrors are, and what is new' '
	id=o on one -- patch "New <new@x>" "[PATCH] newest" </dev/null &&
	write_list gone &&
	digest --lists &&
	time=$(date -u -d "@$(cut -d" " -f3 one.git/digest/last)" \
		"+%-d %b %Y %H:%M") &&
	time2=$(date -u -d "@$(cut -d" " -f3 two.git/digest/last)" \
		"+%-d %b %Y %H:%M") &&
	cat >expect <<-EOF &&
	gone  $PWD/gone.git  ...
	one  $PWD/one.git  2 new since $time
	three  $PWD/three.git  no mark
	two  $PWD/two.git  nothing new since $time2
	other  -  -
	EOF
	sed "s/gone.git  .*/gone.git  .../" out >actual &&
	test_cmp expect actual && grep "gone.git.*not a git repository\|cannot" out &&
	digest --lists --since-last=work && grep "one.git  no mark" out
'

test_expect_success '... also those of an inbox, and as JSON' '
	mkdir -p box/git && new_mirror box/git/0.git && new_mirror box/git/1.git &&
	id=x patch box/git/0.git "A <a@b>" "[PATCH] x" &&
	id=y patch box/git/1.git "A <a@b>" "[PATCH] y" &&
	rm "$lists"/*.yaml &&
	echo "list: {name: box, mirror: $PWD/box}" >"$lists/box.yaml" &&
	tip=$(git -C box/git/0.git rev-parse HEAD) && mkdir box/digest &&
	echo "0 $tip 1700000000" >box/digest/last &&
	digest --lists && grep " 1 new since 14 Nov 2023 22:13" out &&
	digest --lists --format=json &&
	perl -MJSON::PP -0777 -e "my \$l = decode_json(<>)->{lists}[0];
		print join(\" \", map { \$_ // \"null\" }
			@\$l{qw(name id new since problem)}), \"\n\"" out >actual &&
	echo "box null 1 2023-11-14T22:13:20+00:00 null" >expect &&
	test_cmp expect actual &&
	id=z patch box/git/0.git "A <a@b>" "[PATCH] z" &&
	git -C box/git/0.git update-ref HEAD HEAD~2 2>/dev/null ||
	git -C box/git/0.git update-ref HEAD \
		$(git -C box/git/0.git commit-tree -m other HEAD^{tree}) &&
	digest --lists && grep "the commit of the mark is gone" out
'

test_expect_success '--lists takes no revisions, and knows its formats' '
	fails "--lists shows all lists, and takes no revisions or paths" \
		--lists HEAD &&
	fails "--lists shows all lists" --lists -- path &&
	fails "bad value for .digest.format." --lists --format=json -s ||
	git config --global digest.format nope &&
	fails "bad value for .digest.format.: .nope. is none of" --lists &&
	git config --global --unset digest.format &&
	rm "$lists"/*.yaml && digest --lists && test_must_be_empty out
'

# fresh <list>...: begin with empty lists.
fresh () {
	rm -rf *.git "$lists"/* &&
	for list
	do
		new_mirror $list.git && write_list $list || return 1
	done
}

test_expect_success 'a reply is heard in each part that has a patch of the series' '
	fresh one two &&
	id=c on one two -- patch "Ann <ann@x>" "[PATCH 0/2] ser" </dev/null &&
	id=p1 on one two -- patch "Ann <ann@x>" "[PATCH 1/2] a" \
		"In-Reply-To: <c@example>" </dev/null &&
	id=p2 on two -- patch "Ann <ann@x>" "[PATCH 2/2] b" \
		"In-Reply-To: <c@example>" </dev/null &&
	echo "Series applied, thanks" |
	id=r on one -- reply "Mai <m@x>" "Re: [PATCH 0/2] ser" c &&
	for order in "$both" "--list=two --list=one"
	do
		digest $order -s HEAD && ! grep "no answer" out &&
		grep "applied" out || return 1
	done
'

test_expect_success '... and so is a reply to a reply that is heard' '
	fresh one two &&
	id=p on one two -- patch "Bob <bob@x>" "[PATCH] both" </dev/null &&
	echo hm | id=r1 on two -- reply "Dee <dee@x>" "Re: [PATCH] both" p &&
	mail_time=$((mail_time + 60)) &&
	echo "Applied, thanks" |
	id=r2 on two -- reply "Eve <eve@x>" "Re: [PATCH] both" r1 &&
	digest $both -s HEAD && grep "both +two  Bob  0m  2/2  -  applied" out
'

test_expect_success 'an older series of one list that both get mail on is shown' '
	fresh one two &&
	id=z on one -- patch "Zed <zed@x>" "[PATCH] old one" </dev/null &&
	id=p on two -- patch "Bob <bob@x>" "[PATCH] only two" </dev/null &&
	mail_time=$((mail_time + 864000)) &&
	echo "Reviewed-by: Dee <dee@x>" |
	id=r1 on one two -- reply "Dee <dee@x>" "Re: [PATCH] only two" p &&
	mail_time=$((mail_time + 60)) &&
	id=q on one two -- patch "Bob <bob@x>" "[PATCH] new" </dev/null &&
	digest $both --sections=discussed,reviewers HEAD~2.. &&
	grep -c "only two (Bob)" out >count && echo 1 >expect &&
	test_cmp expect count && grep "Reviewed-by: Dee" out &&
	grep "      1  Dee <dee@x>, 1 tag" out
'

test_expect_success 'a Message-ID that another mail has taken hides nothing' '
	fresh one two &&
	id=x on one -- patch "Spam <s@x>" "[PATCH] spam" </dev/null &&
	id=x on two -- patch "Bob <bob@x>" "[PATCH] fix" </dev/null &&
	digest $both --sections=patches HEAD &&
	grep "\[PATCH\] fix (Bob)" out && grep "\[PATCH\] spam (Spam)" out &&
	# a list may replace the sender
	id=y on one -- patch "Ann <ann@x>" "[PATCH] mine" \
		"Date: Mon, 5 Jan 2026 10:00:00 +0000" </dev/null &&
	id=y on two -- patch "Ann via two <two@x>" "[PATCH] mine" \
		"Date: Mon, 5 Jan 2026 10:00:00 +0000" </dev/null &&
	digest $both --sections=patches HEAD &&
	grep -c "mine" out >count && echo 1 >expect && test_cmp expect count
'

test_expect_success 'what one list leaves out counts where another shows it' '
	fresh one two &&
	write_list one "filters: {exclude: {from: [\"bob@*\"]}}" \
		"people: {bots: [ci@x]}" &&
	id=p on one two -- patch "Bob <bob@x>" "[PATCH] filtered" </dev/null &&
	id=q on one two -- patch "Ci <ci@x>" "[PATCH] of a bot" </dev/null &&
	id=r on one -- patch "Ann <ann@x>" "[PATCH] one" </dev/null &&
	digest $both --format=json HEAD &&
	sed -n "s/.*\"messages\":\([0-9]*\).*\"listed_before\":\([0-9]*\).*/\1 \2/p" \
		out >actual &&
	printf "1 2\n2 0\n" >expect && test_cmp expect actual &&
	digest $both --sections=patches HEAD &&
	sed "/^two mailing/,\$d" out >first && ! grep "filtered\|bot" first &&
	grep "filtered (Bob)" out && grep "of a bot (Ci; also on one)" out
'

test_expect_success 'two files may have one mirror, but not both a mark' '
	fresh one &&
	id=p on one -- patch "Bob <bob@x>" "[PATCH] one" </dev/null &&
	sed "s/name: one/name: again/" "$lists/one.yaml" >"$lists/again.yaml" &&
	echo "list: {id: one.example.com}" >"$lists/zero.yaml" &&
	digest --all-lists --sections=patches -n 1 &&
	grep "^again mailing list" out && grep "^one mailing list" out &&
	grep "^Its only mail is listed above" out &&
	test_expect_code 128 digest --all-lists --mark HEAD &&
	grep "^fatal: the lists .again. and .one. have the same mirror" err &&
	! test -e one.git/digest &&
	digest --lists && cut -d " " -f 1 out >actual &&
	printf "%s\n" again one zero >expect && test_cmp expect actual
'

test_expect_success 'no mark moves if one of them cannot' '
	fresh one two &&
	id=p on one two -- patch "Bob <bob@x>" "[PATCH] one" </dev/null &&
	mkdir -p two.git/digest/last &&
	test_expect_code 128 digest --all-lists --mark -o ../never HEAD &&
	grep "^fatal: two: --mark: .*digest/last. is a folder" err &&
	! test -e never && ! test -e one.git/digest/last
'

test_expect_success '--stale needs no repository here' '
	digest --list=one --stale=1.day -s HEAD && grep "one  Bob" out &&
	digest --list=one --list=two --stale=1.day -s HEAD
'

test_expect_success '--lists is safe with what files and marks may hold' '
	fresh one &&
	printf "list: {mirror: \"/no/such\\nplace\"}\n" \
		>"$lists/$(printf "b\377d").yaml" &&
	long=$(printf "%0100d" 1) && echo "list: {mirror: /a}" \
		>"$lists/$long.yaml" &&
	id=p on one -- patch "Bob <bob@x>" "[PATCH] one" </dev/null &&
	mkdir one.git/digest &&
	echo "0 $(git -C one.git rev-parse HEAD) 99999999999999999" \
		>one.git/digest/last &&
	digest --lists && test "$(wc -l <out)" = 3 && grep "$long" out &&
	grep "/no/such place" out && ! grep "null" out &&
	digest --lists --format=json &&
	perl -MJSON::PP -0777 -e "decode_json(<>)" out &&
	for option in --mark --since=yesterday --until=now
	do
		test_expect_code 128 digest --lists $option &&
		grep "^fatal: --lists only shows what is new" err || return 1
	done
'

test_expect_success '... also on a narrow terminal' '
	for columns in 40 60 100
	do
		(cd nowhere && COLUMNS=$columns GIT_PAGER_IN_USE=true \
			git digest --lists --no-color) >out &&
		grep "^one " out && grep "^0000" out && grep " no mark" out &&
		LC_ALL=C tr -d "\200-\277" <out | awk "length > $columns" >wide &&
		test_must_be_empty wide ||
			return 1
	done
'

test_expect_success '--mark leaves nothing behind, however many lists there are' '
	fresh one two three four &&
	id=p on one two three four -- patch "Bob <bob@x>" "[PATCH] p" </dev/null &&
	test_expect_code 128 digest --all-lists --mark -o no/such HEAD &&
	! ls *.git/digest/last.new && ! ls *.git/digest/last &&
	digest --all-lists --mark -o ../file HEAD && ! ls *.git/digest/last.new &&
	ls *.git/digest/last >marks && test "$(wc -l <marks)" = 4
'

test_done
