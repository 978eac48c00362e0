#!/bin/sh

test_description='the YAML file of a list: its keys, its place and its errors'

. "${0%/*}/lib-digest.sh"

test_expect_success 'set up' '
	new_mirror m.git &&
	patch m.git "Ann <ann@one.example>" "[PATCH] things: a" &&
	patch m.git "Bob <bob@two.example>" "[PATCH net-next v2] net: b" &&
	patch m.git "Bot <bot+1@ci.example>" "[PATCH] robot: c" &&
	patch m.git "Ann Old <ann@old.example>" "[PATCH 5.10] things: d" &&
	mkdir -p other "$XDG_CONFIG_HOME/git-digest"
'

# digest <argument>...: run git digest in the mirror, with the file list.yaml.
digest () {
	(cd m.git && git digest --config=../list.yaml "$@")
}

# listed: print the titles of the patch list on standard input, on one line.
listed () {
	section "Patch list" | sed "s/.*: \(.\) (.*/\1/" | tr "\n" " "
}

# counts <titles>: with the YAML file on standard input, these are the titles in
# the patch list.
counts () {
	cat >list.yaml &&
	digest HEAD >out &&
	echo "$1 " >expect &&
	{ listed <out && echo; } >actual &&
	test_cmp expect actual
}

test_expect_success 'list.name is in the heading' '
	echo "list: {name: A list}" >list.yaml &&
	digest HEAD >out &&
	grep "^A list mailing list update from the beginning" out
'

test_expect_success 'digest.top, digest.sections and digest.patches work' '
	cat >list.yaml <<-\EOF &&
	digest:
	  top: 1
	  sections: [messages, domains]
	  patches: none
	EOF
	digest HEAD >out &&
	grep "^Top 1 contributor Email domains" out &&
	! grep "^New:" out &&
	! grep "Patch list" out
'

test_expect_success '... and options and git config override them' '
	digest --patches=first --sections=contributors,messages --top=2 \
		HEAD >out &&
	grep "^Top 2 contributors" out &&
	grep "^New:  things: a" out &&
	(cd m.git && git -c digest.top=3 digest --config=../list.yaml \
		HEAD) >out &&
	grep "^Top 3 contributor" out &&
	(cd m.git && git -c digest.top=3 digest --config=../list.yaml \
		--top=4 HEAD) >out &&
	grep "^Top 4 contributor" out
'

test_expect_success 'digest.links prints links below list.archive' '
	cat >list.yaml <<-\EOF &&
	list: {archive: "https://lore.example/things"}
	digest: {links: true}
	EOF
	id="a/b%c+é" patch m.git "Ann <ann@one.example>" "[PATCH] things: e" &&
	digest -n 1 >out &&
	sed -n "/^Author/,/^$/p" out >actual &&
	cat >expect <<-\EOF &&
	Author: Ann <ann@one.example>
	Link: https://lore.example/things/a%2Fb%25c+é@example/

	EOF
	test_cmp expect actual &&
	digest --no-links -n 1 >out &&
	! grep ^Link: out
'

test_expect_success 'links without list.archive are a fatal error' '
	echo "list: {name: x}" >list.yaml &&
	test_expect_code 128 git -C m.git digest --config=../list.yaml \
		--links HEAD >out 2>err &&
	test_must_be_empty out &&
	grep "^fatal: cannot print links: set list.archive" err
'

test_expect_success 'a subject filter is a list of regular expressions' '
	git -C m.git update-ref HEAD HEAD~1 &&
	counts "d a" <<-\EOF &&
	filters: {include: {subject: ["^\\[PATCH.*things: "]}}
	EOF
	counts "c b" <<-\EOF
	filters: {exclude: {subject: ["things: ", "nothing"]}}
	EOF
'

test_expect_success 'a from filter is a list of patterns of addresses' '
	counts "a" <<-\EOF &&
	filters: {include: {from: ["*@ONE.example"]}}
	EOF
	counts "d c" <<-\EOF
	filters:
	  exclude:
	    from: ["ann@one.example", "*@two.*"]
	EOF
'

test_expect_success 'a prefix filter is a list of words in brackets' '
	counts "b" <<-\EOF &&
	filters: {include: {prefix: [NET-next]}}
	EOF
	counts "c b a" <<-\EOF
	filters: {exclude: {prefix: ["5.10", v2]}}
	EOF
'

test_expect_success 'an excluded patch counts nowhere' '
	echo "filters: {exclude: {prefix: [net-next]}}" >list.yaml &&
	digest HEAD >out &&
	! grep "two.example\|net: b" out
'

test_expect_success 'a patch must match all keys of include' '
	counts "a" <<-\EOF
	filters:
	  include:
	    subject: ["things:"]
	    from: ["*@one.example", "*@two.example"]
	EOF
'

test_expect_success 'a path filter matches folders, files and globs' '
	new_mirror paths.git &&
	for f in virt/kvm/a.c arch/x/b.c top.c
	do
		sed "s,file.c,$f,g" "$test_source/diff.txt" >diff &&
		{
			printf "From: A <a@b>\nSubject: [PATCH] x: $f\n\n" &&
			cat diff
		} >mail &&
		add_mail paths.git mail || return 1
	done &&
	by_path () {
		echo "filters: {$1: {path: [$2]}}" >list.yaml &&
		(cd paths.git && git digest --config=../list.yaml HEAD) |
		section "Patch list" | sed "s/.*x: \(.*\) (.*/\1/" | tr "\n" " "
	} &&
	test "$(by_path include virt)" = "virt/kvm/a.c " &&
	test "$(by_path include virt/kvm/)" = "virt/kvm/a.c " &&
	test "$(by_path include "virt, arch/x/b.c")" = \
		"arch/x/b.c virt/kvm/a.c " &&
	test "$(by_path include "\"*.c\"")" = \
		"top.c arch/x/b.c virt/kvm/a.c " &&
	test "$(by_path exclude arch)" = "top.c virt/kvm/a.c " &&
	test "$(by_path include vir)" = ""
'

test_expect_success '... and a cover letter by the files of its series' '
	new_mirror covers.git &&
	bare () {
		printf "From: A <a@b>\nSubject: $1\n" >mail &&
		printf "Message-ID: <$2>\n$3\ntext\n" >>mail &&
		add_mail covers.git mail
	} &&
	bare "[PATCH 0/1] x: in" c1 &&
	{
		printf "From: A <a@b>\nSubject: [PATCH 1/1] x: one\n" &&
		printf "In-Reply-To: <c1>\n\n" &&
		sed "s,file.c,virt/a.c,g" "$test_source/diff.txt"
	} >mail &&
	add_mail covers.git mail &&
	bare "[PATCH 0/1] x: out" c2 &&
	patch covers.git "A <a@b>" "[PATCH 1/1] x: two" "In-Reply-To: <c2>" &&
	echo "filters: {include: {path: [virt]}}" >list.yaml &&
	(cd covers.git && git digest --config=../list.yaml HEAD) >out &&
	grep "^New:" out >actual &&
	printf "New:  x: in\nNew:  x: one\n" >expect &&
	test_cmp expect actual &&
	grep "^      2 b$" out
'

test_expect_success '... also if the file is found by the List-Id' '
	new_mirror byid.git &&
	patch byid.git "A <a@b>" "[PATCH] x: one" &&
	cat >"$XDG_CONFIG_HOME/git-digest/byid.yaml" <<-\EOF &&
	list: {id: things.example.com}
	filters: {include: {path: [file.c]}}
	EOF
	(cd byid.git && git digest HEAD) >out &&
	rm "$XDG_CONFIG_HOME/git-digest/byid.yaml" &&
	grep "^New:  x: one" out
'

test_expect_success 'people.mailmap and people.aliases change names' '
	echo "Ann New <ann@new.example> <ANN@old.example>" >the.mailmap &&
	cat >list.yaml <<-\EOF &&
	people:
	  mailmap: the.mailmap
	  aliases:
	    - {as: "Ann New <ann@new.example>", addresses: [Ann@One.example]}
	EOF
	digest HEAD >out &&
	section "Top 15 contributors" <out | grep Ann >actual &&
	echo "      2  Ann New <ann@new.example>" >expect &&
	test_cmp expect actual &&
	grep "^Author: Ann New <ann@new.example>" out
'

test_expect_success 'people.domains joins two domains' '
	echo "people: {domains: {OLD.example: one.example}}" >list.yaml &&
	digest HEAD >out &&
	grep "^      2 one.example$" out &&
	grep " <ann@old.example>$" out
'

test_expect_success 'a mail of people.bots is no patch' '
	counts "d b a" <<-\EOF
	people: {bots: ["bot+*@ci.example"]}
	EOF
'

test_expect_success 'mailmap.file, mailmap.blob and log.mailmap of git work' '
	echo "list: {name: x}" >list.yaml &&
	echo "Ann File <ann@old.example>" >file.mailmap &&
	git -C m.git config mailmap.file "$PWD/file.mailmap" &&
	digest HEAD >out &&
	grep "Ann File <ann@old.example>" out &&
	blob=$(echo "Ann Blob <ann@one.example>" |
		git -C m.git hash-object -w --stdin) &&
	git -C m.git config mailmap.blob $blob &&
	digest HEAD >out &&
	grep "Ann Blob <ann@one.example>" out &&
	(cd m.git && git -c log.mailmap -c mailmap.blob=HEAD:.mailmap \
		digest HEAD) >out &&
	grep "Ann File" out &&
	(cd m.git && git -c log.mailmap= -c color.ui digest HEAD) >out &&
	! grep "Ann Blob\|Ann File" out &&
	(cd m.git && git -c log.mailmap=false digest HEAD) >out &&
	! grep "Ann Blob\|Ann File" out &&
	git -C m.git config --unset mailmap.blob &&
	git -C m.git config --unset mailmap.file
'

test_expect_success 'a mailmap.blob that is empty or missing is ignored' '
	digest HEAD >expect &&
	for blob in "" HEAD:nope no-such-ref
	do
		(cd m.git && git -c mailmap.blob="$blob" \
			digest --config=../list.yaml HEAD) >actual 2>err &&
		test_must_be_empty err && test_cmp expect actual || return 1
	done
'

# unreadable <setting> <pattern>: with this setting git digest prints a fatal
# line that matches the pattern, and nothing else.
unreadable () {
	(cd m.git && test_expect_code 128 git -c "$1" digest HEAD \
		>../out 2>../err) &&
	test_must_be_empty out &&
	{ grep "^fatal: $2" err || { cat err; false; }; }
}

test_expect_success 'a mailmap that cannot be read is fatal' '
	nowhere=$(printf "%040d" 1) &&
	unreadable mailmap.file="$PWD/other" \
		"bad mailmap: cannot read .*/other.: Is a directory" &&
	unreadable mailmap.blob=$nowhere \
		"cannot read mailmap.blob .$nowhere.: object $nowhere is" &&
	blob=$(echo "Ann Blob <ann@one.example>" |
		git -C m.git hash-object -w --stdin) &&
	file=m.git/objects/$(echo $blob | sed "s,..,&/,") &&
	chmod u+w $file && echo garbage >$file &&
	unreadable mailmap.blob=$blob \
		"cannot read mailmap.blob .$blob.: .* is missing or damaged" &&
	rm -f $file &&
	unreadable mailmap.blob=HEAD \
		"cannot read mailmap.blob .HEAD.: it is a commit, not a blob" &&
	(cd m.git && git -c mailmap.file="$PWD/../other" -c log.mailmap=false \
		digest HEAD) >out 2>err &&
	test_must_be_empty err && grep "Ann <ann@one.example>" out
'

# The name in the second line tells which file was read.
name () {
	(cd m.git && git "$@") | sed -n "2s/ mailing list.*//p"
}

test_expect_success 'of all places for the file the first one counts' '
	for n in option config gitdir user installed
	do
		echo "list: {name: by $n, id: THINGS.example.com}" >$n.yaml ||
			return 1
	done &&
	test "$(name digest HEAD)" = things &&
	mkdir no-lists &&
	cp installed.yaml no-lists/x.yaml &&
	test "$(name digest HEAD)" = "by installed" &&
	cp user.yaml "$XDG_CONFIG_HOME/git-digest/any.yaml" &&
	test "$(name digest HEAD)" = "by user" &&
	cp gitdir.yaml m.git/digest.yaml &&
	test "$(name digest HEAD)" = "by gitdir" &&
	git -C m.git config digest.config "$PWD/config.yaml" &&
	test "$(name digest HEAD)" = "by config" &&
	test "$(name digest --config=../option.yaml HEAD)" = "by option" &&
	git -C m.git config --unset digest.config &&
	rm m.git/digest.yaml no-lists/x.yaml
'

test_expect_success 'digest.config may begin with a tilde' '
	cp option.yaml "$HOME/at-home.yaml" &&
	test "$(name -c digest.config="~/at-home.yaml" digest HEAD)" = \
		"by option"
'

test_expect_success 'only a file with the list.id of the mirror is read' '
	echo "list: {name: wrong, id: xthings.example.com}" \
		>"$XDG_CONFIG_HOME/git-digest/aaa.yaml" &&
	echo "list: {name: right, id: things.example.com}" \
		>"$XDG_CONFIG_HOME/git-digest/aab.yaml" &&
	test "$(name digest HEAD)" = right
'

test_expect_success 'a digest.yaml in the work tree is not read' '
	rm "$XDG_CONFIG_HOME"/git-digest/* &&
	git clone -q m.git work &&
	cp option.yaml work/digest.yaml &&
	cp option.yaml work/.digest.yaml &&
	(cd work && git digest HEAD) >out &&
	grep "^things mailing list" out
'

test_expect_success 'in a worktree the file of the main repository is read' '
	cp gitdir.yaml work/.git/digest.yaml &&
	git -C work worktree add -q ../tree &&
	(cd tree && git digest HEAD) >out &&
	grep "^by gitdir mailing list" out
'

test_expect_success '--list takes a name, an id or a file name, anywhere' '
	echo "list: {name: Some Things, id: some.example, mirror: $PWD/m.git}" \
		>"$XDG_CONFIG_HOME/git-digest/st.yaml" &&
	for n in "some things" some.example st
	do
		(cd other && git digest --list="$n" --sections=patches \
			HEAD) >out &&
		grep "^Some Things mailing list" out &&
		grep "things: a (Ann)" out || return 1
	done &&
	(cd / && git digest --list=st --since=2020-01-01 \
		--sections=patches) >out &&
	grep "things: a (Ann)" out &&
	(cd work && git digest --list=st -n 1) >out &&
	grep "^Some Things mailing list" out
'

test_expect_success 'digest.list does, too, but reads the repository here' '
	new_mirror here.git &&
	patch here.git "A <a@b>" "[PATCH] here: x" &&
	(cd here.git && git -c digest.list=st digest HEAD) >out &&
	grep "^Some Things mailing list" out &&
	grep "here: x" out &&
	(cd other && git -c digest.list=st digest HEAD) >out &&
	grep "things: a (Ann)" out
'

test_expect_success 'list.mirror may be an inbox of one epoch' '
	mkdir -p inbox/git inbox2/git &&
	git clone -q --mirror m.git inbox/git/0.git &&
	echo "list: {name: i, mirror: inbox}" >i.yaml &&
	(cd other && git digest --config=../i.yaml HEAD) >out &&
	grep "things: a (Ann)" out
'

# fatal <pattern> <argument>...: outside of all repositories git digest prints
# one fatal line that matches the pattern, and nothing else.
fatal () {
	what=$1 && shift &&
	(cd other && test_expect_code 128 git digest "$@" >../out 2>../err) &&
	test_must_be_empty out &&
	test "$(grep -c . err)" = 1 &&
	{ grep "^fatal: $what" err || { cat err; false; }; }
}

test_expect_success '... or of several' '
	git clone -q --mirror m.git inbox2/git/0.git &&
	git clone -q --mirror m.git inbox2/git/1.git &&
	echo "list: {name: i, mirror: inbox2}" >i2.yaml &&
	(cd other && git digest --config=../i2.yaml HEAD) >out &&
	grep "things: a (Ann)" out
'

test_expect_success 'the error about what is missing says what to do' '
	echo "list: {name: i, mirror: gone.git}" >gone.yaml &&
	echo "list: {name: i}" >none.yaml &&
	fatal "cannot open the mirror .*/gone.git.: " --config=../gone.yaml &&
	why="not a git repository" &&
	mirror="no mirror of the list is known; set list.mirror in" &&
	fatal "$why, and $mirror .../none.yaml.\$" --config=../none.yaml &&
	where=".*/git-digest or .*no-lists" &&
	fatal "no YAML file in $where is about the list .nope.; " \
		--list=nope &&
	fatal "cannot read .nope.yaml.: No such file" --config=nope.yaml &&
	fatal "options .--config. and .--list. cannot be used together" \
		--config=../i.yaml --list=st
'

test_expect_success 'a user file lies over the installed file of its list' '
	mkdir -p under && cat >under/things.yaml <<-\EOF &&
	list: {name: Installed, id: things.example.com, archive: https://a/}
	digest: {sections: [patches, domains], top: 7, links: true}
	filters: {exclude: {subject: [skip1]}}
	people:
	  bots: [bot1@*]
	  aliases: [{as: "One <one@x>", addresses: [a@1]}]
	  domains: {two.example: renamed}
	EOF
	cat >"$XDG_CONFIG_HOME/git-digest/mine.yaml" <<-\EOF &&
	list: {id: things.example.com, name: Mine}
	digest: {sections: [contributors, patches]}
	filters: {exclude: {subject: [skip2]}}
	people: {bots: [bot2@*]}
	EOF
	new_mirror over.git && mail_time=1700000000 &&
	for mail in "A <a@1> one" "B <bot1@x> two" "C <bot2@x> three" \
		"D <d@d> skip1" "E <e@e> skip2" "F <f@two.example> four"
	do
		patch over.git "${mail% *}" "[PATCH] ${mail##* }" || return 1
	done &&
	digests () {
		(cd over.git && GIT_DIGEST_LISTS=$1 && shift &&
		 export GIT_DIGEST_LISTS && git digest "$@" HEAD) |
		name_commits over.git | sed 1d
	} &&
	digests "$PWD/under" >actual &&
	cat >expect <<-\EOF &&
	Mine mailing list update from the beginning to <mail 6>

	Top 7 contributors (Based on Email Body)

	      1  One <one@x>
	      1  F <f@two.example>

	===== Patch list in this time period =====

	<mail 6> [PATCH] four (F) https://a/1700000360@example/
	<mail 1> [PATCH] one (One) https://a/1700000060@example/

	EOF
	test_cmp expect actual &&
	digests "$PWD/under" --sections=domains,messages >out &&
	grep "^      1 renamed" out && grep "^Link: https://a/" out
'

test_expect_success '... wherever it is, also if only the mails name the list' '
	sed "s/id: [^,]*, //" "$XDG_CONFIG_HOME/git-digest/mine.yaml" \
		>over.git/digest.yaml &&
	mv "$XDG_CONFIG_HOME/git-digest/mine.yaml" by-option.yaml &&
	digests "$PWD/under" >actual && test_cmp expect actual &&
	rm over.git/digest.yaml &&
	digests "$PWD/under" --config=../by-option.yaml >actual &&
	test_cmp expect actual &&
	digests "$PWD/under" --config=../under/things.yaml >out &&
	grep "^Installed mailing" out && grep "^Top 7 contributor Email" out &&
	echo "list: {nmae: x}" >under/other.yaml &&
	digests "$PWD/under" >out && grep "^Installed mailing" out
'

test_expect_success '--list in a code repository without a mirror is fatal' '
	git init -q -b main code && echo x >code/x && git -C code add x &&
	git -C code commit -q -m x && (
		cd code && GIT_DIGEST_LISTS=$PWD/../under &&
		export GIT_DIGEST_LISTS &&
		test_expect_code 128 git digest --list=installed HEAD \
			>../out 2>../err &&
		git digest --list=installed --kind=code HEAD >../out2
	) &&
	test_must_be_empty out && grep "^Installed update" out2 &&
	cp err err2 && file="$XDG_CONFIG_HOME/git-digest/other-name.yaml" &&
	echo "list: {id: things.example.com, mirror: $PWD/over.git}" >"$file" &&
	(
		cd code && GIT_DIGEST_LISTS=$PWD/../under &&
		export GIT_DIGEST_LISTS && git digest --list=things HEAD
	) >out2 && rm "$file" && grep "^Installed mailing list" out2 &&
	echo "list: {name: else, id: else.example.com}" >"$file" &&
	(cd over.git && git digest --list=else HEAD >../out2 2>../err) &&
	rm "$file" && is="is of the list .things.example.com., not of" &&
	grep "^warning: the newest mail here $is .else.example.com." err &&
	why="this is a code repository, and no mirror of the list .installed." &&
	file="$XDG_CONFIG_HOME/git-digest/things.yaml" &&
	grep "^fatal: $why is known; set list.mirror in .$file.\$" err2 &&
	echo "list: {name: away, mirror: $PWD/code}" >"$file" &&
	(cd over.git && test_expect_code 128 git digest --list=away HEAD \
		2>../err) &&
	rm "$file" &&
	grep "^fatal: .*/code., which list.mirror names, is no mirror" err
'

# bad <pattern>: the error about the YAML file on standard input matches the
# pattern, which begins with the line and the column.
bad () {
	cat >bad.yaml &&
	(cd m.git && test_expect_code 128 git digest --config=../bad.yaml HEAD \
		>../out 2>../err) &&
	test_must_be_empty out &&
	test "$(grep -c . err)" = 1 &&
	{ grep "^fatal: ../bad.yaml:$1" err || { cat err; false; }; }
}

test_expect_success 'an error in the file names its line and column' '
	bad "2:3: unknown key .nam.; did you mean .name.?" <<-\EOF &&
	list:
	  nam: x
	EOF
	bad "1:1: unknown key .lists.; did you mean .list.?" <<-\EOF &&
	lists: {}
	EOF
	bad "1:10: unknown key .pathces.; did you mean .patches.?" <<-\EOF &&
	digest: {pathces: all}
	EOF
	bad "1:11: unknown key .exclud.; did you mean .exclude.?" <<-\EOF &&
	filters: {exclud: {}}
	EOF
	bad "3:3: duplicate key .name." <<-\EOF &&
	list:
	  name: x
	  name: y
	EOF
	bad "1:7: .list. must be a mapping, not a list" <<-\EOF &&
	list: [a]
	EOF
	bad "1:14: .name. must be a text, not a mapping" <<-\EOF &&
	list: {name: {a: b}}
	EOF
	bad "1:14: .name. is empty" <<-\EOF &&
	list: {name: ""}
	EOF
	bad "1:15: .x. is not a number" <<-\EOF &&
	digest: {top: x}
	EOF
	bad "1:17: .maybe. is none of: true, false, b4" <<-\EOF &&
	digest: {links: maybe}
	EOF
	bad "1:17: .links. must not be in quotes" <<-\EOF &&
	digest: {links: "true"}
	EOF
	bad "1:25: .b.c. must be a text, not a list" <<-\EOF &&
	people: {domains: {b.c: [a.b]}}
	EOF
	bad "1:28: duplicate key .A.B." <<-\EOF &&
	people: {domains: {a.b: c, A.B: d}}
	EOF
	bad "1:19: .some. is none of: first, cover, all, none" <<-\EOF &&
	digest: {patches: some}
	EOF
	bad "1:30: unknown section .x.; there are" <<-\EOF &&
	digest: {sections: [patches, x]}
	EOF
	list="a list like \[a, b\], not a text" &&
	bad "1:20: .sections. must be $list" <<-\EOF &&
	digest: {sections: patches}
	EOF
	bad "3:15: bad regular expression .(a.: " <<-\EOF &&
	filters:
	  include:
	    subject: ["(a"]
	EOF
	bad "1:34: a regular expression of more than 1000 bytes" <<-EOF &&
	filters: {include: {subject: [   $(printf "%01001d" 0)]}}
	EOF
	bad "1:31: bad regular expression .*: regular expression is too" <<-\EOF &&
	filters: {include: {subject: ["(((a{1,255}){1,255}){1,255})"]}}
	EOF
	bad "1:31: bad regular expression .*: parentheses are too deeply" <<-EOF &&
	filters: {include: {subject: ["$(perl -e "print q[(] x 499, q[)] x 499")"]}}
	EOF
	bad "1:16: .bots. must be $list" <<-\EOF &&
	people: {bots: a@b}
	EOF
	bad "1:20: cannot read .*/nope.: No such file" <<-\EOF &&
	people: {mailmap:  nope}
	EOF
	bad "1:25: .Ann. is not of the form .Name <address>." <<-\EOF &&
	people: {aliases: [{as: Ann, addresses: [a@b]}]}
	EOF
	bad "1:20: an alias needs the key .as." <<-\EOF
	people: {aliases: [{addresses: [a@b]}]}
	EOF
'

test_expect_success '... also if it is not YAML, or two documents' '
	printf "list: {name: x\nlinks" |
	bad "[0-9]:[0-9]*: did not find expected" &&
	printf "list:\n\tname: x\n" |
	bad "2:1: found character that cannot start" &&
	printf "a: 1\n---\nb: 2\n" | bad "1:1: unknown key" &&
	printf "list: {}\n---\nb: 2\n" | bad "2:1: a second document" &&
	printf "just text\n" |
	bad "1:1: .the file. must be a mapping, not a text" &&
	printf "list: {name: \"a\\\\0b\"}\n" | bad "1:14: .name. holds a NUL" &&
	printf "list: {name: \"\377\"}\n" | bad "1:"
'

test_expect_success 'a file of more than a megabyte, or a folder, is fatal' '
	{
		echo "list: {name: large}" &&
		perl -e "print q(#) x (1024 * 1024 - 20)"
	} >list.yaml &&
	test "$(wc -c <list.yaml)" = 1048576 &&
	digest HEAD >out && grep "^large mailing list" out &&
	printf "#" >>list.yaml &&
	test_expect_code 128 git -C m.git digest --config=../list.yaml HEAD \
		>out 2>err &&
	test_must_be_empty out &&
	grep "^fatal: .../list.yaml. is larger than 1048576 bytes$" err &&
	why="cannot read .$PWD/other.: Is a directory" &&
	test_expect_code 128 git -C m.git digest --config="$PWD/other" HEAD \
		>out 2>err &&
	test_must_be_empty out && grep "^fatal: $why$" err &&
	test_expect_code 128 git -C m.git -c digest.config="$PWD/other" \
		digest HEAD >out 2>err &&
	test_must_be_empty out && grep "^fatal: $why$" err &&
	cp list.yaml "$XDG_CONFIG_HOME/git-digest/large.yaml" &&
	test_expect_code 128 git -C m.git digest HEAD >out 2>err &&
	rm "$XDG_CONFIG_HOME/git-digest/large.yaml" &&
	test_must_be_empty out &&
	grep "^fatal: .*/large.yaml. is larger than" err
'

# soon <pattern> <command>...: in m.git, the command ends within two seconds,
# with one fatal line that matches the pattern.
soon () {
	want=$1 && shift &&
	(cd m.git && test_expect_code 128 timeout 2 "$@" >../out 2>../err) &&
	test_must_be_empty out && test "$(wc -l <err)" = 1 &&
	{ grep "^fatal: $want" err || { cat err; false; }; }
}

test_expect_success 'a pipe, a folder or an endless device is no file to read' '
	mkfifo pipe && mkdir -p folder &&
	for name in "$PWD/pipe" "$PWD/folder" /dev/zero
	do
		case $name in
		*pipe) why="cannot read .*/pipe.: not a regular file" ;;
		*folder) why="cannot read .*/folder.: Is a directory" ;;
		*) why="./dev/zero. is larger than [0-9]* bytes" ;;
		esac &&
		soon "$why" git-digest --config="$name" HEAD &&
		echo "people: {mailmap: \"$name\"}" >mapped.yaml &&
		soon ".*mapped.yaml:1:19: $why" \
			git-digest --config=../mapped.yaml HEAD &&
		soon "bad mailmap: $why" \
			git -c mailmap.file="$name" digest HEAD || return 1
	done &&
	rm pipe &&
	(cd m.git && git -c mailmap.file=/dev/null digest \
		--config=/dev/null HEAD) >out && grep "^New:" out
'

test_expect_success 'a hundred thousand brackets end soon' '
	perl -e "print q(list: ), q([) x 100000" >deep.yaml &&
	soon ".*deep.yaml:1:106: nested deeper than 100 levels" \
		git-digest --config=../deep.yaml HEAD &&
	perl -e "print q(list: ), q({a: ) x 100000" >deep.yaml &&
	soon ".*deep.yaml:1:[0-9]*: nested deeper than 100 levels" \
		git-digest --config=../deep.yaml HEAD &&
	perl -e "print q(- ) x 100000" >deep.yaml &&
	soon ".*deep.yaml:1:201: nested deeper than 100 levels" \
		git-digest --config=../deep.yaml HEAD
'

test_expect_success 'globs with fifty stars end soon' '
	new_mirror stars.git &&
	perl -e "print q(From: ), q(a) x 2000, qq(\@b\nSubject: [PATCH] x\n);
		print qq(\n---\n ), q(a) x 2000,
			qq( | 1 +\n 1 file changed, 1 insertion(+)\n)" >mail &&
	add_mail stars.git mail &&
	for rule in from path
	do
		perl -e "print qq(filters: {exclude: {$rule: [\"),
			q(*[ab]?a) x 50, qq(*c\"]}}\n)" >stars.yaml &&
		(cd stars.git && timeout 2 git-digest \
			--config=../stars.yaml HEAD) >out &&
		grep "^New:  x" out || return 1
	done
'

test_expect_success '... and so are anchors that expand without end' '
	bad "1:.*: nested without end" <<-\EOF &&
	list: &a {name: *a}
	EOF
	{
		echo "list:" &&
		echo "  name: &a0 [x, x, x, x, x, x, x, x, x, x]" &&
		for i in 1 2 3 4 5 6 7
		do
			p=$((i - 1)) &&
			four="*a$p, *a$p, *a$p, *a$p" &&
			echo "  k$i: &a$i [$four, $four]"
		done
	} | bad ".*: more than"
'

test_expect_success 'words in an expression begin and end as for grep' '
	new_mirror words.git &&
	patch words.git "A <a@b>" "[PATCH] a word" &&
	patch words.git "A <a@b>" "[PATCH] a swordfish" &&
	cat >words.yaml <<-\EOF &&
	filters:
	  exclude:
	    subject:
	    - \<word\>
	EOF
	(cd words.git && git digest --config=../words.yaml \
		--sections=patches HEAD) >out &&
	grep swordfish out && ! grep "a word" out
'

q="'"
test_expect_success 'a Subject that takes too long to match costs a warning' '
	new_mirror slow.git &&
	patch slow.git "A <a@b>" "[PATCH] one" &&
	patch slow.git "A <a@b>" "[PATCH] $(printf "%0200d" 0)-" &&
	patch slow.git "A <a@b>" "[PATCH] two" &&
	for rule in include exclude
	do
		cat >slow.yaml <<-EOF &&
		filters:
		  $rule:
		    subject:
		    - (\w+\s?)*\$
		EOF
		(cd slow.git && timeout 10 git-digest --sections=patches \
			--config=../slow.yaml HEAD >../out 2>../err) &&
		grep "(A)\$" out | sed "s/.* \(.*\) (A)/\1/" >$rule || return 1
	done &&
	printf "two\none\n" >expect && test_cmp expect include &&
	grep "^0*-\$" exclude && test "$(wc -l <exclude)" = 1 &&
	why="takes too long with 1 Subject, which it does not match" &&
	grep "^warning: the filter ${q}(.w+.s?)\*.$q $why\$" err
'

test_expect_success '... and not the other Subjects' '
	new_mirror many.git &&
	for i in $(seq 300)
	do
		echo "commit refs/heads/master" &&
		echo "committer A <a@b> $((1600000000 + i)) +0000" &&
		printf "data 9\n[PATCH] x\nM 100644 inline m\ndata <<E\n" &&
		printf "From: A <a@b>\nSubject: [PATCH] %0180d-\n\nE\n" $i ||
			return 1
	done | git -C many.git fast-import --quiet &&
	patch many.git "A <a@b>" "[PATCH] one" &&
	(cd many.git && timeout 5 git-digest --sections=patches \
		--config=../slow.yaml HEAD >../out 2>../err) &&
	! grep "one (A)" out && test "$(grep -c "(A)\$" out)" = 300 &&
	grep "^warning: .* with 300 Subjects, which it does not match" err
'

test_expect_success 'an error in the file of another list does no harm' '
	rm -f "$XDG_CONFIG_HOME"/git-digest/* &&
	echo "nonsense: [" >"$XDG_CONFIG_HOME/git-digest/a.yaml" &&
	test "$(name digest HEAD)" = things &&
	echo "nonsense: [things.example.com" \
		>"$XDG_CONFIG_HOME/git-digest/b.yaml" &&
	(cd m.git && test_expect_code 128 git digest HEAD 2>../err) &&
	grep "^fatal: .*/b.yaml:" err &&
	rm "$XDG_CONFIG_HOME"/git-digest/*
'

test_expect_success 'a file without values changes nothing' '
	(cd m.git && git digest HEAD) >expect &&
	for text in "" "# only a comment" "list:" "list: {}" "digest: ~" "{}"
	do
		echo "$text" >list.yaml &&
		digest HEAD >actual &&
		test_cmp expect actual || return 1
	done
'

test_expect_success 'bad values in git config are fatal' '
	cp none.yaml list.yaml &&
	bad_git () {
		(cd m.git && test_expect_code 128 git -c "$1" digest HEAD \
			>../out 2>../err) &&
		test_must_be_empty out &&
		grep "^fatal: $2" err
	} &&
	bad_git digest.top=x "bad value for .digest.top.: .x." &&
	bad_git digest.format=x "bad value for .digest.format.: .x." &&
	bad_git color.digest=x "bad value for .color.digest.: .x. is none of" &&
	bad_git color.ui=x "bad value for .color.ui.: .x. is none of" &&
	bad_git log.mailmap=x \
		"bad boolean config value .x. for .log.mailmap." &&
	bad_git core.abbrev=x \
		"bad numeric config value .x. for .core.abbrev." &&
	bad_git core.abbrev=9x "bad numeric config value .9x. for" &&
	bad_git core.abbrev=yes "bad numeric config value .yes. for" &&
	bad_git core.abbrev=3 ".*abbrev length out of range: 3\>" &&
	bad_git core.abbrev=-1 ".*abbrev length out of range: -1\>" &&
	bad_git core.abbrev=41 ".*abbrev length out of range: 41\>" &&
	bad_git mailmap.blob=HEAD^{tree} "cannot read mailmap.blob"
'

test_expect_success 'git config is read from files, environment and -c' '
	printf "[digest]\n\ttop = 7\n" >global &&
	top () {
		(cd m.git && "$@" digest HEAD) |
		sed -n "s/^Top \([0-9]*\) contributors.*/\1/p"
	} &&
	test "$(top git)" = 15 &&
	test "$(top env GIT_CONFIG_GLOBAL="$PWD/global" git)" = 7 &&
	test "$(top env GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=Digest.TOP \
		GIT_CONFIG_VALUE_0=8 git)" = 8 &&
	test "$(top git -c digest.Top=9)" = 9 &&
	git config --global digest.top 6 &&
	test "$(top git)" = 6 &&
	test "$(top env GIT_CONFIG_GLOBAL=/dev/null git)" = 15 &&
	git config --global --unset digest.top
'

test_expect_success 'options override git config, and that the file' '
	new_mirror settled.git &&
	for i in 1 2
	do
		patch settled.git "A <a@b>" "[PATCH] $i" || return 1
	done &&
	cat >settled.git/digest.yaml <<-\EOF &&
	list: {archive: https://example.com/}
	digest: {sections: [domains], patches: none, links: true}
	EOF
	(
		cd settled.git &&
		git digest HEAD >../of-file &&
		git -c digest.sections=patches,messages \
			-c digest.patches=first digest HEAD >../of-config &&
		git -c digest.sections=patches -c digest.patches=none \
			-c digest.links digest --sections=messages \
			--patches=all --no-links HEAD >../of-options &&
		git -c digest.reverse=yes digest --sections=patches HEAD \
			>../reversed &&
		git -c digest.reverse=yes digest --sections=patches \
			--no-reverse HEAD >../straight
	) &&
	grep "^Top 15 contributor Email" of-file && ! grep "^New:" of-file &&
	grep "^New:  1" of-config && grep "https://example.com/" of-config &&
	! grep "^Top" of-config &&
	grep "^New:  1" of-options && ! grep "https:" of-options &&
	grep "PATCH. [12] (A)" reversed | head -1 | grep "1 (A)" &&
	grep "PATCH. [12] (A)" straight | head -1 | grep "2 (A)"
'

test_expect_success 'an unknown variable digest.* is a warning' '
	(
		cd settled.git &&
		while read -r setting
		do
			test_expect_code 128 git -c "$setting" digest HEAD \
				>../out 2>../err &&
			test_must_be_empty ../out &&
			grep "^fatal: bad value for .${setting%%=*}.: " \
				../err || exit
		done <<-\EOF &&
		digest.sections=nope
		digest.sections=
		digest.patches=some
		digest.links=perhaps
		digest.reverse=2x
		digest.top=0
		digest.format=xml
		EOF
		git -c digest.tpo=3 -c digest.colour=x digest HEAD \
			2>../err >../out &&
		cat >../expect <<-\EOF &&
		warning: unknown variable '\''digest.colour'\'' in git config
		warning: unknown variable '\''digest.tpo'\'' in git config
		EOF
		test_cmp ../expect ../err &&
		git -c digest.tpo=3 digest -q HEAD 2>../err >../out &&
		test_must_be_empty ../err
	)
'

test_done
