#!/usr/bin/perl
# Print a git fast-import stream of a mirror of made-up mails. A third of them
# are patches, and most others are replies. Their median size is 6.6 kB.
#
# usage: mirror.pl <number>
use strict;
use warnings;

my $wanted = shift // 20000;
srand 1;
my @words = map {
	join '', map { chr(97 + int rand 26) } 1 .. 2 + int rand 9
} 1 .. 3000;
my ($time, $count, $series) = (1600000000, 0, 0);

sub text {
	my ($lines) = @_;
	return join "\n", map {
		join ' ', map { $words[rand @words] } 1 .. 9
	} 1 .. $lines;
}

sub add {
	my ($subject, $name, $id, $parent, $diff) = @_;
	my $email = lc($name) . '@d' . length($name) * 7 % 40 . '.example';
	my $mail = "Received: from a.example by b.example\n" .
		"DKIM-Signature: v=1; " .
		join("\n\t", map { 'x' x 70 } 1 .. 15) . "\n" .
		"From: $name <$email>\n" .
		"Subject: $subject\nMessage-ID: <$id>\n" .
		($parent ? "In-Reply-To: <$parent>\n" : '') .
		"List-Id: <bench.example>\n" .
		"Date: Fri, 3 Nov 2023 10:00:00 +0000\n\n" .
		text(10 + int rand 110) . "\n";
	$mail .= "---\n f.c | 2 +-\n" .
		" 1 file changed, 1 insertion(+), 1 deletion(-)\n\n" .
		"diff --git a/f.c b/f.c\n--- a/f.c\n+++ b/f.c\n" .
		"\@\@ -1 +1 \@\@\n" .
		join("\n", map { "+$_" } split /\n/, text(20 + int rand 120)) .
		"\n-- \n2.51\n"
		if $diff;
	$time += 60;
	$count++;
	printf "commit refs/heads/master\nauthor %s <%s> %d +0000\n" .
		"committer list <l\@example> %d +0000\ndata %d\n%s\n" .
		"M 100644 inline m\ndata %d\n%s\n",
		$name, $email, $time, $time, length $subject, $subject,
		length $mail, $mail;
}

while ($count < $wanted) {
	my $name = ucfirst $words[rand 400];
	my $total = (1, 1, 1, 2, 4, 7)[rand 6];
	my $title = "$words[rand 60]: " .
		join ' ', map { $words[rand @words] } 1 .. 5;
	$series++;
	for my $n (($total > 1 ? 0 : 1) .. $total) {
		my $first = $n == ($total > 1 ? 0 : 1);
		my $subject = ($total > 1 ? "[PATCH $n/$total]" : '[PATCH]') .
			" $title";
		$subject .= " $n" if $total > 1 && $n;
		add($subject, $name, "$series.$n\@x",
			$first ? undef : "$series.0\@x", $n);
		add("Re: $subject", ucfirst $words[rand 400],
			"$series.$n.$_\@x", "$series.$n\@x", 0)
			for 1 .. (0, 1, 2, 3, 4)[rand 5];
	}
}
