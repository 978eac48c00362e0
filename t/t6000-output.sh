#!/bin/sh

test_description='the output is written as a whole, or not at all'

. "${0%/*}/lib-digest.sh"

test_expect_success 'set up a mirror' '
	new_mirror m.git &&
	for i in 1 2 3
	do
		patch m.git "A <a@b>" "[PATCH] $i" || return 1
	done &&
	(cd m.git && git digest HEAD) >plain
'

test_expect_success '-o writes the file, and nothing to standard output' '
	(cd m.git && git digest -o ../file HEAD) >out 2>err &&
	test_must_be_empty out &&
	test_must_be_empty err &&
	test_cmp plain file &&
	(cd m.git && git digest --output=../file2 HEAD) &&
	test_cmp plain file2
'

test_expect_success '-o replaces an existing file, also through a symlink' '
	echo old >target &&
	ln -s target link &&
	(cd m.git && git digest -o ../link HEAD) &&
	test_cmp plain target &&
	test -h link &&
	ln -s to-be-made dangling &&
	(cd m.git && git digest -o ../dangling HEAD) &&
	test_cmp plain to-be-made &&
	test -h dangling
'

test_expect_success '-o writes color only with --color=always' '
	(cd m.git && git digest --color=always -o ../colored HEAD) &&
	(cd m.git && git digest --color=always HEAD) >expect &&
	test_cmp expect colored &&
	(cd m.git && git digest --color=auto -o ../file HEAD) &&
	test_cmp plain file &&
	for key in color.ui color.digest
	do
		(cd m.git && git -c $key=always digest -o ../file HEAD) &&
		test_cmp plain file || return 1
	done &&
	(cd m.git && git -c color.ui=always digest HEAD) >out &&
	test_cmp expect out
'

test_expect_success '-o heeds the umask, or keeps the mode of the file' '
	(umask 027 && cd m.git && git digest -o ../moded HEAD) &&
	test "$(stat -c %a moded)" = 640 &&
	chmod 600 moded &&
	(cd m.git && git digest -o ../moded HEAD) &&
	test "$(stat -c %a moded)" = 600 &&
	chmod 6755 moded &&
	(cd m.git && git digest -o ../moded HEAD) &&
	test "$(stat -c %a moded)" = 755
'

test_expect_success '-o starts from the folder that git -C names, as git log' '
	git init -q -b main code && mkdir -p code/sub &&
	git -C code commit -q --allow-empty -m x &&
	for command in "log -p --output=file" "digest -o file" \
		"digest --output=file"
	do
		git -C code/sub $command HEAD && rm code/sub/file &&
		git -C code --git-dir=.git $command HEAD && rm code/file &&
		git -C code config alias.to "$command" &&
		(cd code/sub && git to HEAD && rm file) || return 1
	done
'

test_expect_success 'an empty name fails at once' '
	for option in "-o" "--output"
	do
		(cd m.git && test_expect_code 128 git digest $option "" no-such \
			>../out 2>../err) &&
		test_must_be_empty out &&
		grep "^fatal: cannot create a file with an empty name" err ||
			return 1
	done
'

test_expect_success 'a circle of symbolic links is an error' '
	ln -s one two && ln -s two one && ln -s self self &&
	for name in one self
	do
		(cd m.git && test_expect_code 128 git digest -o ../$name HEAD \
			>../out 2>../err) &&
		test_must_be_empty out && test -h $name &&
		grep "^fatal: cannot create .*: Too many levels of" err ||
			return 1
	done
'

test_expect_success 'closed standard streams do no harm' '
	(cd m.git && git-digest -o ../closed HEAD <&- >&- 2>&-) &&
	test_cmp plain closed &&
	(cd m.git && git-digest HEAD <&- >&- 2>../err) &&
	test_must_be_empty err
'

test_expect_success '-o can write to a device' '
	(cd m.git && git digest -o /dev/stdout HEAD) | cat >actual &&
	test_cmp plain actual
'

test_expect_success 'a file that cannot be created is fatal' '
	(cd m.git && test_expect_code 128 git digest -o ../no/file HEAD \
		>../out 2>../err) &&
	test_must_be_empty out &&
	grep "^fatal: cannot create .\.\./no/file.: No such file" err
'

test_expect_success 'a fatal error keeps an old file, and leaves no new one' '
	echo old >kept &&
	(cd m.git && test_expect_code 128 git digest -o ../kept nope) &&
	echo old >expect &&
	test_cmp expect kept &&
	! ls -A | grep "^\.git-digest"
'

test_expect_success 'a full disk is fatal' '
	(cd m.git && test_expect_code 128 git digest HEAD >/dev/full \
		2>../err) &&
	grep "^fatal: write failure on standard output: No space left" err &&
	(cd m.git && test_expect_code 128 git digest -o /dev/full HEAD \
		2>../err) &&
	grep "^fatal: write failure on /dev/full: No space left" err
'

test_expect_success 'git digest ends silently if nobody reads its output' '
	new_mirror big.git &&
	perl -e "print qq(From: A <a\@b>\nSubject: [PATCH] x\n\n);
		print qq(line \$_\n) for 1..200000" >mail &&
	add_mail big.git mail &&
	{
		(cd big.git && git digest HEAD 2>../err; echo $? >../status) |
		head -n 1
	} >out &&
	test "$(wc -l <out)" = 1 &&
	test_must_be_empty err &&
	test "$(cat status)" = 141
'

test_expect_success '... also if its parent ignores SIGPIPE' '
	{
		(trap "" PIPE; cd big.git && git-digest HEAD 2>../err;
		 echo $? >../status) | head -n 1
	} >out &&
	test_must_be_empty err &&
	test "$(cat status)" = 141
'

test_expect_success 'if the file becomes too large, the old one is kept' '
	echo old >kept &&
	(
		ulimit -f 100 && trap "" XFSZ && cd big.git &&
		test_expect_code 128 git-digest -o ../kept HEAD 2>../err
	) &&
	grep "^fatal: write failure on .*kept: File too large" err &&
	echo old >expect &&
	test_cmp expect kept &&
	! ls -A | grep "^\.git-digest"
'

# The signal comes at a different moment each time.
test_expect_success 'a signal leaves no unfinished file' '
	mkdir dir &&
	for i in 1 2 3 4 5 6 7 8
	do
		{ (cd big.git &&
		   exec git-digest -o ../dir/file HEAD 2>/dev/null) & } &&
		pid=$! &&
		while kill -0 $pid 2>/dev/null &&
			! ls -A dir | grep -q "^\.git-digest-"
		do
			:
		done
		kill -TERM $pid 2>/dev/null
		wait $pid
		! ls -A dir | grep "^\.git-digest-" || return 1
	done
'

test_expect_success '-o can write to a file named --' '
	(cd m.git && git digest -o -- HEAD && test -s -- && rm -- --) &&
	(
		cd code &&
		echo >a && git add a && git commit -q -m y &&
		git digest HEAD a -o -- && grep "^New:  y" ./-- &&
		! grep "^New:  x" ./--
	)
'

test_expect_success 'any number of threads makes the same digest' '
	new_mirror many.git &&
	perl "$test_source/bench/mirror.pl" 1500 >stream &&
	git -C many.git fast-import --quiet <stream &&
	for format in text json
	do
		(cd many.git && git digest --format=$format --patches=all \
			--threads=1 HEAD) >expect &&
		test $(wc -l <expect) -gt 500 &&
		for n in 0 2 3 16
		do
			(cd many.git && git digest --format=$format \
				--patches=all --threads=$n HEAD) >actual &&
			test_cmp expect actual || return 1
		done || return 1
	done &&
	test_expect_code 129 git digest --threads=x 2>err &&
	grep "^error: --threads: .x. is not a number" err &&
	test_expect_code 129 git digest --threads=-1 2>err
'

test_done
