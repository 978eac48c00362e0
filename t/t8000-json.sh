#!/bin/sh

test_description='the JSON that --format=json prints'

. "${0%/*}/lib-digest.sh"

# json <perl>: run this code with $d as the digest on standard input.
json () {
	perl -MJSON::PP -0777 -ne "binmode STDOUT, ':utf8';
		my \$d = decode_json(\$_); $1"
}

test_expect_success 'set up a mirror' '
	new_mirror m.git &&
	id=old patch m.git "A <a@b>" "[PATCH] thing" \
		"Date: Fri, 3 Nov 2023 10:00:00 +0100" &&
	git -C m.git tag from &&
	id=c patch m.git "Ann <ann@one.example>" \
		"[PATCH RFC net v2 0/1] title" \
		"Date: Sat, 4 Nov 2023 10:00:00 -0730" &&
	printf "From: Bö <bo@two.example>\n\nWhy \"so\".\n\tTab\\\\\n" |
	make_mail mail.tmp "Ann <ann@one.example>" \
		"[PATCH RFC net v2 1/1] one" \
		"In-Reply-To: <c@example>" "Message-ID: <p/1@example>" \
		"Content-Type: text/plain; charset=utf-8" \
		"List-Id: <things.example.com>" \
		"Date: Sun, 5 Nov 2023 10:00:00 +9900" &&
	add_mail m.git mail.tmp &&
	id=re patch m.git "A <a@b>" "Re: [PATCH RFC net v2 0/1] title" &&
	patch m.git "Spam <s@s>" "[PATCH] buy" &&
	remove_mail m.git mail.tmp &&
	id=old patch m.git "A <a@b>" "[PATCH] thing" &&
	id=old patch m.git "A <a@b>" "[PATCH] thing" "Received: again" &&
	cat >things.yaml <<-\EOF
	list: {name: Things, address: things@example.com,
	  archive: "https://lore.example/t/"}
	EOF
'

test_expect_success 'the JSON has all keys, whatever --top and --sections say' '
	(cd m.git && git digest --config=../things.yaml --format=json --top=1 \
		--sections=domains from..HEAD) >out &&
	sed "s/[0-9a-f]\{40\}/<id>/g; s/\"[0-9a-f]\{7\}\"/\"<short>\"/g" out \
		>actual &&
	cat >expect <<-\EOF &&
	{
	"schema": 1,
	"kind": "inbox",
	"list":
	{"name":"Things","id":"things.example.com","address":"things@example.com","archive":"https://lore.example/t/"},
	"range":
	{"from":"<id>","to":"<id>","from_abbrev":"<short>","to_abbrev":"<short>","from_date":"2023-11-14T22:14:20+00:00","to_date":"2023-11-14T22:21:20+00:00","limited_to":[]},
	"counts":
	{"messages":6,"patches":4,"series":2,"replies":1,"removed":1,"unreadable":0,"people":3,"listed_before":0},
	"domains": [
	{"domain":"b","count":2,"series":1},
	{"domain":"two.example","count":1,"series":0},
	{"domain":"one.example","count":1,"series":1}
	],
	"contributors": [
	{"name":"A","email":"a@b","count":2,"series":1},
	{"name":"Bö","email":"bo@two.example","count":1,"series":0},
	{"name":"Ann","email":"ann@one.example","count":1,"series":1}
	],
	"series": [
	{"commit":"<id>","message_id":"old@example","subject":"[PATCH] thing","author":{"name":"A","email":"a@b"},"sender":{"name":"A","email":"a@b"},"date":null,"also_on":[],"title":"thing","version":1,"total":null,"prefixes":[],"commit_abbrev":"<short>","superseded_by":null,"supersedes":[],"previous":null,"missing":[],"patches":[{"number":null,"commit":"<id>","message_id":"old@example","subject":"[PATCH] thing","author":{"name":"A","email":"a@b"},"sender":{"name":"A","email":"a@b"},"date":null,"also_on":[],"applied_as":null},{"number":null,"commit":"<id>","message_id":"old@example","subject":"[PATCH] thing","author":{"name":"A","email":"a@b"},"sender":{"name":"A","email":"a@b"},"date":null,"also_on":[],"applied_as":null}]},
	{"commit":"<id>","message_id":"c@example","subject":"[PATCH RFC net v2 0/1] title","author":{"name":"Ann","email":"ann@one.example"},"sender":{"name":"Ann","email":"ann@one.example"},"date":"2023-11-04T10:00:00-07:30","also_on":[],"title":"title","version":2,"total":1,"prefixes":["RFC","net"],"commit_abbrev":"<short>","superseded_by":null,"supersedes":[],"previous":null,"missing":[],"patches":[{"number":0,"commit":"<id>","message_id":"c@example","subject":"[PATCH RFC net v2 0/1] title","author":{"name":"Ann","email":"ann@one.example"},"sender":{"name":"Ann","email":"ann@one.example"},"date":"2023-11-04T10:00:00-07:30","also_on":[],"applied_as":null},{"number":1,"commit":"<id>","message_id":"p/1@example","subject":"[PATCH RFC net v2 1/1] one","author":{"name":"Bö","email":"bo@two.example"},"sender":{"name":"Ann","email":"ann@one.example"},"date":"2023-11-05T10:00:00+00:00","also_on":[],"applied_as":null}]}
	],
	"entries": [
	{"label":"new","commit":"<id>","message_id":"old@example","subject":"[PATCH] thing","author":{"name":"A","email":"a@b"},"sender":{"name":"A","email":"a@b"},"date":null,"also_on":[],"title":"thing","number":null,"total":null,"version":1,"link":"https://lore.example/t/old@example/","body":"Text of [PATCH] thing.\n---\n file.c | 3 ++-\n 1 file changed, 2 insertions(+), 1 deletion(-)","lines_left_out":0,"diffstat":{"files":1,"insertions":2,"deletions":1},"exist":null},
	{"label":"exist","commit":"<id>","message_id":"old@example","subject":"[PATCH] thing","author":{"name":"A","email":"a@b"},"sender":{"name":"A","email":"a@b"},"date":null,"also_on":[],"title":"thing","number":null,"total":null,"version":1,"link":"https://lore.example/t/old@example/","body":"Text of [PATCH] thing.\n---\n file.c | 3 ++-\n 1 file changed, 2 insertions(+), 1 deletion(-)","lines_left_out":0,"diffstat":{"files":1,"insertions":2,"deletions":1},"exist":"<id>"},
	{"label":"new","commit":"<id>","message_id":"c@example","subject":"[PATCH RFC net v2 0/1] title","author":{"name":"Ann","email":"ann@one.example"},"sender":{"name":"Ann","email":"ann@one.example"},"date":"2023-11-04T10:00:00-07:30","also_on":[],"title":"title","number":0,"total":1,"version":2,"link":"https://lore.example/t/c@example/","body":"Text of [PATCH RFC net v2 0/1] title.\n---\n file.c | 3 ++-\n 1 file changed, 2 insertions(+), 1 deletion(-)","lines_left_out":0,"diffstat":{"files":1,"insertions":2,"deletions":1},"exist":null},
	{"label":"new","commit":"<id>","message_id":"p/1@example","subject":"[PATCH RFC net v2 1/1] one","author":{"name":"Bö","email":"bo@two.example"},"sender":{"name":"Ann","email":"ann@one.example"},"date":"2023-11-05T10:00:00+00:00","also_on":[],"title":"one","number":1,"total":1,"version":2,"link":"https://lore.example/t/p%2F1@example/","body":"Why \"so\".\n\tTab\\\n---\n file.c | 3 ++-\n 1 file changed, 2 insertions(+), 1 deletion(-)","lines_left_out":0,"diffstat":{"files":1,"insertions":2,"deletions":1},"exist":null}
	]
	}
	EOF
	test_cmp expect actual
'

test_expect_success '"exist" is the commit of the entry that stands' '
	json "my %by = map {; \$_->{commit} => \$_ }
			grep { \$_->{label} eq q(new) } @{\$d->{entries}};
		print \$by{\$_->{exist}}{title}, qq(\n)
			for grep { \$_->{exist} } @{\$d->{entries}}" \
		<out >actual &&
	echo thing >expect &&
	test_cmp expect actual
'

test_expect_success '"superseded_by" is the commit of the newer version' '
	new_mirror v.git &&
	patch v.git "A <a@b>" "[PATCH] x" &&
	patch v.git "A <a@b>" "[PATCH v2] x" &&
	(cd v.git && git digest --format=json HEAD) |
	json "print \$d->{series}[1]{superseded_by} eq \$d->{series}[0]{commit}
		? qq(yes\n) : qq(no\n)" >actual &&
	echo yes >expect &&
	test_cmp expect actual
'

test_expect_success '"from" may be null, and an empty range has empty lists' '
	(cd v.git && git digest --format=json HEAD) |
	json "print defined \$d->{range}{from} ? 1 : 0,
		defined \$d->{range}{from_abbrev} ? 1 : 0" >actual &&
	printf 00 >expect &&
	test_cmp expect actual &&
	(cd v.git && git digest --format=json HEAD..HEAD) |
	json "my \$n = 0; \$n += @{\$d->{\$_}}
		for qw(domains contributors series entries); print \$n" \
		>actual &&
	printf 0 >expect &&
	test_cmp expect actual
'

test_expect_success 'control characters are escaped, NUL is U+FFFD' '
	printf "Subject: [PATCH] \033[31m\037\n\na\000b\033\n" >mail &&
	new_mirror evil.git &&
	add_mail evil.git mail &&
	(cd evil.git && git digest --format=json HEAD) >out &&
	! grep "$(printf "\033")" out &&
	! grep "$(printf "\037")" out &&
	json "print \$d->{entries}[0]{body}" <out >actual &&
	printf "a\357\277\275b\033" >expect &&
	test_cmp expect actual
'

# Each of these in a Subject, a name and a text; letters before and behind.
test_expect_success 'C1 and bidirectional controls are \u escapes' '
	perl -CO -e "
		my \$all = join q(x), map { chr } 0x7f .. 0x9f, 0x61c, 0x200e,
			0x200f, 0x202a .. 0x202e, 0x2066 .. 0x2069;
		\$all =~ s/\x{85}//;
		print qq(From: A\$all <a\@b>\nSubject: [PATCH] é\$all€\n);
		print qq(Content-Type: text/plain; charset=utf-8\n\n);
		print qq(Text \$all.\n\n)" >mail &&
	new_mirror bidi.git && add_mail bidi.git mail "[PATCH] x" &&
	(cd bidi.git && git digest --format=json HEAD) >out &&
	perl -Ci -0777 -ne "print sort map { sprintf qq(%04x\n), ord }
		/[\x{7f}-\x{9f}\x{61c}\p{Cf}]/g" out >raw &&
	test_must_be_empty raw &&
	for code in 007f 0080 009f 061c 200e 202e 2066 2069
	do
		grep "\"body\":\"[^\"]*.u$code" out >/dev/null ||
			{ echo $code; return 1; }
	done &&
	json "print \$d->{entries}[0]{subject}" <out >actual &&
	sed -n "s/^Subject: //p" mail | tr -d "\n" >expect &&
	test_cmp expect actual
'

test_expect_success 'digest.format=json works, and JSON has no color' '
	(cd v.git && git digest --format=json HEAD) >expect &&
	(cd v.git && git -c digest.format=json digest --color=always HEAD) \
		>actual &&
	test_cmp expect actual &&
	(cd v.git && git -c digest.format=json digest --format=text HEAD) \
		>actual &&
	grep "^From the beginning" actual
'

test_expect_success 'a folder whose name is not UTF-8 gives valid JSON' '
	name=$(printf "gr\\374n.git") && new_mirror "$name" &&
	printf "From: A <a@b>\nSubject: [PATCH] x\n\n" >mail &&
	add_mail "$name" mail &&
	(cd "$name" && git digest --format=json HEAD) >json &&
	perl -MJSON::PP -e \
		"local \$/; print decode_json(<STDIN>)->{list}{name}, qq(\n)" \
		<json >name &&
	grep "^gr.*n$" name
'

test_expect_success 'a series says what it supersedes, and what is missing' '
	new_mirror versions.git &&
	id=1 patch versions.git "A <a@b>" "[PATCH 1/3] one" &&
	id=2 patch versions.git "A <a@b>" "[PATCH v2 0/2] one" &&
	patch versions.git "A <a@b>" "[PATCH v2 2/2] two" \
		"In-Reply-To: <2@example>" &&
	patch versions.git "A <a@b>" "[PATCH v2 1/99999] many" &&
	(cd versions.git && git digest --format=json HEAD) >out &&
	json "for my \$s (@{\$d->{series}}) {
		print join(q( ), \$s->{subject}, map { \$_->{why} }
			@{\$s->{supersedes}}), q(; missing ),
			\$s->{missing} ? qq(@{\$s->{missing}}) : q(null), qq(\n)
		}" <out >actual &&
	cat >expect <<-\EOF &&
	[PATCH v2 1/99999] many; missing null
	[PATCH v2 0/2] one title; missing 1
	[PATCH 1/3] one; missing 2 3
	EOF
	test_cmp expect actual
'

test_expect_success '--look-back finds the version before the range' '
	new_mirror back.git &&
	(
		GIT_AUTHOR_EMAIL=a@b &&
		patch back.git "A <a@b>" "[PATCH v2 net 0/2] title" &&
		patch back.git "A <a@b>" "[PATCH v3 0/2] title" &&
		patch back.git "A <a@b>" "[PATCH v9 0/2] title" &&
		patch back.git "A <a@b>" "[PATCH v3 5.10 0/2] title" &&
		patch back.git "A <a@b>" "[PATCH v3] title" &&
		git -C back.git tag base &&
		patch back.git "A <a@b>" "[PATCH v4 0/2] Title" &&
		patch back.git "A <a@b>" "[PATCH] other"
	) &&
	v3=$(git -C back.git rev-parse base~3) &&
	(cd back.git && git digest --format=json base..) >out &&
	json "print join(q( ), map { \$_->{previous} ? (\$_->{previous}{commit},
		\$_->{previous}{version}, \$_->{previous}{date}) : q(none) }
		@{\$d->{series}})" <out >actual &&
	printf "none $v3 3 2023-11-14T22:37:20+00:00" >expect &&
	sed "s/T.*//" actual >short && sed "s/T.*//" expect >want &&
	test_cmp want short &&
	(cd back.git && git digest base..) >out &&
	grep "^New:  Title" out &&
	(cd back.git && git digest --look-back=100 base..) >out &&
	grep "^Update (v3 of [0-9]* Nov 2023):  Title" out &&
	grep "^New:  other" out &&
	(cd back.git && git digest --look-back=2 base..) >out &&
	grep "^New:  Title" out &&
	(cd back.git && git digest --format=json --look-back=0 base..) >out &&
	! grep "\"previous\":{" out
'

test_done
