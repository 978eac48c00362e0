#!/usr/bin/perl
# Do the tests see it when the program is wrong?  Change one small place (make
# a "mutant"), build it, run the tests; and again with another place.  A mutant
# that passes all tests has survived: it shows what no test looks at.
#
# usage: perl t/mutate.pl <seed> <mutants> <jobs> [<number>...]
#
# in the project's folder; "make mutants" calls it.  The same seed makes the
# same mutants of the same source; with numbers, only those of them are tried.
#
# The seed picks lines of code, and for each line one of its mutants.  A pick
# that does not compile, or compiles to the same object code, says nothing
# about the tests: it is counted apart, and one more line is picked.
use strict;
use warnings;
use Cwd qw(getcwd);
use File::Basename qw(basename dirname);
use File::Compare qw(compare);
use Time::HiRes qw(time);

# The tests that look most closely at a floor of lib/.  They come first, the
# others follow, the quickest first.
my %first_tests = (
	mail => [3000, 2000],
	git => [1000, 9000, 1100, 1200],
	screen => [5000, 6000],
	digest => [2000, 8000, 9000],
	source => [3000, 9000, 1200],
	render => [8000, 9000, 2000],
	settings => [4000, 1000],
	'git-digest.c' => [4000, 9000, 6000],
);

# A mutant may run wild: in seconds (a test also gets several times what it
# takes without a mutant), and in the units of sh's ulimit.
use constant TEST_SECONDS => 20;
my $limits = 'ulimit -c 0; ulimit -v 4000000; ulimit -f 1000000';

my $project = getcwd();
my $folder = "$project/build/mutants";
my @make = ('make', '--no-print-directory', 'CFLAGS=-O2 -g0', 'prefix=/usr',
	    'DEVELOPER=', 'SANITIZE=');
my %seconds;	# that each test takes without a mutant
my $test_pid;	# of the process that runs a test, and leads its group
my %running;	# the mutant and the job of each process that tries one

# --- the mutants of a source -------------------------------------------------

# The text without all that is no code, each byte at its old place: comments
# and preprocessor lines are blank, strings are quotation marks.
sub only_code
{
	my ($text) = @_;
	my $bodies = $text =~ tr/\n/ /cr;
	my $blank = sub { $_[0] =~ tr/\n/ /cr };

	$text =~ s{
		(?<comment> /\*.*?\*/ | //[^\n]*) |
		(?<string> "(?:\\.|[^"\\])*" | '(?:\\.|[^'\\])*') |
		(?<line> ^[ \t]*\#(?:/\*.*?\*/|\\\n|[^\n])*)
	}{ defined $+{string} ? '"' x length $& : $blank->($&) }gesmx;

	# A function's body stands between braces in the first column.
	while ($text =~ /^\{\n(.*?)^\}/gsm) {
		substr($bodies, $-[1], length $1) = $1;
	}
	# Of what is left, tables, and numbers that only say how much room is
	# wanted.
	$bodies =~ s{
		^(\t+)static\b(?: [^;\{]*; | [^\n]*;\s*$ | .*?^\1\}[^\n]*;\s*$ )
	}{ $blank->($&) }gesmx;
	$bodies =~ s{
		^\t+(?!return\b|else\b)(?:\w+[ ])+\**\w+\K\[[^\]\n]*\]
	}{ ' ' x length $& }gemx;
	$bodies =~ s/\bg_new0?\([^,()]*, \K1(?=\))|\{ \K0(?= \})/ /g;
	return $bodies;
}

# All mutants of a source: where, how many bytes, what stands there instead.
sub mutants_of
{
	my ($text) = @_;
	my $code = only_code($text);
	my $parens = qr/(\((?:[^()]++|(?-1))*+\))/;
	my %other = (
		'<' => '<=', '<=' => '<', '>' => '>=', '>=' => '>',
		'==' => '!=', '!=' => '==', '&&' => '||', '||' => '&&',
		'+' => '-', '-' => '+', '+=' => '-=', '-=' => '+=',
		'TRUE' => 'FALSE', 'FALSE' => 'TRUE', '0' => '-1', '-1' => '0',
	);
	my @found;
	my $replace = sub {
		my ($from, $to, $new) = @_;
		push @found,
			{ at => $from, length => $to - $from, new => $new };
	};

	# The condition of an if, negated.
	while ($code =~ /\bif $parens/g) {
		my ($from, $to) = ($-[1], $+[1]);

		# Without its "!", below.
		next if $1 =~ /^\(![\w.\->]+\)$/;
		$replace->($from, $to,
			   '(!' . substr($text, $from, $to - $from) . ')');
	}
	# The other operator of its kind, or truth value, or result.
	while ($code =~ m{
		(?<![<>=!\-+*/%&|^])(<=|>=|==|!=|<|>)(?![<>=]) | (&&|\|\|) |
		(?<=[ ])([-+]=?)(?=\s) | \b(TRUE|FALSE)\b |
		\breturn[ ](0|-1);
	}gx) {
		my ($nr) = grep { defined $-[$_] } 1 .. 5;
		$replace->($-[$nr], $+[$nr],
			   $other{substr($code, $-[$nr], $+[$nr] - $-[$nr])});
	}
	# A neighbour of a small number.
	while ($code =~ /(?<![\w.\-])(?<!return )(\d{1,3})(?![\w.])/g) {
		my ($from, $to, $number) = ($-[1], $+[1], $1);

		next if $number =~ /^0\d/;
		$replace->($from, $to, $number + 1);
		$replace->($from, $to, $number - 1) if $number;
	}
	# A condition without its "!".
	while ($code =~ /!(?!=)/g) {
		$replace->($-[0], $+[0], '');
	}
	# A call left out, unless it only gives memory back: the sanitizers
	# look for that.
	while ($code =~ /^\t+(?!(?:if|for|while|switch|return|sizeof)\b)
			 ((\w+)[ ]?$parens;)/gmx) {
		my ($from, $to, $name) = ($-[1], $+[1], $2);

		next if $name =~ /(?:free|unref|clear|release|destroy)$/ ||
			$name =~ /^(?:g_clear_|va_)/;
		# It must stand where a statement begins.
		next if substr($code, 0, $from) !~
			/(?:[;{}):]|\belse|\bdo|^)\s*\z/;
		# The lines below keep their numbers.
		my $lines = substr($text, $from, $to - $from) =~ tr/\n//;
		$replace->($from, $to, ';' . "\n" x $lines);
	}
	return @found;
}

# Of each line that has mutants, an array of them.
sub mutable_lines
{
	my @lines;

	for my $file ('git-digest.c', sort glob 'lib/*/*.c') {
		my $text = read_file($file);
		my %on_line;

		for my $mutant (mutants_of($text)) {
			my $above = substr $text, 0, $mutant->{at};
			my $line = 1 + ($above =~ tr/\n//);

			$mutant->{file} = $file;
			$mutant->{line} = $line;
			$mutant->{text} = $text;
			push @{$on_line{$line}}, $mutant;
		}
		push @lines, @on_line{sort { $a <=> $b } keys %on_line};
	}
	return @lines;
}

# A function that returns the next pick, or undef after the last.  Steps of the
# golden ratio spread any number of picks evenly over all lines.
sub picker
{
	my @lines = @_;
	my ($at, $number, %seen) = (rand, 0);

	return sub {
		while (keys %seen < @lines) {
			$at += (sqrt(5) - 1) / 2;
			$at -= int $at;
			my $line = int($at * @lines);
			next if $seen{$line}++;
			my $mutants = $lines[$line];
			return { %{$mutants->[rand @$mutants]},
				 number => ++$number };
		}
		return undef;
	};
}

sub mutated
{
	my ($mutant) = @_;
	my $text = $mutant->{text};

	substr($text, $mutant->{at}, $mutant->{length}) = $mutant->{new};
	return $text;
}

# The lines that the mutant changes, before and after.
sub describe
{
	my ($mutant) = @_;
	my ($old, $new) = ($mutant->{text}, mutated($mutant));
	my $from = rindex($old, "\n", $mutant->{at} - 1) + 1;
	# How much follows the end of the last line, which is the same in both.
	my $rest = length($old) -
		index($old, "\n", $mutant->{at} + $mutant->{length});

	$old = substr $old, $from, -$rest;
	$new = substr $new, $from, -$rest;
	return "$mutant->{number}. $mutant->{file}:$mutant->{line}\n" .
		join '', map({ "    -$_\n" } split /\n/, $old),
			 map({ "    +$_\n" } split /\n/, $new);
}

# --- building and testing ----------------------------------------------------

sub read_file
{
	my ($path) = @_;
	open my $in, '<', $path or die "cannot read $path: $!\n";
	local $/;
	return scalar <$in>;
}

sub write_file
{
	my ($path, $text) = @_;
	open my $out, '>', $path or die "cannot write $path: $!\n";
	print $out $text;
	close $out or die "cannot write $path: $!\n";
}

# Run a command in a tree, in a process group of its own; returns "" if it
# succeeded, "timeout" or "failed".
sub run
{
	my ($tree, $log, $seconds, @command) = @_;
	my $status;

	$test_pid = fork // die "cannot fork: $!\n";
	if (!$test_pid) {
		setpgrp 0, 0;
		chdir $tree or die "$tree: $!\n";
		open STDIN, '<', '/dev/null' or die;
		open STDOUT, '>', $log or die "$log: $!\n";
		open STDERR, '>&', \*STDOUT or die;
		exec 'sh', '-c', "$limits; exec \"\$@\"", 'sh', @command;
		die "sh: $!\n";
	}
	setpgrp $test_pid, $test_pid;
	eval {
		local $SIG{ALRM} = sub { die "timeout\n" };
		alarm $seconds;
		waitpid $test_pid, 0;
		$status = $?;
		alarm 0;
	};
	# Nothing that it started may outlive it.
	kill KILL => -$test_pid;
	waitpid $test_pid, 0 if !defined $status;
	$test_pid = undef;
	return !defined $status ? 'timeout' : $status ? 'failed' : '';
}

sub make
{
	my ($tree, @targets) = @_;
	return !run($tree, "$tree.make", 600, @make, @targets);
}

# Build a tree's program and tests, and put the program where the tests look.
sub build
{
	my ($tree) = @_;
	return make($tree, 'test-programs') &&
		make($tree, 'install', "DESTDIR=$tree/build/root");
}

# Run a test in a tree; returns "", or how it failed.
sub run_test
{
	my ($tree, $test) = @_;
	my $log = "$tree.test";
	my $known = $seconds{$test} // 100;
	my $problem;

	$ENV{GIT_DIGEST_ROOT} = "$tree/build/root";
	$problem = run($tree, $log, TEST_SECONDS + 5 * $known,
		       $test =~ /\.sh$/ ? ('sh', $test, '-i') : $test);
	return $problem if $problem ne 'failed';
	# The number of the test case is enough to find it.
	return read_file($log) =~ /^not ok (\d+)(?!.*# TODO)/m ? "not ok $1" :
		$problem;
}

sub tests_in_order
{
	my ($file) = @_;
	my $floor = $file =~ m{^lib/(\w+)/} ? $1 : $file;
	my @unit = sort grep { !/\.sh$/ } keys %seconds;
	# The corpus is the fuzzers' parsers at work; then one whole digest.
	my @first = map { my $nr = $_; grep { m{/t0*$nr-} } keys %seconds }
		'0100', '0000', @{$first_tests{$floor} // []};
	my @rest = sort { $seconds{$a} <=> $seconds{$b} || $a cmp $b }
		grep { /\.sh$/ } keys %seconds;
	my %seen;

	return grep { !$seen{$_}++ } @unit, @first, @rest;
}

# Try a mutant in a tree; returns what came of it.
sub try_mutant
{
	my ($mutant, $tree) = @_;
	my $object = "build/$mutant->{file}" =~ s/\.c$/.o/r;
	my $result;

	write_file("$tree/$mutant->{file}", mutated($mutant));
	if (!make($tree, $object)) {
		$result = 'does not compile';
	} elsif (!compare("$tree/$object", "$folder/base/$object")) {
		$result = 'equivalent';
	} elsif (!build($tree)) {
		$result = 'does not compile';
	} else {
		for my $test (tests_in_order($mutant->{file})) {
			my $problem = run_test($tree, $test) or next;
			$result = 'killed by ' . basename($test) . ", $problem";
			last;
		}
	}
	# With their old times, so that make sees nothing to do.
	for my $path ($mutant->{file}, $object) {
		system('cp', '-p', "$folder/base/$path", "$tree/$path") == 0 or
			die "cannot restore $tree/$path\n";
	}
	return $result // 'SURVIVED';
}

# A tree without mutants, built, its tests passed and timed; and a copy of it
# for each job.
sub set_up
{
	my ($jobs) = @_;
	my $base = "$folder/base";
	my @tests;

	system("rm -rf '$folder' && mkdir -p '$base' &&
		find . -mindepth 1 -maxdepth 1 ! -name build ! -name .git \\
			! -name git-digest -exec cp -Rp {} '$base' \\;") == 0 or
		die "cannot copy the sources to $base\n";
	make($base, "-j$jobs", 'test-programs') && build($base) or
		die "the build fails; see $base.make\n";
	@tests = (map({ 'build/t/unit/' . basename($_, '.c') }
		      sort glob 't/unit/*.c'),
		  sort glob 't/t[0-9]*.sh');
	for my $test (@tests) {
		my $start = time;
		my $problem = run_test($base, $test);
		die "$test fails without a mutant ($problem); see $base.test\n"
			if $problem;
		$seconds{$test} = time - $start;
	}
	for my $job (1 .. $jobs) {
		system('cp', '-Rp', $base, "$folder/$job") == 0 or
			die "cannot copy to $folder/$job\n";
	}
}

sub stop
{
	kill KILL => -$test_pid if $test_pid;
	kill TERM => keys %running;
	exit 130;
}

# Try picks in $jobs processes at once, until $wanted of them were of use.
# Only the first that are of use are started, so that it is always the same
# ones, whichever ends first.
sub try_all
{
	my ($next, $wanted, $jobs) = @_;
	my @free = 1 .. $jobs;
	my (@killed, @survived, %useless);

	while (1) {
		while (@free && @killed + @survived + keys %running < $wanted) {
			my $mutant = $next->() or last;
			my $job = shift @free;
			my $pid = fork // die "cannot fork: $!\n";
			if (!$pid) {
				%running = ();
				write_file("$folder/$job.result",
					   try_mutant($mutant, "$folder/$job"));
				exit 0;
			}
			$running{$pid} = [$mutant, $job];
		}
		my $pid = wait;
		last if $pid < 0;
		my ($mutant, $job) = @{delete $running{$pid} // next};
		die "trying mutant $mutant->{number} failed\n" if $?;
		push @free, $job;

		my $result = read_file("$folder/$job.result");
		if ($result =~ /^killed|^SURVIVED/) {
			print describe($mutant), "    $result\n";
			push @{$result eq 'SURVIVED' ? \@survived : \@killed},
				$mutant;
		} else {
			$useless{$result}++;
		}
	}
	print "\nSurvivors:\n", map { describe($_) }
		sort { $a->{number} <=> $b->{number} } @survived if @survived;
	printf "\nkilled %d of %d", scalar @killed, @killed + @survived;
	printf " (%s)", join ', ', map { "$useless{$_} $_" } sort keys %useless
		if %useless;
	print "\n";
}

my ($seed, $wanted, $jobs, @only) = @ARGV;
die "usage: perl t/mutate.pl <seed> <mutants> <jobs> [<number>...]\n"
	if !defined $jobs || grep { !/^\d+$/ } @ARGV;

# What was given to the make that calls this is not for the makes below.
delete @ENV{qw(MAKEFLAGS MFLAGS MAKELEVEL)};
$ENV{GIT_DIGEST_BINDIR} = '/usr/bin';
$ENV{GIT_DIGEST_DATADIR} = '/usr/share';
$SIG{INT} = $SIG{TERM} = $SIG{HUP} = \&stop;
$| = 1;
srand $seed;
set_up($jobs);
my @lines = mutable_lines();
my $next = picker(@lines);
if (@only) {
	my $all = $next;
	my %only = map { $_ => 1 } @only;

	$wanted = @only;
	$next = sub {
		while (%only) {
			my $mutant = $all->() or last;
			return $mutant if delete $only{$mutant->{number}};
		}
		return undef;
	};
}
try_all($next, $wanted, $jobs);
