#!/bin/sh

test_description='options that limit what is shown: --author, --grep, ...'

. "${0%/*}/lib-digest.sh"

# left <titles> <option>...: are these the titles in the patch list, the newest
# first?
left () {
	expect=$1 && shift &&
	(cd m.git && git digest --sections=patches "$@" HEAD) >out &&
	sed -n "s/^[0-9a-f]\{7\} \(\[[^]]*\] \)*\(.*\) (.*/\2/p" out |
	tr "\n" " " | sed "s/ \$//" >actual &&
	test "$expect" = "$(cat actual)" ||
		{ echo "left by $*: $(cat actual)"; return 1; }
}

# rows: for each line "<titles> | <option>..." on standard input, are these left?
rows () {
	while IFS="|" read -r titles options
	do
		eval "left \"${titles% }\" $options" || return 1
	done
}

test_expect_success 'set up a list' '
	new_mirror m.git &&
	id=one patch m.git "Ann Bee <ann@x.example>" "[PATCH] one" \
		"To: Things <things@x.example>, \"Dee, Dan\" <dan@x.example>" \
		"Cc: cid@y.example (Cid, the third),
 Eve Fox <EVE@y.example>" &&
	id=two.0 patch m.git "Bob <bob@y.example>" "[PATCH v2 0/2] two" &&
	id=two.1 patch m.git "Bob <bob@y.example>" "[PATCH v2 1/2] part A" \
		"In-Reply-To: <two.0@example>" &&
	printf "From: Zoë <zoe@z.example>\n\nReported-by: Gil <gil@z.example>\n" |
	make_mail mail.tmp "Bob <bob@y.example>" "[PATCH v2 2/2] part B" \
		"In-Reply-To: <two.0@example>" "Message-ID: <two.2@example>" \
		"Content-Type: text/plain; charset=utf-8" &&
	add_mail m.git mail.tmp &&
	printf "From: Pam <pam@z.example>\n\nText.\n" |
	make_mail mail.tmp "Pat <pat@z.example>" "[PATCH] four" \
		"Message-ID: <four@example>" &&
	add_mail m.git mail.tmp &&
	id=three patch m.git "Cid <cid@y.example>" "[RFC PATCH] Three" \
		"Cc: ann@x.example" "Cc: hal@z.example" &&
	reply m.git "Ida <ida@z.example>" "Re: [PATCH] one" one \
		"Cc: Joe <joe@z.example>" <<-\EOF &&
	Acked-by: Ida <ida@z.example>
	Reviewed-by: Kim <kim@z.example>
	EOF
	echo "Applied, thanks." |
	reply m.git "Ida <ida@z.example>" "Re: [RFC PATCH] Three" three &&
	echo "Please pull part A." |
	id=pull reply m.git "Ida <ida@z.example>" "[GIT PULL] things" "" \
		"To: Lea <lea@z.example>" &&
	echo "What?" | id=what reply m.git "Max <max@z.example>" \
		"Re: [GIT PULL] things" pull &&
	rows <<-\EOF
	Three four two one |
	EOF
'

test_expect_success '--author looks for the author, as the name and the address' '
	rows <<-\EOF
	one | --author=Ann
	one | --author="^Ann Bee <ann@x.example>\$"
	two | --author=bob
	two | --author=zoe
	Three one | --author=Ann --author=Cid
	 | --author=ann@y
	 | --author=gil
	EOF
'

test_expect_success '... as the mailmap has them' '
	echo "Annette <an@else> <ann@x.example>" >mailmap &&
	git config --global mailmap.file "$PWD/mailmap" &&
	rows <<-\EOF &&
	one | --author="Annette <an@else>"
	 | --author="Ann Bee"
	EOF
	git config --global --unset mailmap.file
'

test_expect_success '--grep looks in the lines of Subject and text' '
	rows <<-\EOF
	two | --grep="part A"
	two | --grep="^Text of .PATCH v2 1/2. part A\.\$"
	two | --grep="^Reported-by"
	Three | --grep="RFC PATCH"
	Three one | --grep=Three --grep=one
	one | --grep=one --author=Ann
	 | --grep=one --author=Bob
	 | --grep="diff --git"
	Three four two one | --grep=
	EOF
'

test_expect_success '... in any patch of a series, all of which stays' '
	(cd m.git && git digest --grep="part B" --format=json HEAD) >out &&
	grep "\"patches\":\[.*part A.*part B" out &&
	grep "^{\"messages\":10,\"patches\":3,\"series\":1," out &&
	# one patch has to meet all conditions
	rows <<-\EOF
	two | --grep="part B" --author=zoe
	 | --grep="part A" --author=zoe
	EOF
'

test_expect_success 'the kinds of patterns are those of git log' '
	rows <<-\EOF
	Three | --grep=three -i
	 | --grep=three
	one | --author=ANN -i
	two | --grep="part [AB]" -F --grep="v2 1/2"
	 | --grep="part [AB]" -F
	two | --grep="part (A|B)" -E
	 | --grep="part (A|B)"
	 | --grep="part (A|B)" -E --basic-regexp
	two | --grep="part \(A\|B\)"
	two | --grep="part \d|part (?=B)" -P
	two | --grep="PART A" -F -i
	Three two | --author="Z..|C.d" -E
	EOF
'

test_expect_success '... with the same configuration' '
	(cd m.git && git -c grep.patternType=extended digest --sections=patches \
		--grep="part (A|B)" HEAD) >out && grep "/2\] two (" out &&
	(cd m.git && git -c grep.extendedRegexp digest --sections=patches \
		--grep="part (A|B)" HEAD) >out && grep "/2\] two (" out &&
	(cd m.git && git -c grep.patternType=perl digest --sections=patches \
		--basic-regexp --grep="part (A|B)" HEAD) >out &&
	! grep "/2\] two (" out &&
	(cd m.git && test_expect_code 128 git -c grep.patternType=x digest \
		--grep=x HEAD 2>../err) &&
	grep "^fatal: bad value for .grep.patternType.: .x. is none of" err
'

test_expect_success '--invert-grep leaves what does not match' '
	rows <<-\EOF
	Three four two | --grep=one --invert-grep
	four two one | --grep=Three --invert-grep --grep=nothing
	one | --grep=Three --invert-grep --author=Ann
	Three four two one | --grep="part A" --invert-grep
	EOF
'

test_expect_success '--to and --cc look for addresses' '
	rows <<-\EOF
	one | --to=things@x.example
	one | --to=DAN@x.example
	one | --to="*@x.example"
	 | --to=cid@y.example
	one | --cc=cid@y.example
	one | --cc=eve@y.example
	Three | --cc=hal@z.example
	Three one | --cc=ann@x.example --cc="eve@*"
	 | --cc=ann@x.example --to=dan@x.example
	 | --cc=third
	EOF
'

test_expect_success '--involves looks for anybody who has to do with it' '
	rows <<-\EOF
	Three one | --involves=ann@x.example
	two | --involves=bob@y.example
	two | --involves=zoe@z.example
	two | --involves=gil@z.example
	four | --involves=pat@z.example
	four | --involves=PAM@z.example
	one | --involves=dan@x.example
	Three one | --involves=cid@y.example
	Three one | --involves=ida@z.example
	one | --involves=kim@z.example
	one | --involves=joe@z.example
	 | --involves=lea@z.example
	Three | --involves=ida@z.example --author=Cid
	EOF
'

test_expect_success '... and for me' '
	(cd m.git && test_expect_code 128 git digest --involves=me HEAD \
		>../out 2>../err) &&
	test_must_be_empty out &&
	grep "^fatal: cannot tell who .me. is: set user.email" err &&
	git config --global user.email old@else &&
	echo "Kim <kim@z.example> <old@else>" >mailmap &&
	git config --global mailmap.file "$PWD/mailmap" &&
	rows <<-\EOF &&
	one | --involves=me
	 | --to=me
	one | --involves=kim@z.example
	EOF
	echo "Kim <kim@new> <kim@z.example>" >mailmap &&
	rows <<-\EOF &&
	one | --involves=kim@new
	EOF
	git config --global user.email HAL@z.example &&
	rows <<-\EOF &&
	Three | --involves=me
	Three | --cc=me
	EOF
	git config --global --remove-section user &&
	git config --global --unset mailmap.file
'

test_expect_success '--state leaves the series of these states' '
	rows <<-\EOF &&
	Three | --state=applied
	four two | --state=no-answer
	one | --state=reviewed
	Three one | --state=applied,reviewed
	Three four two | --state=applied --state=no-answer
	 | --state=rejected,superseded,partly-applied,bots-only,under-review
	EOF
	(cd m.git && test_expect_code 129 git digest --state=nope 2>../err) &&
	grep "nope. is none of: applied, superseded, partly-applied" err
'

test_expect_success 'a series whose newer version is left out stands itself' '
	new_mirror v.git &&
	id=v1 patch v.git "Ann <ann@x>" "[PATCH] word" &&
	printf "Other.\n" | make_mail mail.tmp "Ann <ann@x>" "[PATCH v2] word" &&
	add_mail v.git mail.tmp &&
	(cd v.git && git digest --grep=Text --sections=status,messages HEAD) \
		>out &&
	grep "superseded by v2" out && grep "^New:  word" out &&
	! grep "^Exist" out &&
	(cd v.git && git digest --state=superseded -s HEAD) >out &&
	grep "word -> v2  Ann  1m  -  -  superseded" out
'

test_expect_success 'all parts of the page are of what is left' '
	(cd m.git && git digest --author=Cid --sections=all HEAD) >out &&
	grep "^Limited to: --author=Cid\$" out &&
	grep " 2 mails\$" out && grep " 1 patch\$" out &&
	grep " 1 reply\$" out && grep " 2 people" out &&
	grep "1  Cid <cid@y.example>" out && ! grep Bob out &&
	sed -n "/Pull requests/,/^\$/p" out >pulls && ! grep PULL pulls &&
	(cd m.git && git digest --author=Cid --format=json HEAD) >out &&
	grep "\"limited_to\":\[\"--author=Cid\"\]" out &&
	grep "\"mails\":2,\"patches\":1,\"series\":1," out &&
	! grep "Ann Bee\|two" out
'

test_expect_success 'a thread without a patch stays by its first mail' '
	for option in --author=Ida "--grep=pull part A" --to=lea@z.example \
		--involves=max@z.example --involves=lea@z.example
	do
		(cd m.git && git digest "$option" --sections=pulls,threads \
			HEAD) >out &&
		grep "GIT PULL. things (Ida)" out &&
		grep "2 mails, 2 people.*GIT PULL" out || return 1
	done &&
	for option in --author=Max --grep=What --involves=gil@z.example \
		--state=applied
	do
		(cd m.git && git digest "$option" --sections=pulls,threads \
			HEAD) >out &&
		! grep "GIT PULL" out || return 1
	done
'

test_expect_success 'older series that got mail are limited, too' '
	echo "Hm." | id=hm1 reply m.git "Ida <ida@z.example>" \
		"Re: [PATCH v2 1/2] part A" two.1 &&
	echo "Hm." | id=hm2 reply m.git "Ida <ida@z.example>" \
		"Re: [PATCH] one" one &&
	(cd m.git && git digest -s HEAD~2..) >out &&
	grep " one " out && grep " two " out &&
	for option in --author=Bob --involves=gil@z.example \
		--grep="part B"
	do
		(cd m.git && git digest -s "$option" HEAD~2..) >out &&
		! grep " one " out && grep " two " out || return 1
	done
'

test_expect_success 'the page says how it is limited' '
	(cd m.git && git digest --author="a b" --grep=x -i -E --invert-grep \
		--to=a@b --state=applied,no-answer HEAD -- "*.c" dir) >out &&
	sed -n 3,5p out >actual &&
	cat >expect <<-\EOF &&
	Limited to: --author='\''a b'\'' --grep=x --to=a@b --state=applied,no-answer --extended-regexp -i --invert-grep -- '\''*.c'\'' dir

	No matching patches in 12 mails.
	EOF
	test_cmp expect actual &&
	(cd m.git && git digest -s --author=Ann HEAD) >out &&
	sed -n 2p out >actual && echo "Limited to: --author=Ann" >expect &&
	test_cmp expect actual
'

test_expect_success '... with --compare, too' '
	(cd m.git && git digest --sections=summary --compare --involves=cid@y.example \
		HEAD~6..) >out &&
	sed -n "s/^ *\([0-9]* [mp][a-z]*s*\) (.*/\1/p" out >actual &&
	(cd m.git && git digest --sections=summary --involves=cid@y.example \
		HEAD~6 -n 6) >before &&
	now=$(sed -n "s/^ *\([0-9]*\) mails*.*/\1/p" out) &&
	was=$(sed -n "s/^ *\([0-9]*\) mails*.*/\1/p" before) &&
	test -n "$now" && test "$now" -gt 0 && test "$was" -gt 0 &&
	difference=$((now - was)) &&
	case $difference in
	0) difference="as before" ;;
	[1-9]*) difference=+$difference ;;
	esac &&
	grep "^ *$now mails* ($difference)" out
'

test_expect_success 'what answers mails from before the range' '
	(cd m.git && git digest --sections=summary --author=Max HEAD~3..) >out &&
	grep " 0 mails" out &&
	(cd m.git && git digest --sections=summary --involves=max@z.example \
		HEAD~3..) >out &&
	grep " 1 mail\$" out
'

test_expect_success 'each line of a pattern is one, and a long line is cut' '
	left "Three one" --grep="$(printf "Three\nnothing\none")" &&
	(cd m.git && git digest --grep="$(printf "a\nb")" HEAD) >out &&
	grep "^Limited to: --grep=.a b.\$" out &&
	new_mirror long.git &&
	{ printf "%04090d needle\n%05000d\n" 1 1 && echo "pin" &&
	  printf "%05000d pinhead\n" 1; } |
	make_mail mail.tmp "A <a@b>" "[PATCH] long" && add_mail long.git mail.tmp &&
	for pattern in pin ^pin 0001
	do
		(cd long.git && git digest --grep="$pattern" HEAD) >out &&
		grep "^New:  long" out || return 1
	done &&
	for pattern in needle pinhead
	do
		(cd long.git && git digest --grep="$pattern" HEAD) >out &&
		! grep "^New:  long" out || return 1
	done
'

test_expect_success 'what is empty, or no UTF-8, is an error' '
	for option in --to= --cc= --involves= --state= --state=applied,
	do
		(cd m.git && test_expect_code 129 git digest $option HEAD \
			>../out 2>../err) &&
		test_must_be_empty out || return 1
	done &&
	for kind in -F -P -E "-F -i" "-P -i" "-E -i"
	do
		(cd m.git && test_expect_code 128 git digest $kind \
			--author="$(printf "M\374ller")" HEAD 2>../err) &&
		grep "^fatal: --author: .M.*ller. is not UTF-8" err ||
			return 1
	done &&
	(cd m.git && test_expect_code 128 git digest -E --grep="$(
		printf "%01001d" 0)" HEAD 2>../err) &&
	grep "^fatal: --grep: a regular expression of more than" err
'

test_expect_success 'a bad pattern is an error' '
	for option in "--grep=\(" "-E --author=(" "-P --grep=(" "-P --author=a{2,1}"
	do
		(cd m.git && test_expect_code 128 git digest $option HEAD \
			>../out 2>../err) &&
		test_must_be_empty out && test "$(wc -l <err)" = 1 &&
		grep "^fatal: --[a-z]*: bad regular expression" err || return 1
	done
'

test_expect_success 'a pattern that takes too long is told, and ends' '
	new_mirror slow.git &&
	patch slow.git "A <a@b>" "[PATCH] $(printf "%0100d" 0 | tr 0 a)!" &&
	(cd slow.git && git digest -P --grep="(a+)+\$" HEAD 2>../err) &&
	grep "^warning: the pattern .(a+)+\$. takes too long" err
'

test_expect_success 'in a code repository git chooses the commits' '
	git init -q -b main code &&
	(
		cd code &&
		git commit -q --allow-empty -m "base" &&
		git commit -q --allow-empty -m "One" --author="Ann <ann@x>" &&
		git commit -q --allow-empty -m "Two" -m "text (a)" \
			--author="Bob <bob@x>" &&
		git commit -q --allow-empty -m "one more" --author="Cid <cid@x>"
	) &&
	echo "Annette <an@else> <ann@x>" >code/.mailmap &&
	for words in --author=Bob --author=Annette --author=Ann "--grep=one" \
		"--grep=one -i" "-F --grep=(a)" "-E --grep=O|T" "-P --grep=\bm" \
		"--grep=one -i --invert-grep" "--author=Ann --author=Cid" \
		"--author=Cid --grep=more"
	do
		git -C code log --format=%s $words main >expect &&
		git -C code digest --sections=patches $words main >out &&
		sed -n "s/^[0-9a-f]\{7\} \(.*\) (.*/\1/p" out >actual &&
		test_cmp expect actual || return 1
	done &&
	git -C code digest --author=Bob --format=json main~3..main >out &&
	grep "\"limited_to\":\[\"--author=Bob\"\]" out &&
	git -C code digest --author=Bob main~3..main >out &&
	grep "^Limited to: --author=Bob" out && ! grep -i "merge" out &&
	# the range is the same
	git -C code digest main~3..main >whole && head -n 1 whole >expect &&
	head -n 1 out >actual && test_cmp expect actual &&
	grep " 1 commit\$" out && ! grep "changed\|left out" out &&
	git -C code digest -s --author=Nobody main~3..main >out &&
	head -n 1 out >actual && echo "code, 0 commits, 0 people" >expect &&
	test_cmp expect actual
'

test_expect_success '... and what only mails have is an error' '
	for option in --to=a@b --cc=a@b --involves=me --state=applied
	do
		test_expect_code 128 git -C code digest $option main 2>err &&
		grep "^fatal: ${option%=*} needs the mirror of a mailing" err ||
			return 1
	done
'

test_expect_success 'what a filter excludes is not wanted, either' '
	new_mirror f.git &&
	id=f1 patch f.git "Bot <bot@x>" "[PATCH] excluded" &&
	id=f2 patch f.git "Ann <ann@x>" "[PATCH] counts" &&
	echo "filters: {exclude: {from: [\"bot@*\"]}}" >f.git/digest.yaml &&
	(cd f.git && git digest --author=Ann --sections=status,patches HEAD) \
		>out &&
	grep "counts" out && ! grep "excluded" out
'

test_done
