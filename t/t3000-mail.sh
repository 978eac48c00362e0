#!/bin/sh

test_description='what a digest prints of a mail, whatever the mail contains'

. "${0%/*}/lib-digest.sh"

ESC=$(printf '\033')

# entry <mirror>: print the first entry of its digest, without the dashes.
entry () {
	(cd "$1" && git digest --sections=messages --patches=all HEAD) |
	sed -e '1,/^===== Patch Commit/d' -e '/^-----------/,$d' | sed 1d
}

# one_mail <mirror>: make a mirror with the mail on standard input.
one_mail () {
	new_mirror "$1" &&
	cat >"$1.mail" &&
	add_mail "$1" "$1.mail"
}

test_expect_success 'encodings, charsets and line ends make no difference' '
	{
		printf "Café\n\ntext\n---\n f | 1 +\n" &&
		printf " 1 file changed, 1 insertion(+)\n"
	} >text &&
	header="From: A <a@b>\nSubject: [PATCH] x\nContent-Type: text/plain;" &&
	{
		printf "$header charset=UTF-8\n\n" && cat text
	} | one_mail plain.git &&
	{
		printf "$header charset=UTF-8\n" &&
		printf "Content-Transfer-Encoding: base64\n\n" &&
		perl -MMIME::Base64 -0777 -ne "print encode_base64(\$_)" text
	} | one_mail base64.git &&
	{
		printf "$header charset=UTF-8\n" &&
		printf "Content-Transfer-Encoding: quoted-printable\n\n" &&
		perl -MMIME::QuotedPrint -0777 -ne "print encode_qp(\$_)" text
	} | one_mail qp.git &&
	{
		printf "$header charset=iso-8859-1\n\n" &&
		perl -pe "s/\xc3\xa9/\xe9/" text
	} | one_mail latin.git &&
	perl -pe "s/\$/\r/" plain.git.mail | one_mail crlf.git &&
	cat >expect <<-\EOF &&
	New:  x
	[PATCH] x
	Author: A <a@b>

	Café

	text
	---
	 f | 1 +
	 1 file changed, 1 insertion(+)

	EOF
	for m in plain base64 qp latin crlf
	do
		entry $m.git >actual &&
		test_cmp expect actual || return 1
	done
'

test_expect_success 'the patch within a signed mail is found' '
	one_mail signed.git <<-\EOF &&
	From: A <a@b>
	Subject: [PATCH] x
	Content-Type: multipart/signed; boundary=s;
	  protocol="application/pgp-signature"
	Content-Transfer-Encoding: quoted-printable

	--s
	Content-Type: multipart/mixed; boundary=m

	--m
	Content-Type: text/plain; charset=utf-8

	=41 text
	--m--
	--s
	Content-Type: application/pgp-signature

	not text
	--s--
	_______________________________________________
	A mailing list
	EOF
	entry signed.git >actual &&
	sed -n 5p actual >line &&
	echo "=41 text" >expect &&
	test_cmp expect line
'

test_expect_success 'in-body From and Subject count, also in a cover letter' '
	one_mail cover.git <<-\EOF &&
	From: Sender <s@b>
	Subject: [PATCH 0/2] x

	From: =?UTF-8?q?J=C3=B6?= <jo@b>
	Subject: [PATCH v9]
	  something else

	text
	EOF
	entry cover.git >actual &&
	cat >expect <<-\EOF &&
	New:  something else
	[PATCH 0/2] something else
	Author: Jö <jo@b>

	text

	EOF
	test_cmp expect actual
'

test_expect_success 'an in-body From without an address does not count' '
	one_mail noaddress.git <<-\EOF &&
	From: Sender <s@b>
	Subject: [PATCH] x

	From: nobody here

	text
	EOF
	entry noaddress.git >actual &&
	grep "^Author: Sender <s@b>$" actual
'

test_expect_success 'Reply-To names the sender if From is "... via <list>"' '
	one_mail via.git <<-\EOF &&
	From: Jo Doe via Things <things@list.example>
	Reply-To: Jo Doe <jo@b>
	Subject: [PATCH] x

	text
	EOF
	entry via.git >actual &&
	grep "^Author: Jo Doe <jo@b>$" actual
'

test_expect_success 'a patch without text is an empty entry' '
	one_mail empty.git <<-\EOF &&
	From: A <a@b>
	Subject: [PATCH] x
	EOF
	entry empty.git >actual &&
	cat >expect <<-\EOF &&
	New:  x
	[PATCH] x
	Author: A <a@b>


	EOF
	test_cmp expect actual
'

test_expect_success 'a patch without From, or with a bad one, is counted' '
	one_mail nofrom.git <<-\EOF &&
	Subject: [PATCH] x

	text
	EOF
	one_mail oddfrom.git <<-\EOF &&
	From: Somebody
	Subject: [PATCH] x

	text
	EOF
	entry nofrom.git >actual &&
	grep "^Author: unknown <unknown>$" actual &&
	entry oddfrom.git >actual &&
	grep "^Author: Somebody <Somebody>$" actual
'

test_expect_success 'no control character of a mail reaches the terminal' '
	printf "From: =?utf-8?q?A=1B]0;x=07?= <a@b>\n" >evil &&
	printf "Subject: [PATCH] title \033[31mred\033[0m " >>evil &&
	printf "=?utf-8?q?=E2=80=AE?=x\n" >>evil &&
	printf "List-Id: <e\033[2Jvil.example>\n" >>evil &&
	printf "Content-Type: text/plain; charset=utf-8\n\n" >>evil &&
	printf "bell \007, csi \302\233, del \177, cr a\rb, nul \000.\n" \
		>>evil &&
	printf "override \342\200\256, isolate \342\201\246, tab\there\n" \
		>>evil &&
	printf "bad \377 byte\n" >>evil &&
	one_mail evil.git <evil &&
	(cd evil.git && git digest --color=never HEAD) >out &&
	! grep "$ESC" out &&
	perl -ne "exit 1 if /[\\x00-\\x08\\x0b-\\x1f\\x7f]/" out &&
	perl -CI -ne "exit 1 if /[\\x{80}-\\x{9f}]/ ||
		/[\\x{202a}-\\x{202e}\\x{2066}-\\x{2069}]/" out &&
	entry evil.git >actual &&
	cat >expect <<-\EOF &&
	New:  title ^[[31mred^[[0m <U+202E>x
	[PATCH] title ^[[31mred^[[0m <U+202E>x
	Author: A^[]0;x^G <a@b>

	bell ^G, csi <U+009B>, del ^?, cr a^Mb, nul ^@.
	override <U+202E>, isolate <U+2066>, tab	here
	bad � byte

	EOF
	test_cmp expect actual &&
	grep "^e^\[\[2jvil mailing list update" out
'

test_expect_success '... nor if the text is colored' '
	(cd evil.git && git digest --color=always HEAD) >out &&
	sed "s/$ESC\[[0-9;]*m//g" out >plain &&
	! grep "$ESC" plain
'

test_expect_success 'a Subject cannot forge a line of the digest' '
	one_mail forge.git <<-\EOF &&
	From: A <a@b>
	Subject: =?utf-8?q?[PATCH]_x=0ANew:__forged?=

	text
	EOF
	(cd forge.git && git digest HEAD) >out &&
	test "$(grep -c "^New:" out)" = 1
'

test_expect_success 'a mail without a Subject is counted, but is not a patch' '
	printf "From: A\n <a@b>\n\n" | one_mail nosubject.git &&
	test -z "$(git -C nosubject.git log -1 --format=%B)" &&
	(cd nosubject.git && git digest --format=json HEAD 2>../err) >out &&
	test_must_be_empty err &&
	grep "\"messages\":1,\"patches\":0" out
'

test_expect_success 'a mail of random bytes is no patch, and no error' '
	perl -e "srand 1; print map chr rand 256, 1..100000" |
	one_mail garbage.git &&
	(cd garbage.git && git digest HEAD 2>../err) >out &&
	test_must_be_empty err
'

test_expect_success 'a mail with thousands of fields and parts is read' '
	{
		echo "Subject: [PATCH] x" &&
		perl -e "print qq(X-\$_: y\n) for 1..20000;
			print qq(References: ), join(qq(\n ),
				map qq(<\$_\@x>), 1..50000), qq(\n);
			print qq(Content-Type: multipart/mixed; ),
				qq(boundary=x\$_\n\n--x\$_\n) for 1..3000"
	} | one_mail deep.git &&
	(cd deep.git && git digest HEAD 2>../err) >out &&
	test_must_be_empty err &&
	grep "^New:  x" out
'

test_expect_success 'a Content-Type of a hundred thousand words is read in no time' '
	new_mirror words.git &&
	{
		printf "From: A <a@b>\nSubject: [PATCH] words\n" &&
		printf "Content-Type: multipart/mixed; boundary=x\n\n--x\n" &&
		printf "Content-Type: " &&
		perl -e "print q(message) x 100000" &&
		printf "\n\ntext\n--x--\n"
	} | one_mail words.git &&
	(cd words.git && timeout 20 git digest HEAD) >out &&
	grep "^New:  words" out
'

# answer <subject> <field>: put a mail into answers.git that quotes a diff.
answer () {
	{
		printf "From: A <a@b>\nSubject: %s\nMessage-ID: <%s@x>\n" \
			"$1" "$mail_time" &&
		printf "%s\n\nA comment.\n\n> > why\n> > ---\n" "$2" &&
		sed "s/^/> > /" "$test_source/diff.txt" && cat
	} >mail && add_mail answers.git mail
}

test_expect_success 'an answer without Re: that quotes a diff is no patch' '
	new_mirror answers.git &&
	answer "[PATCH 3/11] answer to 3" "In-Reply-To: <q@x>" </dev/null &&
	answer "[PATCH] answer" "References: <p@x> <q@x>" </dev/null &&
	answer "[PATCH 0/2] cover" "In-Reply-To: <q@x>" </dev/null &&
	answer "[PATCH] posted" "X-Nothing: 1" </dev/null &&
	answer "[PATCH] instead" "In-Reply-To: <q@x>" <"$test_source/diff.txt" &&
	answer "[Fwd: Re: [PATCH 1/2] forwarded]" "X-Nothing: 1" \
		<"$test_source/diff.txt" &&
	{
		printf "From: A <a@b>\nSubject: [PATCH] attached\n" &&
		printf "In-Reply-To: <q@x>\nMessage-ID: <attached@x>\n" &&
		printf "Content-Type: multipart/mixed; boundary=B\n\n" &&
		printf -- "--B\n\n> diff --git a/f b/f\nSo:\n\n" &&
		printf -- "--B\nContent-Type: text/x-patch\n\n" &&
		cat "$test_source/diff.txt" && printf "\n--B--\n"
	} >mail && add_mail answers.git mail &&
	(cd answers.git && git digest --sections=patches HEAD) |
	sed -n "s/^[0-9a-f]* \[//p" >actual &&
	cat >expect <<-\EOF &&
	PATCH] attached (A)
	PATCH] instead (A)
	PATCH] posted (A)
	PATCH 0/2] cover (A)
	EOF
	test_cmp expect actual
'

test_expect_success 'a commit message of a million reply marks is read' '
	new_mirror marks.git &&
	printf "From: A <a@b>\nSubject: Re: x\n\ntext\n" >mail &&
	add_mail marks.git mail "[PATCH] R:" &&
	perl -e "print q(R:) x 3000000" >message &&
	tree=$(git -C marks.git rev-parse HEAD^{tree}) &&
	commit=$(git -C marks.git commit-tree $tree <message) &&
	git -C marks.git update-ref HEAD $commit &&
	(cd marks.git && git digest --format=json HEAD) >out &&
	grep "\"messages\":1" out
'

test_done
