#!/usr/bin/perl
# Print a git fast-import stream of a code repository with made-up commits.
# Most of them change a few lines of one to four files. Some rename, add or
# remove a file. Now and then a branch of a few commits is merged.
#
# usage: code.pl <number>
use strict;
use warnings;

my $wanted = shift // 3000;
srand 1;
my @words = map {
	join '', map { chr(97 + int rand 26) } 1 .. 2 + int rand 9
} 1 .. 3000;
my @people = map {
	my $n = ucfirst $_;
	"$n <$_\@d" . (length($n) % 7) . ".example>"
} @words[0 .. 59];
my ($time, $count, $mark) = (1600000000, 0, 0);

sub words { return join ' ', map { $words[rand @words] } 1 .. shift }
sub line { return "\t" x int(rand 4) . words(1 + int rand 7) . ";\n" }
sub new_path {
	return join '/', (map { $words[60 + rand 8] } 0 .. int rand 3),
		"$words[rand @words].c";
}

# The files of the branch "main": from each path to an array of lines.
my %main = map {
	new_path() => [map { line() } 1 .. 30 + int rand 600]
} 1 .. 300;

sub change {
	my ($files, $edit_only) = @_;
	my @paths = sort keys %$files;
	my (%changed, $path);
	for (1 .. (1, 1, 1, 2, 2, 3, 4)[rand 7]) {
		$path = $paths[rand @paths];
		next if $changed{$path}++;
		my @lines = @{$files->{$path}};
		for (1 .. 1 + int rand 3) {
			my $at = int rand @lines;
			splice @lines, $at, int rand 5,
				map { line() } 1 .. 1 + int rand 8;
		}
		$files->{$path} = \@lines;
	}
	my $what = $edit_only ? 1 : rand;
	if ($what < 0.04) {
		my $to = new_path();
		return %changed if exists $files->{$to};
		$files->{$to} = delete $files->{$path};
		$changed{$path} = $changed{$to} = 1;
	} elsif ($what < 0.08) {
		$path = new_path();
		$files->{$path} = [map { line() } 1 .. 30 + int rand 200];
		$changed{$path} = 1;
	} elsif ($what < 0.10) {
		delete $files->{$path};
	}
	return %changed;
}

sub commit {
	my ($parents, $files, %changed) = @_;
	my $who = $people[rand rand @people];
	my $message = $words[rand 40] . ': ' . words(5) . "\n\n" .
		join('', map { words(9) . "\n" } 1 .. int rand 12) .
		"\nSigned-off-by: $who\n";
	$time += 600;
	$count++;
	$mark++;
	printf "commit refs/heads/main\nmark :%d\nauthor %s %d +0000\n" .
		"committer %s %d +0000\ndata %d\n%s",
		$mark, $who, $time, $who, $time, length $message, $message;
	print "from :$parents->[0]\n" if @$parents;
	print "merge :$parents->[1]\n" if @$parents > 1;
	for my $path (sort keys %changed) {
		if (!$files->{$path}) {
			print "D $path\n";
			next;
		}
		my $text = join '', @{$files->{$path}};
		printf "M 100644 inline %s\ndata %d\n%s\n", $path, length $text,
			$text;
	}
	return $mark;
}

my $tip = commit([], \%main, map { $_ => 1 } keys %main);
while ($count < $wanted) {
	if (rand() < 0.02) {
		# The branch only has files of its own, so its merge is clean.
		my ($branch, $path) = ($tip, "branch/$count.c");
		my %files = ($path => [map { line() } 1 .. 40]);
		$branch = commit([$branch], \%files, $path => 1);
		$branch = commit([$branch], \%files, change(\%files, 1))
			for 1 .. rand 5;
		$tip = commit([$tip], \%main, change(\%main));
		$main{$_} = $files{$_} for keys %files;
		$tip = commit([$tip, $branch], \%main,
			map { $_ => 1 } keys %files);
		next;
	}
	$tip = commit([$tip], \%main, change(\%main));
}
