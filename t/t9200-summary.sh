#!/bin/sh

test_description='what the summary of a branch says of its base, files and signatures'

. "${0%/*}/lib-digest.sh"

# commit <message>: commit everything in the work tree.
commit () {
	git add -A && git commit -q -m "$1"
}

# summary <range> [<option>...]: the section alone, into out.
summary () {
	git digest --sections=summary "$@" >../out 2>../err
}

# keys <name>...: these keys of the summary, as JSON.
keys () {
	perl -MJSON::PP -0777 -e '
		my $s = decode_json(<STDIN>)->{summary};
		my $json = JSON::PP->new->canonical->allow_nonref;
		print "$_ ", $json->encode($s->{$_}), "\n" for @ARGV' "$@"
}

test_expect_success 'set up two sides' '
	git init -q -b main code &&
	(
		cd code && mkdir lib &&
		for i in 0 1 2 3 4 5 6 7 8 9 a b c
		do
			seq 20 >lib/$i.c || return 1
		done &&
		seq 30 >old.c && seq 40 60 >gone.c && seq 70 90 >run.sh &&
		GIT_COMMITTER_DATE="2026-01-04T10:00:00+0100" &&
		export GIT_COMMITTER_DATE && commit base &&
		unset GIT_COMMITTER_DATE &&
		git checkout -q -b topic &&
		for i in 0 1 2 3 4 5 6 7 8 9 a b
		do
			echo topic >>lib/$i.c || return 1
		done &&
		commit "change many" && git mv old.c new.c && commit rename &&
		git rm -q gone.c && chmod +x run.sh && mkdir t &&
		echo test >t/t1.sh && printf "\0\1" >binary && commit "the rest" &&
		git checkout -q main &&
		for i in 0 1 2 3 4 5 6 7 8 9 a c
		do
			sed -i "s/^5\$/five/" lib/$i.c || return 1
		done &&
		commit one && sed -i "s/^3\$/three/" old.c && commit two &&
		git checkout -q topic
	)
'

test_expect_success 'it has all that git says of the branch' '
	(cd code && summary main..topic) &&
	cat >expect <<-EOF &&
	From $(git -C code rev-parse --short main) to $(git -C code rev-parse --short topic)
	code update from $(git -C code rev-parse --short main) to $(git -C code rev-parse --short topic)

	===== Summary =====

	main..topic

	      3 commits
	      1 person
	     17 files changed
	     13 insertions
	     21 deletions

	Merge base: $(git -C code rev-parse --short main~2) of 4 Jan 2026, 2 commits behind
	Both sides change 12 files:
	    lib/0.c
	    lib/1.c
	    lib/2.c
	    lib/3.c
	    lib/4.c
	    lib/5.c
	    lib/6.c
	    lib/7.c
	    lib/8.c
	    lib/9.c
	    and 2 more
	Merges cleanly into $(git -C code rev-parse --short main)

	Tests: 1 of 17 files
	Signatures: none

	$(git -C code diff --stat --summary main...topic)

	EOF
	test_cmp expect out
'

test_expect_success '... as JSON, too' '
	(cd code && git digest --format=json main..topic) |
	keys refs behind base_date both_changed tests signatures side_unknown \
		>actual &&
	cat >expect <<-\EOF &&
	refs "main..topic"
	behind 2
	base_date "2026-01-04T09:00:00+00:00"
	both_changed ["lib/0.c","lib/1.c","lib/2.c","lib/3.c","lib/4.c","lib/5.c","lib/6.c","lib/7.c","lib/8.c","lib/9.c","lib/a.c","old.c"]
	tests 1
	signatures {"bad":0,"good":0,"none":3,"unknown":0}
	side_unknown null
	EOF
	test_cmp expect actual &&
	(cd code && git digest --format=json main..topic) | keys changes |
	grep -o "{[^}]*}" | grep -v "lib/" >actual &&
	cat >expect <<-\EOF &&
	{"deletions":null,"from":null,"insertions":null,"new_mode":"100644","old_mode":null,"path":"binary","status":"A"}
	{"deletions":21,"from":null,"insertions":0,"new_mode":null,"old_mode":"100644","path":"gone.c","status":"D"}
	{"deletions":0,"from":"old.c","insertions":0,"new_mode":"100644","old_mode":"100644","path":"new.c","status":"R"}
	{"deletions":0,"from":null,"insertions":0,"new_mode":"100755","old_mode":"100644","path":"run.sh","status":"M"}
	{"deletions":0,"from":null,"insertions":1,"new_mode":"100644","old_mode":null,"path":"t/t1.sh","status":"A"}
	EOF
	test_cmp expect actual
'

test_expect_success 'of a fast-forward and of what is merged it says less' '
	(
		cd code && summary main..main~1 &&
		grep "^Is all contained in" ../out &&
		grep "^Merge base: .*, 1 commit behind" ../out &&
		! grep "Both sides\|Tests:\|files\{0,1\} changed," ../out &&
		summary main~1..main &&
		grep "^Merge base: $(git rev-parse --short main~1) of [^,]*\$" \
			../out &&
		grep "^Tests: 0 of 1 file\$" ../out && ! grep "Both" ../out &&
		summary -n 2 topic && ! grep "^Merge\|Both" ../out
	)
'

test_expect_success 'paths limit the files, of both sides' '
	(
		cd code && summary main..topic -- lib/0.c lib/b.c &&
		grep "^Both sides change 1 file:" ../out &&
		grep "^    lib/0.c\$" ../out && grep "^Tests: 0 of 2 files" ../out &&
		grep "2 files changed, 2 ins" ../out && ! grep "new.c" ../out &&
		cd lib && git digest --sections=summary main..topic -- 0.c >out &&
		grep "^    lib/0.c\$" out && rm out
	)
'

test_expect_success 'strange names forge no line' '
	(
		cd code && git checkout -q -b strange main &&
		name=$(printf "a\nMerges cleanly") && echo x >"$name" &&
		echo x >ü && commit "strange" && git checkout -q -b other main &&
		echo y >"$name" && echo y >ü && commit "other" &&
		summary strange..other &&
		grep "^    \"a.nMerges cleanly\"\$" ../out && grep "^    ü\$" ../out &&
		! grep "^Merges" ../out && git checkout -q topic
	)
'

test_expect_success 'the YAML file says what a test is' '
	(
		cd code &&
		printf "summary:\n  tests: [\"lib/[0-3].c\", new.c]\n" \
			>.git/digest.yaml &&
		summary main..topic && grep "^Tests: 5 of 17 files" ../out &&
		echo "summary: {test: x}" >.git/digest.yaml &&
		test_expect_code 128 git digest main..topic 2>../err &&
		grep "digest.yaml:1:11: unknown key .test." ../err &&
		rm .git/digest.yaml
	)
'

test_expect_success 'usual places and names of tests are known' '
	git init -q -b main names &&
	(
		cd names && git commit -q --allow-empty -m base &&
		git checkout -q -b topic &&
		for file in t/a tests/b test-c.c lib/test/d lib/e_test.go f.test.js \
			spec/g h_spec.rb src/t/i no.c attest.c contest/j src/it/k
		do
			mkdir -p "$(dirname $file)" && echo x >$file || return 1
		done &&
		commit files && summary main..topic &&
		grep "^Tests: 9 of 13 files" ../out
	)
'

test_expect_success 'signatures are counted' '
	cat >gpg <<-\EOF &&
	#!/bin/sh
	# Says of a text what its last word asks for: "bad" may be in an id.
	case "$*" in
	*--verify*)
		text=$(cat)
		case "$text" in
		*good) echo "[GNUPG:] GOODSIG 0123456789ABCDEF A"
			echo "[GNUPG:] TRUST_FULLY 0 shell" ;;
		*bad) echo "[GNUPG:] BADSIG 0123456789ABCDEF A" ;;
		*) echo "[GNUPG:] ERRSIG 0123456789ABCDEF 1 8 00 1 9"
		   echo "[GNUPG:] NO_PUBKEY 0123456789ABCDEF"; exit 2 ;;
		esac ;;
	*)
		cat >/dev/null
		echo "[GNUPG:] SIG_CREATED D 1 8 00 1 A" >&2
		printf -- "-----BEGIN PGP SIGNATURE-----\n\nx\n-----END PGP SIGNATURE-----\n" ;;
	esac
	EOF
	chmod +x gpg &&
	git init -q -b main signed &&
	(
		cd signed && git config gpg.program "$PWD/../gpg" &&
		git commit -q --allow-empty -m base && git checkout -q -b topic &&
		for what in good good bad other
		do
			git commit -q --allow-empty -S -m "$what" || return 1
		done &&
		git commit -q --allow-empty -m none &&
		git log --format=%G? main..topic | tr "\n" " " >../is &&
		echo "N E B G G " | tr -d "\n" >../expect && test_cmp ../expect ../is &&
		summary main..topic &&
		grep "^Signatures: 2 good, 1 bad, 1 cannot be checked, 1 none\$" \
			../out &&
		git digest main..topic >../out &&
		grep "^Signatures: 2 good" ../out &&
		git digest --sections=patches main..topic >../out &&
		! grep Signatures ../out
	)
'

# with <message> [<trailer>...]: an empty commit that ends with these trailers.
with () {
	message=$1 && shift &&
	git commit -q --allow-empty -m "$message" \
		-m "$(printf "%s\n" "$@" "Signed-off-by: A U Thor <author@example.com>")"
}

test_expect_success 'reviewers are counted by the trailers of commits' '
	git init -q -b main reviewed &&
	(
		cd reviewed && git commit -q --allow-empty -m base &&
		git checkout -q -b topic &&
		with one "Reviewed-by: Ann Bee <ann@x.example>" \
			"Acked-by: Cid <cid@x.example>" &&
		with two "Reviewed-by: Ann B. <ann@old.example>" \
			"Reviewed-by: Ann Bee <ann@x.example>" \
			"Tested-by: Cid <cid@x.example>" &&
		with three "Reviewed-and-tested-by: Dee <dee@x.example>" \
			"Acked-by: Somebody" &&
		git commit -q --allow-empty -m four -m "Reviewed-by: No Trailer <n@x>

		is in the middle of a text." -m \
			"Signed-off-by: A U Thor <author@example.com>" &&
		echo "Ann Bee <ann@x.example> <ann@old.example>" >.mailmap &&
		git digest --sections=reviewers main..topic >../out &&
		sed -n "/^Top/,/^\$/p" ../out >../actual &&
		cat >../expect <<-\EOF &&
		Top 15 reviewers (Based on Trailers)

		EOF
		test_cmp ../expect ../actual &&
		sed -n "s/^      [0-9]  //p" ../out >../actual &&
		cat >../expect <<-\EOF &&
		Ann Bee <ann@x.example>, 2 Reviewed-by
		Cid <cid@x.example>, 1 Acked-by, 1 Tested-by
		Dee <dee@x.example>, 1 Reviewed-by, 1 Tested-by
		Somebody, 1 Acked-by
		EOF
		test_cmp ../expect ../actual &&
		git shortlog -ns --group=trailer:reviewed-by main..topic |
		sed "s/^ *//" | tr "\t" " " >../actual &&
		echo "2 Ann Bee" >../expect && test_cmp ../expect ../actual &&
		git digest --format=json main..topic |
		grep "\"name\":\"Cid\",\"email\":\"cid@x.example\",\"count\":2,\"reviewed\":0,\"acked\":1,\"tested\":1,\"nacked\":0" &&
		git digest --sections=reviewers topic~1..topic >../out &&
		! grep "^Top" ../out
	)
'

test_expect_success '... and commits without one are found, where most have one' '
	(
		cd reviewed && git digest --sections=checks main..topic >../out &&
		sed -n "/^Has no Reviewed-by, Acked-by or Tested-by:/,\$p" ../out |
		grep -c "^    " >../count && echo 1 >../expect &&
		test_cmp ../expect ../count &&
		git digest --sections=checks topic~2..topic >../out &&
		! grep "Has no Reviewed-by" ../out
	)
'

test_expect_success 'a hook on a server shows what a push brings' '
	git clone -q --bare code server.git &&
	cp "$installed_data/doc/git-digest/examples/pre-receive" \
		server.git/hooks/pre-receive &&
	(
		cd code && git checkout -q -b pushed topic &&
		echo more >>lib/0.c && commit "fixup! more" &&
		git push ../server.git pushed 2>../err
	) &&
	sed "s/^remote: //; s/ *\$//" err >out &&
	grep "^What refs/heads/pushed brings to main:" out &&
	grep "^Merges cleanly into" out && grep "2 commits behind" out &&
	grep -A 1 "^Is to be squashed" out | grep "fixup! more" &&
	git -C server.git rev-parse -q --verify pushed &&
	(cd code && git push ../server.git :pushed 2>../err) &&
	! grep "What\|fatal" err
'

# There is no such service here: these write what they are given to files.
test_expect_success 'the recipes of the manual page work' '
	mkdir bin && printf "#!/bin/sh\ncat >\"$PWD/body\"\n" >bin/gh &&
	printf "#!/bin/sh\nfor a; do :; done; echo \"\$a\" >\"$PWD/body\"\n" >bin/glab &&
	chmod +x bin/gh bin/glab &&
	(
		PATH=$PWD/bin:$PATH && cd code && git checkout -q topic &&
		manual="$project/Documentation/git-digest.adoc" &&
		for tool in gh glab
		do
			rm -f ../body &&
			perl -0777 -ne "for (split /----\n/) { print if /^(git digest.*\|\s*)?$tool (pr|mr) create/s }" \
				"$manual" >../recipe && test -s ../recipe &&
			sh ../recipe && grep "Merges cleanly" ../body || return 1
		done &&
		git config alias.prepush \
			"!git digest --sections=summary,checks main.. && git push" &&
		git push -q ../server.git topic && git remote add origin \
			../server.git && git fetch -q origin &&
		git prepush -q origin topic >../out && grep "Merges cleanly" ../out &&
		git clone -q ../server.git ../ci && cd ../ci &&
		git checkout -q origin/topic &&
		git digest "origin/main..HEAD" >../out &&
		grep "Merges cleanly" ../out
	)
'

test_expect_success 'nothing is written to the repository' '
	(
		cd code && find .git -type f | sort | xargs sha1sum >../before &&
		summary main..topic &&
		find .git -type f | sort | xargs sha1sum >../after &&
		test_cmp ../before ../after
	)
'

# The files of so many commits are looked at by two gits.
test_expect_success 'a branch that is far behind' '
	git init -q -b main far &&
	(
		cd far && seq 20 >f && seq 20 >g && seq 20 >h && commit base &&
		git checkout -q -b topic && echo f >>f && commit "f: topic" &&
		echo g >>g && commit "g: topic" && echo h >>h && commit "h: topic" &&
		git checkout -q main &&
		for i in $(seq 130)
		do
			case $i in
			10) git cherry-pick topic~1 ;;
			125) git cherry-pick topic~2 ;;
			*) echo $i >more && commit "more $i" ;;
			esac >/dev/null || return 1
		done &&
		git digest --format=json main..topic >../out
	) &&
	keys behind both_changed merge <out >actual &&
	cat >expect <<-\EOF &&
	behind 130
	both_changed ["f","g"]
	merge "clean"
	EOF
	test_cmp expect actual &&
	perl -MJSON::PP -0777 -ne "print qq(\$_->{label} \$_->{title}\n)
		for @{decode_json(\$_)->{entries}}" out >actual &&
	printf "new h: topic\nexist g: topic\nexist f: topic\n" >expect &&
	test_cmp expect actual
'

test_expect_success '... of both sides, only its own commits are there already' '
	(cd far && git digest --format=json main...topic) >out &&
	perl -MJSON::PP -0777 -ne "print map { qq(\$_->{label} \$_->{title}\n) }
		grep { \$_->{title} =~ /topic/ } @{decode_json(\$_)->{entries}}" \
		out | sort >actual &&
	printf "%s: topic\n" "exist f" "exist g" "new f" "new g" "new h" >expect &&
	test_cmp expect actual
'

test_expect_success '... also where only its newest commit is wanted' '
	(
		cd far && git checkout -q -b late main~130 &&
		GIT_COMMITTER_DATE="2029-01-01T00:00:00Z" \
			git cherry-pick topic~1 >/dev/null &&
		GIT_COMMITTER_DATE="2030-01-01T00:00:00Z" \
			git cherry-pick topic~2 >/dev/null &&
		git digest -n 1 --sections=messages main..late >../out
	) &&
	grep "^Exist: f: topic" out
'

test_expect_success '... whose other side git cannot read is told apart' '
	(
		cd far && gone=$(git rev-parse main~3^{tree}) &&
		file=.git/objects/$(echo $gone | sed "s,..,&/,") &&
		mv $file kept && git digest main..topic >../out 2>../err &&
		mv kept $file
	) &&
	grep "^warning: cannot find the commits that .*:.*" err &&
	grep "^New:  f: topic" out
'

test_expect_success 'ids are as short as those of git log' '
	(
		cd far && perl -e "print qq(blob\ndata <<E\n\$_\nE\n) for 1 .. 3000" |
		git fast-import --quiet &&
		git log --abbrev=4 --format="%h %s" main >../expect &&
		git digest --abbrev=4 --sections=patches main >../out
	) &&
	sed -n "s/ (A U Thor)\$//p" out >actual && test_cmp expect actual
'

test_done
