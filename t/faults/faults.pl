#!/usr/bin/perl
# What does git digest do when the system fails it?  Let calls fail, break the
# gits that it starts, damage repositories, kill it, give it no room; and look
# at what came out.
#
# usage: perl t/faults/faults.pl <seed> <jobs> [<number>...]
#
# in the project's folder; "make check-faults" calls it.  The same seed makes
# the same cases of the same program; with numbers, only those are tried, and
# the commands printed.  All that is written lies in build/faults/; of a case
# that is bad its folder stays there.
#
# What may come of a case:
#
#	same	exit code 0, and the result as without the fault
#	warned	exit code 0, and a warning; or the page says what is unknown
#	fatal	exit code 128, one line "fatal: ...", and no result
#	killed	died of the signal that it got
#	git	exit code 0 and another result, but git says the same as well
#	named	a crash in libgit2, which trusts an index of a pack
#	not run	the fault came before the program began
#	BAD	anything else
use strict;
use warnings;
use Cwd qw(getcwd);
use Digest::SHA qw(sha1_hex);
use Errno qw(:POSIX);
use File::Find qw(find);
use File::Path qw(make_path remove_tree);
use JSON::PP ();
use POSIX qw(:sys_wait_h);
use Time::HiRes qw(time sleep);

use constant TIMEOUT => 10;	# seconds, after which a case hangs
use constant GRACE => 2;	# seconds for what may go on after its end

my $project = getcwd();
my $folder = "$project/build/faults";
my $program = "$project/git-digest";
my $inject = "$project/build/t/faults/inject.so";
my $group;	# of the case that runs
my @pids;	# of the processes that try cases
my %signals = (HUP => 1, INT => 2, QUIT => 3, PIPE => 13, TERM => 15);

# --- files and commands ------------------------------------------------------

sub read_file
{
	my ($path) = @_;
	open my $in, '<:raw', $path or return undef;
	local $/;
	return <$in> // '';
}

sub write_file
{
	my ($path, $text) = @_;
	# It may be a second name of a file that has to stay as it is.
	unlink $path;
	open my $out, '>:raw', $path or die "cannot write $path: $!\n";
	print $out $text;
	close $out or die "cannot write $path: $!\n";
}

sub must_run
{
	system(@_) == 0 or die "failed: @_\n";
}

# The status and the output of a command; what it says else is of no interest.
sub output_of
{
	my ($cwd, @command) = @_;
	my $pid = open(my $out, '-|') // die "cannot fork: $!\n";
	if (!$pid) {
		chdir $cwd or POSIX::_exit(127);
		open STDIN, '<', '/dev/null';
		open STDERR, '>', '/dev/null';
		exec 'timeout', TIMEOUT, @command or POSIX::_exit(127);
	}
	local $/;
	my $text = <$out> // '';
	close $out;
	return ($?, $text);
}

sub files_in
{
	my ($path) = @_;
	opendir my $dir, $path or return ();
	return sort grep { !/^\.\.?$/ } readdir $dir;
}

sub quoted
{
	return join ' ', map {
		m{^[\w\@%+=:,./~-]+$} ? $_ : "'" . s/'/'\\''/gr . "'"
	} @_;
}

# --- repositories ------------------------------------------------------------

# A commit of a mirror, with a mail in the file "m", or its removal in "d".
sub mail
{
	my ($time, $file, $subject, $text, @fields) = @_;
	my $mail = join '', map { "$_\n" }
		"From: J\xf6rg <joerg\@d1.example>", "Subject: $subject",
		'List-Id: <bench.example>', @fields, '', $text, '---',
		' f.c | 2 +-',
		' 1 file changed, 1 insertion(+), 1 deletion(-)', '',
		'diff --git a/f.c b/f.c', '--- a/f.c', '+++ b/f.c',
		'@@ -1 +1 @@', '-a', '+b', '-- ', '2.51';

	return sprintf "commit refs/heads/master\n" .
		"author Joerg <joerg\@d1.example> %d +0000\n" .
		"committer list <l\@example> %d +0000\ndata %d\n%s\n" .
		"deleteall\nM 100644 inline %s\ndata %d\n%s\n",
		$time, $time, length $subject, $subject, $file,
		length $mail, $mail;
}

# What the mails of t/bench/mirror.pl lack: an older and a newer version of a
# series, a mail in another charset, and one that is removed.
sub mirror_stream
{
	my $mails = `perl t/bench/mirror.pl 300`;
	my $time = 1800000000;

	return mail(1500000000, 'm', '[PATCH] things: take them', 'First.',
		    'Message-ID: <v1@x>') . $mails . join '',
		mail($time, 'm', '[PATCH] things: in another charset',
		     "\xf0\xd2\xc9\xd7", 'Message-ID: <k@x>',
		     'MIME-Version: 1.0',
		     'Content-Type: text/plain; charset=koi8-r'),
		mail($time + 60, 'm', '[PATCH v2] things: take them',
		     'Second.', 'Message-ID: <v2@x>'),
		mail($time + 120, 'm', '[PATCH] spam', 'Buy.',
		     'Message-ID: <s@x>'),
		mail($time + 180, 'd', '[PATCH] spam', 'Buy.',
		     'Message-ID: <s@x>'),
		mail($time + 240, 'm', '[PATCH] things: give them', 'Last.',
		     'Message-ID: <g@x>');
}

sub import
{
	my ($repository, $stream) = @_;
	open my $git, '|-', 'git', '-C', $repository, 'fast-import', '--quiet',
		'--force' or die "cannot run git: $!\n";
	print $git $stream;
	close $git or die "git fast-import failed\n";
}

sub make_mirrors
{
	must_run(qw(git init -q --bare -b master), "$folder/packed.git");
	import("$folder/packed.git", mirror_stream());
	must_run('git', '-C', "$folder/packed.git", qw(repack -adq));
	must_run(qw(git clone -q --mirror), "$folder/packed.git",
		 "$folder/loose.git");
	my ($pack) = glob "$folder/loose.git/objects/pack/*.pack";
	rename $pack, "$folder/pack" or die;
	unlink glob "$folder/loose.git/objects/pack/*";
	must_run("git -C $folder/loose.git unpack-objects -q <$folder/pack");
	# Its ref is a file of its own, too.
	must_run("cd $folder/loose.git && id=\$(git rev-parse HEAD) &&
		 rm packed-refs && mkdir -p refs/heads &&
		 echo \$id >refs/heads/master");
	must_run(qw(git init -q --bare -b master), "$folder/large.git");
	import("$folder/large.git", scalar `perl t/bench/mirror.pl 3000`);
}

# A work tree whose branch conflicts with main, and has commits that main has,
# and a bare clone of it with all that speeds up git.
sub make_code
{
	my $code = "$folder/code";
	must_run(qw(git init -q -b main), $code);
	import($code, scalar `perl t/bench/code.pl 90`);
	my $script = <<'END';
	git reset -q --hard &&
	changed=$(git diff --diff-filter=M --name-only HEAD~12 HEAD |
		head -n 1) &&
	git config color.digest.subject 'bold blue' &&
	twin=$(git rev-parse HEAD~3) &&
	printf 'Real Name <real@d1.example> <c@d1.example>\n' >.mailmap &&
	git add .mailmap && git commit -q -m 'mailmap' &&
	git checkout -q -b topic HEAD~13 &&
	for n in $(seq 18)
	do
		seq $n >own$n.c && git add own$n.c &&
		git commit -q -s -m "own: file $n" || exit 1
	done &&
	git cherry-pick $twin >/dev/null 2>&1 ||
		git cherry-pick --skip >/dev/null 2>&1
	git branch side && seq 5 >five.c && git add five.c &&
	git commit -q -m 'fixup! own: file 3' \
		--author='C <c@d1.example>' &&
	seq 90 >"$changed" && git commit -q -a -m "conflict

Fixes: 1234567890ab (\"a commit that is not there\")" &&
	git checkout -q side && seq 6 >six.c && git add six.c &&
	git commit -q -s -m 'on the side' && git checkout -q topic &&
	git merge -q --no-edit side &&
	git show main:.mailmap >.mailmap && git add .mailmap &&
	git commit -q -s -m 'mailmap here' &&
	git branch -q --set-upstream-to=main
END
	must_run("cd $code && { $script } >/dev/null");
	must_run("git clone -q --bare --shared $code/.git $folder/bare.git &&
		 cd $folder/bare.git &&
		 echo ../../code/.git/objects >objects/info/alternates &&
		 git symbolic-ref HEAD refs/heads/topic &&
		 git tag -a -m x old topic~9 &&
		 t=\$(git commit-tree -p topic -m 'one of its own' \\
			topic^{tree}) && git update-ref refs/heads/topic \$t &&
		 git repack -dlq && git pack-refs --all &&
		 git -C $code repack -adq &&
		 git -C $code multi-pack-index write 2>/dev/null &&
		 git multi-pack-index write 2>/dev/null &&
		 git commit-graph write --reachable 2>/dev/null &&
		 printf '%s\\n' 'list:' '  name: Pull' 'filters:' \\
			'  exclude:' '    path:' \\
			\"      - 'six.c'\" >digest.yaml");
}

# A mirror of mails with the commits of the code, each by itself, and every
# third with more lines around its changes.
sub make_posted
{
	my ($stream, $i) = ('', 0);

	must_run(qw(git init -q --bare -b master), "$folder/posted.git");
	for my $id (split /\n/, `git -C $folder/code rev-list --no-merges topic`) {
		my $lines = $i % 3 ? 3 : 9;
		my $mail = `git -C $folder/code format-patch -1 --stdout -U$lines $id`;
		my $time = 1700000000 + 60 * $i++;
		my ($title) = $mail =~ /^Subject: (.*)/m;
		$mail = "Message-ID: <$i\@x>\nList-Id: <bench.example>\n" .
			$mail =~ s/^From .*\n//r;
		$stream .= "commit refs/heads/master\n" .
			"author A <a\@x> $time +0000\n" .
			"committer L <l\@x> $time +0000\n" .
			"data " . length($title) . "\n$title\n" .
			"M 100644 inline m\ndata " . length($mail) .
			"\n$mail\n";
	}
	import("$folder/posted.git", $stream);
}

# An inbox whose epochs are two of the mirrors.
sub make_box
{
	make_path("$folder/box/git");
	must_run(qw(git clone -q --mirror), "$folder/posted.git",
		 "$folder/box/git/0.git");
	must_run(qw(git clone -q --mirror), "$folder/packed.git",
		 "$folder/box/git/1.git");
}

# The same mails as those of the mirrors, in a public-inbox v1 mirror: all of
# them are in the tree, each in a file of its own.
sub make_v1
{
	my ($from, $stream) = (mirror_stream(), '');

	while ($from =~ /\G(.*?)(?:deleteall\n)?M 100644 inline ([md])\n
			 data\ (\d+)\n/gcsx) {
		my ($commit, $file, $size) = ($1, $2, $3);
		my $mail = substr $from, pos $from, $size;
		my $path = sha1_hex($mail) =~ s,^..,$&/,r;
		pos($from) = pos($from) + $size;
		$stream .= $commit . ($file eq 'd' ? "D $path\n" :
			"M 100644 inline $path\ndata $size\n$mail");
	}
	$stream .= substr $from, pos($from) // 0;
	must_run(qw(git init -q --bare -b master), "$folder/v1.git");
	import("$folder/v1.git", $stream);
	must_run('git', '-C', "$folder/v1.git", qw(repack -adq));
}

# Two lists with nearly the same mails, and the files that are about them.
sub make_shelf
{
	make_path("$folder/shelf");
	for my $name (qw(one two)) {
		must_run(qw(git clone -q --mirror), "$folder/packed.git",
			 "$folder/shelf/$name.git");
		write_file("$folder/shelf/$name.yaml",
			   "list:\n  name: $name\n  id: $name.example\n" .
			   "  mirror: $name.git\n");
	}
	import("$folder/shelf/two.git", mail(1800000300, 'm',
		'Re: [PATCH v2] things: take them', 'Applied, thanks.',
		'In-Reply-To: <v2@x>', 'Message-ID: <r@x>') =~
		s/(?=deleteall)/from refs\/heads\/master^0\n/r);
}

# Each: where and how git digest runs; with "out", it writes to -o.
my %scenarios = (
	packed => {
		cwd => 'packed.git',
		args => [qw(--threads=1 --patches=all HEAD~150..HEAD)],
	},
	loose => {
		cwd => 'loose.git', out => 1,
		args => [qw(--threads=4 --format=json --max-count=150 HEAD)],
	},
	talk => {
		cwd => 'packed.git',
		args => [qw(--threads=2 --sections=all --compare
			    HEAD~150..HEAD)],
	},
	short => {
		cwd => 'packed.git',
		args => [qw(--threads=2 --short --grep=. --involves=*@*
			    HEAD~150..HEAD)],
	},
	against => {
		cwd => 'posted.git',
		args => ['--sections=patches,status',
			 qw(--threads=2 --against=../code:topic HEAD)],
	},
	inbox => {
		cwd => 'box',
		args => ['--sections=status,summary',
			 qw(--threads=2 HEAD~320..HEAD)],
	},
	v1 => {
		cwd => 'v1.git',
		args => ['--sections=status,summary',
			 qw(--threads=2 HEAD~150..HEAD)],
	},
	lists => {
		cwd => 'shelf', env => { GIT_DIGEST_LISTS => '.' },
		args => ['--sections=status,summary',
			 qw(--list=two --list=one --threads=2 --max-count=100
			    HEAD)],
	},
	code => {
		cwd => 'code', merges => 1,
		args => [qw(--threads=2)],
	},
	bare => {
		cwd => 'bare.git', out => 1, merges => 1,
		args => [qw(--threads=2 --format=json main..topic)],
	},
	words => {
		cwd => 'code', merges => 1,
		args => [qw(--threads=1 --color=always main..topic own3.c
			    five.c)],
	},
	large => {
		cwd => 'large.git', out => 1,
		args => [qw(--threads=4 --patches=all HEAD~2900..HEAD)],
	},
);

sub set_up
{
	remove_tree($folder);
	make_path("$folder/home/.config/git-digest", "$folder/home/lists",
		  "$folder/cases");
	# Only what the environment has that is needed; a run by hand reads it.
	my %keep = map { $_ => $ENV{$_} } qw(PATH);
	%ENV = (
		%keep,
		HOME => "$folder/home",
		XDG_CONFIG_HOME => "$folder/home/.config",
		GIT_DIGEST_LISTS => "$folder/home/lists",
		GIT_CONFIG_NOSYSTEM => 1,
		GIT_CEILING_DIRECTORIES => $folder,
		GIT_AUTHOR_DATE => '1700000000 +0000',
		GIT_COMMITTER_DATE => '1700000000 +0000',
		LC_ALL => 'C.UTF-8', TZ => 'UTC', TERM => 'dumb',
	);
	write_file("$folder/environment", join '', map {
		"export $_=" . quoted($ENV{$_}) . "\n"
	} sort keys %ENV);
	write_file("$folder/home/.gitconfig", <<'END');
[user]
	name = A U Thor
	email = author@example.com
[safe]
	directory = *
[core]
	fsync = none
END
	write_file("$folder/home/.config/git-digest/bench.yaml", <<'END');
list:
  name: Bench
  id: bench.example
people:
  bots:
    - 'a*@d7.example'
filters:
  exclude:
    path:
      - 'nothing/*'
END
	make_mirrors();
	make_code();
	make_posted();
	make_box();
	make_v1();
	make_shelf();
	# For users who are nobody.
	must_run("chmod -R go+rX $folder");
}

# --- running a case ----------------------------------------------------------

sub wait_for
{
	my ($pid, $seconds) = @_;
	my $status;

	eval {
		local $SIG{ALRM} = sub { die "timeout\n" };
		Time::HiRes::alarm($seconds);
		waitpid $pid, 0;
		$status = $?;
		Time::HiRes::alarm(0);
	};
	return $status;
}

# The commands of the processes of a group, without those that have ended.
sub group_members
{
	my ($group) = @_;
	my @found;

	return () if !kill 0 => -$group;
	for my $path (glob '/proc/[0-9]*/stat') {
		my $stat = read_file($path) // next;
		next if $stat !~ /\((.*)\) (\S) \d+ (\d+)/s;
		push @found, $1 if $3 == $group && $2 ne 'Z';
	}
	return @found;
}

# What a pipe holds, though somebody may still have its other end.
sub read_now
{
	my ($pipe) = @_;
	my $text = '';

	$pipe->blocking(0);
	1 while sysread $pipe, $text, 65536, length $text;
	return $text;
}

sub shell_command
{
	my ($case, $dir) = @_;
	my ($env, @argv) = command_of($case, $dir);

	return '(. ' . "$folder/environment; cd " .
		quoted(cwd_of($case, $dir)) . '; ' . join('', map {
			"$_=" . quoted($env->{$_}) . ' '
		} sort keys %$env) . quoted(@argv) . ')';
}

sub cwd_of
{
	my ($case, $dir) = @_;
	return ($case->{damage} ? $dir : $folder) .
		"/$scenarios{$case->{scenario}}{cwd}";
}

# The variables and the words of a case's command.
sub command_of
{
	my ($case, $dir) = @_;
	my $scenario = $scenarios{$case->{scenario}};
	my @argv = ($program, @{$scenario->{args}});
	my %env = (
		TMPDIR => "$dir/tmp",
		LD_PRELOAD => $inject,
		FAULT_IN => 'git-digest',
		FAULT_LOG => "$dir/log",
		FAULT_FOLDER => $dir,
		%{$scenario->{env} // {}},
		%{$case->{env} // {}},
	);

	push @argv, '-o', "$dir/out/digest" if $scenario->{out};
	if ($case->{small}) {
		# A small file system, which only this command sees.
		my $at = $case->{small} eq 'out' ? "$dir/out" : "$dir/tmp";
		@argv = ('unshare', '-m', 'sh', '-c', <<"END", 'sh', @argv);
at=$at copy=\$at.copy
mount -t tmpfs -o $case->{options} tmpfs "\$at" || exit 77
test -z "$case->{fill}" ||
	dd if=/dev/zero of="\$at/fill" bs=512 count=$case->{fill} 2>/dev/null
test -z "$case->{old}" || echo old >"\$at/digest"
"\$@"
code=\$?
rm -f "\$at/fill"
cp -a "\$at/." "\$copy/" || exit 77
umount -l "\$at"
exit \$code
END
	}
	unshift @argv, @{$case->{prefix} // []};
	return (\%env, @argv);
}

# Start a case's command in a process group of its own.
sub start
{
	my ($case, $dir, $stdout, $stderr) = @_;
	my ($env, @argv) = command_of($case, $dir);
	my $set = POSIX::SigSet->new(values %signals);
	my $old = POSIX::SigSet->new;

	# Our handler is not for the child.
	POSIX::sigprocmask(POSIX::SIG_BLOCK, $set, $old);
	my $pid = fork // die "cannot fork: $!\n";
	if (!$pid) {
		setpgrp 0, 0;
		$SIG{$_} = 'DEFAULT' for keys %signals;
		POSIX::sigprocmask(POSIX::SIG_SETMASK, $old);
		chdir cwd_of($case, $dir) or die "no folder: $!\n";
		open STDIN, '<', '/dev/null' or die;
		$stderr ? open STDERR, '>&', $stderr :
			open STDERR, '>', "$dir/stderr" or die;
		$stdout ? open STDOUT, '>&', $stdout :
			open STDOUT, '>', "$dir/stdout" or die;
		$ENV{$_} = $env->{$_} for keys %$env;
		exec { $argv[0] } @argv or POSIX::_exit(126);
	}
	setpgrp $pid, $pid;
	POSIX::sigprocmask(POSIX::SIG_SETMASK, $old);
	return $pid;
}

# Run a case in an empty folder, and say all that is to be known of its end.
sub run_case
{
	my ($case, $dir) = @_;
	my $scenario = $scenarios{$case->{scenario}};
	my (%run, $from, $into, $errors, $into_errors);

	remove_tree($dir);
	make_path("$dir/out", "$dir/tmp");
	if ($case->{small}) {
		make_path("$dir/out.copy", "$dir/tmp.copy");
	}
	write_file("$dir/out/digest", "old\n")
		if $scenario->{out} && $case->{old} && !$case->{small};
	damage($case, $dir) if $case->{damage};
	chown $case->{uid}, -1, $dir, "$dir/out", "$dir/tmp"
		if $case->{uid};
	pipe $from, $into or die "pipe: $!\n" if defined $case->{reads};
	# A limit on files is not for what we look at.
	pipe $errors, $into_errors or die "pipe: $!\n"
		if $case->{errors_to_pipe};
	my $pid = $group = start($case, $dir, $into, $into_errors);
	close $into_errors if $into_errors;
	if (defined $case->{reads}) {
		close $into;
		$run{stdout} = '';
		my $left = $case->{reads};
		while ($left > 0) {
			my $n = sysread $from, my ($buf), $left;
			last if !$n;
			$run{stdout} .= $buf;
			$left -= $n;
		}
		close $from;
	}
	if (defined $case->{delay}) {
		sleep $case->{delay};
		kill $case->{signal} => $case->{to_group} ? -$pid : $pid;
	}
	$run{status} = wait_for($pid, TIMEOUT);
	$run{hangs} = !defined $run{status};
	# What it wrote is complete when it has ended; only a folder of a trial
	# merge is removed by somebody else.
	my ($out, $tmp) = map {
		"$dir/$_" . (($case->{small} // '') eq $_ ? '.copy' : '')
	} qw(out tmp);
	@{$run{in_out}} = files_in($out);
	$run{file} = read_file("$out/digest") if $scenario->{out};
	@{$run{processes}} = group_members($pid) if $run{hangs};
	if (!$run{hangs}) {
		my $until = time + GRACE;
		while (1) {
			@{$run{processes}} = group_members($pid);
			@{$run{in_tmp}} = files_in($tmp);
			last if !@{$run{processes}} && !@{$run{in_tmp}};
			last if time > $until;
			sleep 0.01;
		}
	}
	kill KILL => -$pid;
	waitpid $pid, 0 if $run{hangs};
	$group = undef;
	$run{stdout} //= read_file("$dir/stdout") // '';
	$run{stderr} = $errors ? read_now($errors) :
		read_file("$dir/stderr") // '';
	$run{log} = read_file("$dir/log") // '';
	$run{result} = $scenario->{out} ? $run{file} : $run{stdout};
	return \%run;
}

# --- judging what came out ---------------------------------------------------

# A page may say of two things in its summary that they are unknown: how the
# branch merges, and what it changes in all.  Then only that may differ.
sub says_unknown
{
	my ($case, $text) = @_;
	my @pages = map { s/\e\[[\d;]*m//gr }
		$scenarios{$case->{scenario}}{expected}, $text;
	my $json = JSON::PP->new->canonical;

	if ($text !~ /^\{/) {
		my $no_merge = $text =~ /^Cannot tell whether it merges/m;
		my $no_diffstat = $text =~ /^Cannot tell what they change/m;
		for my $page (@pages) {
			my ($summary) = $page =~
				/^===== Summary =====\n(.*?)^=====/ms or
				return 0;
			my $rest = $summary;
			$rest =~ s/^(?:Merge\ base:|Conflicts\ with|
				Cannot\ tell\ whether|\ {8}).*\n//gmx
				if $no_merge;
			$rest =~ s/^(?:\ *\d+\ (?:file|insertion|deletion)|
				Cannot\ tell\ what).*\n//gmx if $no_diffstat;
			$rest =~ s/\n+/\n/g;
			$page =~ s/\Q$summary\E/$rest/;
		}
		return $pages[0] eq $pages[1];
	}
	@pages = map { eval { $json->decode($_) } } @pages;
	return 0 if @pages < 2;
	my $summary = $pages[1]{summary};
	my @unknown = (
		defined $summary->{merge_unknown} ?
			qw(merge merge_unknown merge_base conflicts) : (),
		defined $summary->{diffstat_unknown} ?
			qw(diffstat_unknown files insertions deletions) : (),
	);
	delete @{$_->{summary}}{@unknown} for @pages;
	return $json->encode($pages[0]) eq $json->encode($pages[1]);
}

# Questions whose answers a digest is made of.
sub questions
{
	my ($case) = @_;
	my $args = $scenarios{$case->{scenario}}{args};
	my $range = $args->[-1];
	my @ask = (
		[qw(config -z --list)],
		[qw(rev-parse --show-object-format --is-bare-repository
		    --is-inside-work-tree --is-shallow-repository --git-dir)],
		[qw(rev-parse --revs-only), $range, '--'],
		['rev-list', '--format=%H %T %ct %P%x09%ae%x09%s', $range],
	);
	return (@ask, ['rev-list', '--format=%H %T %ad %ae%x09%s', '--date=raw',
		       $range =~ s/\.\..*//r])
		if !$scenarios{$case->{scenario}}{merges};
	return (@ask,
		['log', '--no-walk=unsorted', '--stat', '--format=%H%n%B',
		 $range],
		['log', '--stat', '--format=%H%n%an%n%ae%n%B', $range],
		[qw(rev-parse -q --verify HEAD:.mailmap)],
		[qw(cat-file -p HEAD:.mailmap)],
		[qw(merge-base main topic)],
		[qw(diff --shortstat main...topic)],
		[qw(merge-tree --write-tree -z --name-only --no-messages main
		    topic)],
		['rev-list', '--no-merges', '--cherry-mark', '--format=%m%H %s',
		 'main...topic'],
		['log', '-100', '--no-merges', '--format=%B', 'main'],
		[qw(count-objects -v)]);
}

# What git says of each object of the range: a checksum, or nothing.
sub objects_by_git
{
	my ($case, $dir) = @_;
	my $range = $scenarios{$case->{scenario}}{args}[-1];
	my %sums;
	my ($status, $list) = output_of("$folder/" .
		$scenarios{$case->{scenario}}{cwd}, 'git', 'rev-list',
		'--objects', '--no-object-names', $range);
	write_file("$dir/list", $list);
	my $text;
	($status, $text) = output_of(cwd_of($case, $dir), 'sh', '-c',
		"git cat-file --batch <'$dir/list'");
	while ($text =~ /\G(\w{40}) (?:missing|\w+ (\d+))\n/gc) {
		next if !defined $2;
		my ($id, $size) = ($1, $2);
		$sums{$id} = substr $text, pos $text, $size;
		pos($text) = pos($text) + $size + 1;
	}
	return \%sums;
}

# Does git itself, with exit code 0, answer in another way than without the
# damage?  git digest passes on what git says, and like git it leaves the
# checksums of objects to git fsck.  An object that git cannot read is no such
# answer, and neither is an exit code that tells of the damage.
sub git_agrees
{
	my ($case, $dir) = @_;
	my %whole = %$case;
	my $sound = cwd_of({ %whole, damage => undef }, $dir);
	my $damaged = cwd_of($case, $dir);

	for my $question (questions($case)) {
		my ($was, $expected) = output_of($sound, 'git', @$question);
		my ($is, $actual) = output_of($damaged, 'git', @$question);

		next if $is != 0 && $is != $was &&
			"@$question" !~ /^rev-parse -q/;
		return 1 if $actual ne $expected;
	}
	my ($expected, $actual) = map { objects_by_git($_, $dir) }
		{ %whole, damage => undef }, $case;
	for my $id (keys %$actual) {
		return 1 if $actual->{$id} ne ($expected->{$id} // '');
	}
	return 0;
}

# The fault was inside a git; did that git end with 0 all the same?
sub git_erred
{
	my ($case, $run) = @_;
	return 1 if $case->{in_git} && $run->{log} =~ /^failed .*^exit 0$/ms;
	# Of these, an exit code of 1 is an answer: "no".
	my $says_no = $case->{in_git} ? $run->{log} =~ /^exit 1$/m :
		($case->{how} // '') =~ /1$/;
	return $says_no &&
		$run->{log} =~ /^(?:failed|wrapped) .*(?:rev-parse .*-q|
				merge-base|symbolic-ref .*-q)/mx;
}

# An error at the end of a pipe, or the status of a child that has printed all,
# changes no result, but has to be noticed: where it comes, the output is not
# known to be whole.  In a mirror, and with words that may be files, git digest
# stops gits, and does not want to know how these ended.
sub must_tell
{
	my ($case, $run) = @_;

	return 0 if $case->{scenario} !~ /^(?:code|bare)$/ ||
		$case->{harmless} || $case->{in_git} || $case->{signal} ||
		$run->{log} !~ /^(?:failed|wrapped) /m;
	return 1 if ($case->{call} // '') =~ /^(?:getc|getdelim|waitpid)$/;
	# All that it is asked for has come before it ends, and it is ended.
	return 0 if $run->{log} =~ /^wrapped .*cat-file --batch$/m;
	return ($case->{how} // '') =~ /^all-(?:128|kill)$/;
}

# Returns what the case came to, and for BAD the reason.
sub judge
{
	my ($case, $dir, $run) = @_;
	my $scenario = $scenarios{$case->{scenario}};
	my $status = $run->{status};
	my $code = defined $status ? $status >> 8 : -1;
	my $signal = defined $status ? $status & 127 : 0;
	my $says = $run->{stderr};
	my $old = $scenario->{out} && $case->{old} ? "old\n" : undef;
	my $call = $case->{call} // '';
	my @left;

	return ('not run', 'no file system')
		if $case->{small} && $code == 77;
	# "git patch-id" goes on for ever if it cannot read.
	return ('git', 'git hangs') if $run->{hangs} && $case->{in_git} &&
		$case->{call} eq 'getdelim' &&
		grep { $_ eq 'git' } @{$run->{processes}};
	return ('BAD', 'hangs') if $run->{hangs};
	# If the file cannot be removed, it stays.
	@left = grep { $_ ne 'digest' } @{$run->{in_out}};
	return ('BAD', "leaves @left")
		if @left && ($call ne 'unlink' || $case->{in_git});
	return ('BAD', "leaves @{$run->{in_tmp}} in TMPDIR")
		if @{$run->{in_tmp}};
	return ('BAD', "leaves processes: @{$run->{processes}}")
		if @{$run->{processes}};
	$signal = $code - 128 if $case->{small} && $code > 128;

	if ($signal && $signal == ($signals{$case->{signal} // ''} // 0)) {
		return ('BAD', 'changed the file')
			if $scenario->{out} &&
			($run->{file} // '') ne ($old // '') &&
			($run->{file} // '') ne $scenario->{expected};
		return ('BAD', 'killed, but says ' . first_line($says))
			if $says ne '';
		return 'killed';
	}
	if ($signal) {
		my ($where) = $run->{log} =~ /^crash \d+ (.*)/m;
		return ('named', "signal $signal in $where")
			if $case->{index} && ($where // '') =~ /^libgit2/;
		return ('BAD', "died of signal $signal in " . ($where // '?') .
			': ' . first_line($says));
	}
	if ($code == 128) {
		# What GLib writes before it calls abort(3), nobody can prevent.
		$says =~ s/^GLib \(gthread-posix\.c\): .*\n//;
		my @fatal = $says =~ /^fatal: .*$/mg;
		return ('BAD', @fatal . ' lines "fatal:": ' . $says)
			if @fatal != 1;
		return ('BAD', "says more: $says")
			if $says =~ /^(?!fatal: |warning: ).*\n/m;
		return ('BAD', 'fatal, but prints something')
			if $run->{stdout} ne '' && !$case->{partial};
		return ('BAD', 'fatal, but changed the file')
			if $scenario->{out} &&
			($run->{file} // '') ne ($old // '');
		return ('BAD', "must change nothing: $says")
			if $case->{harmless};
		return 'fatal';
	}
	# The program has not begun.
	return 'not run' if $code == 127 &&
		$says =~ /error while loading shared libraries/;
	return ('BAD', "exit code $code: " . first_line($says)) if $code;
	return ('BAD', "0, but says $says")
		if $says =~ /^(?!warning: ).*\n/m;
	return ('BAD', '0, but no file')
		if $scenario->{out} && !defined $run->{file};
	return ('BAD', '0, but prints something')
		if $scenario->{out} && $run->{stdout} ne '';
	my $same = $run->{result} eq $scenario->{expected};
	# Of a pipe it is enough what was read.
	$same = 1 if defined $case->{reads} &&
		index($scenario->{expected}, $run->{result}) == 0;
	return ('BAD', "must change nothing: $says")
		if $case->{harmless} && (!$same || $says ne '');
	return ('BAD', 'nobody asked whether this went well')
		if $same && $says eq '' && must_tell($case, $run);
	return $says eq '' ? 'same' : 'warned' if $same;
	return 'warned' if $says ne '' || says_unknown($case, $run->{result});
	return 'git' if git_erred($case, $run);
	return 'git' if $case->{damage} && git_agrees($case, $dir);
	return ('BAD', 'another result: ' . difference($case, $dir, $run));
}

sub first_line
{
	my ($text) = @_;
	return $text =~ /^(.*)/ ? $1 : '';
}

# The first lines that differ, in short.
sub difference
{
	my ($case, $dir, $run) = @_;
	my @expected = split /\n/, $scenarios{$case->{scenario}}{expected};
	my @actual = split /\n/, $run->{result};
	my $i = 0;

	$i++ while $i < @expected && $i < @actual &&
		$expected[$i] eq $actual[$i];
	return sprintf "line %d is '%.60s', not '%.60s'", $i + 1,
		$actual[$i] // '', $expected[$i] // '';
}

# --- the cases ---------------------------------------------------------------

my @cases;
my %notes;	# why a kind of fault could not be tried

sub add
{
	my (%case) = @_;
	push @cases, { %case, number => @cases + 1 };
}

sub pick { return $_[rand @_] }

# Up to $nr numbers from 1 to $max: the first few, and some of the others.
sub some_of
{
	my ($max, $nr) = @_;
	my %chosen = map { $_ => 1 } 1 .. ($max < $nr ? $max : int($nr / 2));

	$chosen{1 + int rand $max} = 1 while keys %chosen < $nr &&
		keys %chosen < $max;
	return sort { $a <=> $b } keys %chosen;
}

my %errors = (
	close => [EIO, ENOSPC], dup2 => [EMFILE], fclose => [EIO, ENOSPC],
	fwrite => [EIO, ENOSPC], fputs => [ENOSPC], fputc => [ENOSPC],
	fprintf => [ENOSPC], fflush => [EIO, ENOSPC], write => [EIO, ENOSPC],
	read => [EIO], pread => [EIO], getdelim => [EIO, ENOMEM],
	getc => [EIO], fgets => [EIO], fread => [EIO], fstat => [EIO],
	posix_spawnp => [EAGAIN, ENOMEM, ENOENT], waitid => [ECHILD],
	waitpid => [ECHILD], pclose => [ECHILD], fchmod => [EPERM],
	rename => [EIO, EXDEV, EACCES], unlink => [EIO, EACCES],
	mmap => [ENOMEM, ENODEV], pthread_create => [EAGAIN],
	lseek => [ESPIPE], isatty => [EIO],
	ioctl => [EIO], fcntl => [EINVAL, EPERM], mkdir => [ENOSPC, EACCES],
	mkstemp => [EACCES, ENOSPC, EMFILE], getcwd => [EACCES, ENOMEM],
	readdir => [EIO], memfd_create => [EMFILE, ENOMEM],
	pipe2 => [EMFILE, ENFILE], popen => [EMFILE, ENOMEM, EAGAIN],
);
# Of the calls that look for a file, none says ENOENT: that would be an answer.
my @usual = (EACCES, EIO, EMFILE, ENOMEM);

# Run a scenario as it is, and count what it calls.
sub count_calls
{
	my ($name, $env) = @_;
	my $dir = "$folder/cases/count";
	my $case = { scenario => $name, env => {
		FAULT_COUNT => "$dir.txt", %$env
	} };
	unlink "$dir.txt";
	my $run = run_case($case, $dir);
	my $text = read_file("$dir.txt") // '';
	return ($run, { $text =~ /^(\w+) (\d+)$/mg });
}

sub calls_that_fail
{
	my ($name, $counts) = @_;

	for my $call (sort keys %$counts) {
		my $max = $counts->{$call};
		next if !$max || $call eq 'spawned';
		my $prints = $call =~ /^(?:fwrite|fput|fprintf|fflush|write)/;
		my $nr = $call =~ /^(?:fput|fprintf)/ ? 8 : 16;
		for my $from (some_of($max, $nr)) {
			my $to = rand() < 0.7 ? $from : 1000000;
			my $error = pick(@{$errors{$call} // \@usual});
			local $! = $error;
			add(kind => "$call fails", scenario => $name,
			    call => $call, old => rand() < 0.5 ? 1 : '',
			    partial => $prints,
			    what => "$name: $call $from" .
				($to > $from ? ' and later' : '') . ": $!",
			    env => {
				FAULT_CALL => $call, FAULT_FROM => $from,
				FAULT_TO => $to, FAULT_ERRNO => $error + 0,
			    });
		}
	}
	# As if somebody had killed it just then.  (What goes on is the call.)
	for my $call (sort keys %$counts) {
		my $max = $counts->{$call};
		next if !$max || $call eq 'spawned';
		for my $from (some_of($max, 4)) {
			my $signal = pick(qw(TERM INT HUP QUIT));
			add(kind => 'killed at a call', scenario => $name,
			    signal => $signal, old => pick(1, ''),
			    partial => 1,
			    what => "$name: $call $from: SIG$signal",
			    env => {
				FAULT_CALL => $call, FAULT_FROM => $from,
				FAULT_TO => $from,
				FAULT_SIGNAL => $signals{$signal},
			    });
		}
	}
	# What a call may do at any time is no error.
	# (Except pread(2), which always gives all that a file has.)
	for my $call (qw(read write waitid waitpid)) {
		my $max = $counts->{$call} or next;
		my $waits = $call =~ /^wait/;
		for my $from (some_of($max, 6)) {
			add(kind => $waits ? 'call is interrupted' :
			    'call does less', scenario => $name,
			    call => $call, harmless => 1, old => '',
			    what => "$name: $call $from",
			    env => {
				FAULT_CALL => $call, FAULT_FROM => $from,
				FAULT_TO => $from,
				FAULT_ERRNO => $waits ? EINTR : 0,
			    });
		}
	}
}

sub write_wrapper
{
	write_file("$folder/wrapper", <<'END');
#!/bin/sh
# Be git, but not a good one.
how=$FAULT_HOW
export FAULT_HOW=
unset LD_PRELOAD
echo "wrapped $*" >>"$FAULT_LOG"
code=${how##*-}
case "$how" in
slow) sleep 0.2 && exec git "$@" ;;
sleep) exec perl -e 'sleep 3; exit 128' ;;
says-*) echo 'fatal: made up' >&2 ;;
all-*) git "$@" ;;
half-*)
	case "$*" in
	*"cat-file --batch")
		# It is asked for one object after the other, and the answer is
		# awaited: so pass on what comes, and then end without it.
		mkfifo "$FAULT_FOLDER/fifo.$$" && exec 3<&0
		git "$@" <&3 >"$FAULT_FOLDER/fifo.$$" &
		dd bs=1 count=400 <"$FAULT_FOLDER/fifo.$$" 2>/dev/null ;;
	*)
		git "$@" >"$FAULT_FOLDER/half" &&
		head -c $(($(wc -c <"$FAULT_FOLDER/half") / 2)) \
			"$FAULT_FOLDER/half" ;;
	esac
	;;
esac
case "$code" in
kill) kill -KILL $$ ;;
segv) kill -SEGV $$ ;;
esac
exit $code
END
	chmod 0755, "$folder/wrapper" or die;
}

# All gits of a scenario, in all ways.
sub gits_that_fail
{
	my ($name, $nr) = @_;
	my @hows = qw(nothing-1 nothing-128 nothing-kill says-128 all-1 all-128
		      all-kill half-1 half-128 half-segv slow);

	for my $number (1 .. $nr) {
		for my $how (@hows) {
			add(kind => 'git ' . ($how =~ s/-/, then /r),
			    scenario => $name, how => $how,
			    old => $number % 2 || '',
			    what => "$name: git number $number is $how",
			    harmless => $how eq 'slow',
			    env => {
				FAULT_SPAWN => $number, FAULT_HOW => $how,
				FAULT_WRAPPER => "$folder/wrapper",
			    });
		}
		# While one git sleeps, it is killed, or the next one fails:
		# then the one that sleeps has to end, too.
		my %sleeps = (
			FAULT_SPAWN => $number, FAULT_HOW => 'sleep',
			FAULT_WRAPPER => "$folder/wrapper",
		);
		my $signal = pick(qw(TERM INT HUP QUIT));
		add(kind => 'killed, while git sleeps', scenario => $name,
		    signal => $signal, delay => 0.2, old => '',
		    what => "$name: git number $number, SIG$signal",
		    env => \%sleeps);
		add(kind => 'fails, while git sleeps', scenario => $name,
		    old => '', what => "$name: git number $number",
		    env => {
			%sleeps, FAULT_CALL => 'posix_spawnp',
			FAULT_FROM => $number + 1, FAULT_TO => $number + 1,
			FAULT_ERRNO => EAGAIN + 0,
		    });
	}
}

sub calls_that_fail_in_git
{
	my ($name, $nr, $wanted) = @_;
	my @possible;

	for my $number (1 .. $nr) {
		my ($run, $counts) = count_calls($name, {
			FAULT_IN => 'git', FAULT_SPAWN => $number,
		});
		push @possible, map { [$number, $_, $counts->{$_}] }
			grep { $counts->{$_} && $_ ne 'spawned' }
			sort keys %$counts;
	}
	$wanted = 0 if !@possible;
	for (1 .. $wanted) {
		my ($number, $call, $max) = @{pick(@possible)};
		my $from = 1 + int rand $max;
		my $error = pick(@{$errors{$call} // \@usual});
		local $! = $error;
		add(kind => 'call fails in git', scenario => $name,
		    in_git => 1, call => $call, old => '',
		    what => "$name: in git number $number $call $from: $!",
		    env => {
			FAULT_IN => 'git', FAULT_SPAWN => $number,
			FAULT_CALL => $call, FAULT_FROM => $from,
			FAULT_TO => pick($from, 1000000),
			FAULT_ERRNO => $error + 0,
		    });
	}
}

# The files of a repository that may be damaged, by kind.
sub damageable
{
	my ($name) = @_;
	my %kinds;
	# A clone shares the objects of the repository that it was made from.
	my @tops = $name eq 'bare' ? ('bare.git', 'code/.git/objects') :
		($scenarios{$name}{cwd});
	my %kind_of = (
		qr{\.pack$} => 'pack', qr{\.idx$} => 'pack index',
		qr{/objects/../} => 'loose object', qr{/HEAD$} => 'HEAD',
		qr{/refs/heads/} => 'ref', qr{/packed-refs$} => 'packed-refs',
		qr{/config$} => 'config', qr{/commit-graph$} => 'commit-graph',
		qr{/multi-pack-index$} => 'multi-pack-index',
		qr{/alternates$} => 'alternates',
	);

	for my $top (@tops) {
		find({ no_chdir => 1, wanted => sub {
			my $path = substr $_, length "$folder/";
			return if !-f $_;
			for my $pattern (sort keys %kind_of) {
				push @{$kinds{$kind_of{$pattern}}}, $path
					if "/$path" =~ $pattern;
			}
		} }, "$folder/$top");
	}
	@$_ = sort @$_ for values %kinds;
	return \%kinds;
}

sub damages
{
	my ($name, %wanted) = @_;
	my $kinds = damageable($name);

	for my $kind (sort keys %$kinds) {
		for (1 .. $wanted{$kind} // 0) {
			my $path = pick(@{$kinds->{$kind}});
			my $how = pick(qw(flip flip flip bits zero noise cut
					  remove double empty swap));
			add(kind => "$kind damaged", scenario => $name,
			    old => '', index => $kind =~ /index/ ? 1 : '',
			    what => "$name: $how $path",
			    damage => { path => $path, how => $how,
					seed => int rand 1e9 });
		}
	}
}

# Make a copy of the repository in the case's folder, and damage it.
sub damage
{
	my ($case, $dir) = @_;
	my ($path, $how, $seed) = @{$case->{damage}}{qw(path how seed)};
	my @tops = $case->{scenario} eq 'bare' ? ('bare.git', 'code') :
		($scenarios{$case->{scenario}}{cwd});
	my $state = int rand 1e9;

	must_run('cp', '-al', "$folder/$_", "$dir/$_") for @tops;
	my $text = read_file("$dir/$path") // die "no $path\n";
	my $size = length $text;
	srand $seed;
	my $at = int rand $size;
	my $len = 1 + int rand(rand() < 0.5 ? 16 : 512);
	$len = $size - $at if $len > $size - $at;
	if ($how eq 'flip') {
		substr($text, $at, 1) ^= chr(1 << int rand 8);
	} elsif ($how eq 'bits') {
		substr($text, int rand $size, 1) ^= chr(1 << int rand 8)
			for 1 .. 20;
	} elsif ($how eq 'zero') {
		substr($text, $at, $len) = "\0" x $len;
	} elsif ($how eq 'noise') {
		substr($text, $at, $len) =
			join '', map { chr int rand 256 } 1 .. $len;
	} elsif ($how eq 'cut') {
		$text = substr $text, 0, $at;
	} elsif ($how eq 'double') {
		$text .= $text;
	} elsif ($how eq 'empty') {
		$text = '';
	} elsif ($how eq 'swap') {
		$text = substr($text, $at) . substr $text, 0, $at;
	}
	srand $state;
	unlink "$dir/$path";
	write_file("$dir/$path", $text) if $how ne 'remove';
}

sub kills
{
	my ($name, $nr, $seconds) = @_;

	for (1 .. $nr) {
		my $signal = pick(qw(TERM TERM INT HUP QUIT));
		my $delay = rand 1.2 * $seconds;
		my $to_group = rand() < 0.2 ? 1 : '';
		add(kind => "killed ($name)", scenario => $name,
		    signal => $signal, delay => $delay, old => pick(1, ''),
		    to_group => $to_group, partial => 1,
		    # without the library, as it runs else
		    env => { LD_PRELOAD => '' },
		    what => sprintf "%s: SIG%s%s after %.4f s", $name, $signal,
			$to_group ? ' to all' : '', $delay);
	}
}

sub readers_that_leave
{
	for my $name (qw(packed code)) {
		my $size = length $scenarios{$name}{expected};
		for (1 .. 30) {
			my $reads = pick(0, 1, int rand $size);
			add(kind => 'reader leaves', scenario => $name,
			    signal => 'PIPE', reads => $reads,
			    what => "$name: reads $reads bytes");
		}
	}
}

sub limits
{
	my ($name) = @_;
	my %of = (
		nofile => [6 .. 64],
		fsize => [0, 1, map { int 1.4 ** $_ } 6 .. 40],
		as => [map { $_ * 2000000 } 10 .. 25, map { 2 * $_ } 13 .. 50],
	);

	for my $what (sort keys %of) {
		my @values = @{$of{$what}};
		for my $value (@values) {
			add(kind => "limit on $what", scenario => $name,
			    old => pick(1, ''), partial => 1,
			    errors_to_pipe => $what eq 'fsize',
			    what => "$name: $value",
			    prefix => ['prlimit', "--$what=$value", '--']);
		}
	}
}

# A user of its own, because the limit counts all processes of a user.
sub limit_processes
{
	my ($name) = @_;
	my @as = qw(setpriv --clear-groups --reuid=54321 --regid=54321);

	if (system("@as test -r $folder/packed.git/HEAD 2>/dev/null")) {
		$notes{'limit on nproc'} = 'needs root, and a project whose ' .
			'folder others may read';
		return;
	}
	for my $value (1 .. 20) {
		my $uid = 54321 + @cases;
		add(kind => 'limit on nproc', scenario => $name, uid => $uid,
		    old => '', what => "$name: $value",
		    prefix => ['setpriv', '--clear-groups', "--reuid=$uid",
			       "--regid=$uid", 'prlimit', "--nproc=$value",
			       '--']);
	}
}

sub small_file_systems
{
	my $script = "mount -t tmpfs tmpfs '$folder/cases'";

	if (system("unshare -m sh -c \"$script\" 2>/dev/null")) {
		$notes{'small tmpfs'} = 'this user may not mount one';
		return;
	}
	for my $name (qw(loose bare)) {
		my $size = length $scenarios{$name}{expected};
		my $pages = 2 + int $size / 4096;
		for my $fill (map { [1 + $_ % $pages, pick(0, 8)] } 0 .. 39) {
			my ($left, $more) = @$fill;
			add(kind => 'small tmpfs for -o', scenario => $name,
			    small => 'out', old => '',
			    options => "nr_blocks=$left",
			    fill => $more || '', partial => 1,
			    what => "$name: $left blocks, $more sectors taken");
		}
	}
	for my $name (qw(code bare)) {
		for my $n (0 .. 39) {
			my $options = $n < 20 ? 'nr_blocks=' . (1 + $n) :
				'nr_inodes=' . ($n - 18);
			add(kind => 'small tmpfs as TMPDIR', scenario => $name,
			    small => 'tmp', old => '', fill => '',
			    options => $options, what => "$name: $options");
		}
	}
}

sub make_cases
{
	my %seconds;

	for my $name (sort keys %scenarios) {
		my ($run, $counts) = count_calls($name, {});
		$scenarios{$name}{expected} = $run->{result};
		die "$name fails without a fault: $run->{stderr}\n"
			if $run->{status} || $run->{stderr} ne '' ||
			!length $run->{result};
		my $case = { scenario => $name, env => { LD_PRELOAD => '' } };
		for (1 .. 3) {
			my $start = time;
			$run = run_case($case, "$folder/cases/time");
			my $took = time - $start;
			$seconds{$name} = $took
				if $took < ($seconds{$name} // TIMEOUT);
			die "$name: not always the same\n" if
				$run->{result} ne $scenarios{$name}{expected};
		}
		next if $name eq 'large';
		calls_that_fail($name, $counts);
		gits_that_fail($name, $counts->{spawned});
		calls_that_fail_in_git($name, $counts->{spawned}, 100);
	}
	damages('packed', pack => 200, 'pack index' => 200, config => 40,
		HEAD => 10, 'packed-refs' => 20);
	damages('loose', 'loose object' => 200, ref => 20);
	damages('bare', pack => 200, 'pack index' => 200, config => 40,
		HEAD => 10, 'packed-refs' => 40, 'commit-graph' => 150,
		'multi-pack-index' => 150, alternates => 20);
	damages('v1', pack => 100, 'pack index' => 50);
	kills('large', 700, $seconds{large});
	kills($_, 60, $seconds{$_}) for qw(code bare);
	readers_that_leave();
	limits($_) for qw(packed bare);
	limit_processes($_) for qw(large bare);
	small_file_systems();
}

# --- trying them -------------------------------------------------------------

sub try_case
{
	my ($case, $prints) = @_;
	my $dir = "$folder/cases/$case->{number}";
	my $run = run_case($case, $dir);
	my ($result, $why) = judge($case, $dir, $run);
	my $text = '';

	$text = "$case->{number}. $case->{kind}: $case->{what}\n" .
		"    $result" . ($why ? ": $why" : '') . "\n"
		if $result eq 'BAD' || $result eq 'named' || $prints;
	$text .= $run->{log} =~ s/^(?=.)/    /gmr if $prints;
	$text .= $run->{stderr} =~ s/^(?=.)/    /gmr if $prints;
	$text .= '    ' . shell_command($case, $dir) . "\n" .
		(defined $case->{delay} ?
		 "    and SIG$case->{signal} after $case->{delay} s\n" : '')
		if $prints;
	remove_tree($dir) if $result ne 'BAD' && !$prints;
	return ($result, $text);
}

# Each of the processes tries every so many cases.
sub try_all
{
	my ($jobs, $prints, @todo) = @_;
	my %results;

	for my $job (1 .. $jobs) {
		my $pid = fork // die "cannot fork: $!\n";
		if (!$pid) {
			@pids = ();
			open my $out, '>', "$folder/job-$job" or die;
			$out->autoflush(1);
			for my $i (0 .. $#todo) {
				next if $i % $jobs != $job - 1;
				my $case = $todo[$i];
				my ($result, $text) = try_case($case, $prints);
				print $out JSON::PP::encode_json([
					$case->{number}, $result, $text
				]), "\n";
			}
			exit 0;
		}
		push @pids, $pid;
	}
	for my $pid (@pids) {
		waitpid $pid, 0;
		die "a job failed\n" if $?;
	}
	for my $job (1 .. $jobs) {
		open my $in, '<', "$folder/job-$job" or die;
		while (my $line = <$in>) {
			my ($number, @result) =
				@{JSON::PP::decode_json($line)};
			$results{$number} = \@result;
		}
	}
	return \%results;
}

sub stop
{
	kill KILL => -$group if $group;
	kill TERM => @pids;
	exit 130;
}

sub print_table
{
	my ($results) = @_;
	my @columns = ('cases', 'same', 'warned', 'fatal', 'killed', 'git',
		       'named', 'not run', 'BAD');
	my (%rows, %all, @order);

	for my $case (@cases) {
		my $result = $results->{$case->{number}} or next;
		push @order, $case->{kind} if !$rows{$case->{kind}};
		for my $row ($rows{$case->{kind}} //= {}, \%all) {
			$row->{cases}++;
			$row->{$result->[0]}++;
		}
	}
	printf "%-28s" . "%8s" x @columns . "\n", 'fault', @columns;
	for my $row (map({ [$_, $rows{$_}] } @order), ['total', \%all]) {
		printf "%-28s" . "%8s" x @columns . "\n", $row->[0],
			map { $row->[1]{$_} // '' } @columns;
	}
	printf "%-28s not tried: %s\n", $_, $notes{$_} for sort keys %notes;
	return $all{BAD} // 0;
}

my ($seed, $jobs, @only) = @ARGV;
die "usage: perl t/faults/faults.pl <seed> <jobs> [<number>...]\n"
	if !defined $jobs || grep { !/^\d+$/ } @ARGV;
$SIG{INT} = $SIG{TERM} = $SIG{HUP} = \&stop;
$| = 1;
my $start = time;
srand $seed;
set_up();
write_wrapper();
make_cases();
my %only = map { $_ => 1 } @only;
my @todo = grep { !@only || $only{$_->{number}} } @cases;
printf "trying %d cases, %d at a time\n", scalar @todo, $jobs;
my $results = try_all($jobs, scalar @only, @todo);
write_file("$folder/results", join '', map {
	"$_->{number}. $_->{kind}: $_->{what}: $results->{$_->{number}}[0]\n"
} @todo);
my @shown = grep { $results->{$_}[1] ne '' }
	sort { $a <=> $b } keys %$results;
my $bad = print_table($results);
print "\n", map { $results->{$_}[1] } @shown if @shown;
printf "\n%d cases in %d seconds, %d BAD\n", scalar @todo, time - $start,
	$bad;
print "All results are in build/faults/results.\n";
exit($bad ? 1 : 0);
