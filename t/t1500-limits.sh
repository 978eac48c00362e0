#!/bin/sh

test_description='few descriptors, few processes, and objects without end'

. "${0%/*}/lib-digest.sh"

# same <command>...: in packs.git, the command prints the digest in expect or
# one fatal line, and nothing else.
same () {
	# the shell that runs the tests has opened some, too
	(cd packs.git && "$@" >../out 2>../err 3>&- 4>&- 5>&- 6>&- 7>&-)
	case $? in
	0) test_cmp expect out && test_must_be_empty err ;;
	128)
		test_must_be_empty out && test "$(wc -l <err)" = 1 &&
		grep "^fatal: .*$why" err ;;
	*) cat err; false ;;
	esac
}

# A checkpoint ends a pack.  Packs that are there twice, under another name,
# cost as many descriptors as others, and are made faster.
test_expect_success 'set up a mirror of 2,001 packs' '
	new_mirror packs.git &&
	perl "$test_source/bench/mirror.pl" 2001 |
	awk "/^commit refs/ && n++ % 20 == 0 { print \"checkpoint\" } 1" |
	git -C packs.git -c fastimport.unpackLimit=0 fast-import --quiet &&
	perl -e "chdir shift; @packs = glob q(*.pack); die if @packs < 100;
		for (@packs .. 2000) {
			(\$from = \$packs[\$_ % @packs]) =~ s/.pack\$//;
			\$to = sprintf q(pack-%040d), \$_;
			link qq(\$from.\$_), qq(\$to.\$_) or die for qw(pack idx)
		}" packs.git/objects/pack &&
	test "$(ls packs.git/objects/pack/*.pack | wc -l)" = 2001 &&
	(cd packs.git && git digest HEAD) >expect &&
	test "$(grep -c "^New:" expect)" -gt 100
'

why="Too many open files"
test_expect_success 'all packs are read with few descriptors' '
	(ulimit -n 64 && same git-digest --threads=4 HEAD) &&
	test_cmp expect out &&
	(ulimit -n 1024 && same git-digest --threads=4 HEAD) &&
	test_cmp expect out
'

test_expect_success 'with fewer descriptors the result is the same, or an error' '
	for n in 6 7 8 9 10 12 16 24 48
	do
		same sh -c "ulimit -n $n && exec git-digest --threads=4 HEAD" ||
			{ echo "-n $n"; return 1; }
	done
'

# The limit of processes does not hold for root, and another user must be able
# to come here.  The sanitizers need a process of their own, and the counters of
# "make coverage" a folder that they may write to.
as_nobody=
if test "$(id -u)" = 0
then
	as_nobody="setpriv --reuid=65534 --clear-groups"
fi
command -v prlimit >/dev/null &&
	$as_nobody ls "$XDG_CONFIG_HOME" >/dev/null 2>&1 &&
	prlimit --nproc=1 $as_nobody git-digest --version >out 2>err &&
	! test -s err && test_set_prereq PROCESS_LIMIT

why="Resource temporarily unavailable"
test_expect_success PROCESS_LIMIT 'few processes give the same digest, or an error' '
	chmod -R a+rX . && git config --global safe.directory "*" &&
	for n in 1 3 4 6 12
	do
		same prlimit --nproc=$n $as_nobody git-digest --threads=4 \
			HEAD || { echo "$n processes"; return 1; }
	done
'

test_expect_success 'a mail of fifty megabytes costs no more than its reading' '
	new_mirror large.git &&
	patch large.git "A <a@b>" "[PATCH] before" &&
	for kind in loose packed
	do
		{
			printf "From: A <a@b>\nSubject: [PATCH] large\n\n" &&
			head -c 50000000 /dev/zero | tr "\0" "a"
		} >mail &&
		add_mail large.git mail &&
		patch large.git "A <a@b>" "[PATCH] after" &&
		(cd large.git && timeout 2 git-digest HEAD >../out 2>../err) &&
		grep "mails* could not be read: larger than 16 MB" err &&
		grep "^New:  before" out && grep "^New:  after" out &&
		git -C large.git -c pack.window=0 repack -q -a -d || return 1
	done &&
	rm mail
'

test_done
