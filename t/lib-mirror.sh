# Functions that make a public-inbox v2 mirror of made-up mail, to be sourced.
# $test_source must be the directory of this file.

GIT_AUTHOR_NAME='A U Thor' GIT_AUTHOR_EMAIL=author@example.com
GIT_COMMITTER_NAME='public-inbox' GIT_COMMITTER_EMAIL=list@example.com
export GIT_AUTHOR_NAME GIT_AUTHOR_EMAIL GIT_COMMITTER_NAME GIT_COMMITTER_EMAIL

# The first mail arrives a minute after this time, and each other one a minute
# after the one before.
mail_time=1700000000

# new_mirror <dir>: make an epoch without mails.
new_mirror () {
	git init -q --bare -b master "$1"
}

# commit_tree <mirror> <message>: make a commit whose tree is listed on standard
# input.
commit_tree () {
	mail_time=$((mail_time + 60)) &&
	tree=$(git -C "$1" mktree) &&
	parent=$(git -C "$1" rev-parse -q --verify HEAD) || parent= &&
	commit=$(printf '%s' "$2" |
		GIT_COMMITTER_DATE="${arrival:-$mail_time} +0000" \
		GIT_AUTHOR_DATE="${arrival:-$mail_time} +0000" \
		git -C "$1" commit-tree "$tree" ${parent:+-p $parent}) &&
	git -C "$1" update-ref HEAD "$commit"
}

# subject_of <file>: print the Subject of a mail as public-inbox writes it into
# the commit message.
subject_of () {
	perl -0777 -ne 's/\r\n/\n/g; s/\n\n.*//s; s/\n[ \t]+/ /g;
		print $1 if /^Subject: *(.*)$/mi' "$1"
}

# add_mail <mirror> <file> [<commit message>]: let the mail arrive, at the time
# in $arrival if that is set.
add_mail () {
	blob=$(git -C "$1" hash-object -w --no-filters "$PWD/$2") &&
	commit_tree "$1" "${3-$(subject_of "$2")}" <<-EOF
	100644 blob $blob	m
	EOF
}

# remove_mail <mirror> <file>: remove the mail as public-inbox does.
remove_mail () {
	blob=$(git -C "$1" hash-object -w --no-filters "$PWD/$2") &&
	commit_tree "$1" rm <<-EOF
	100644 blob $blob	d
	EOF
}

# make_mail <file> <from> <subject> [<field>...]: write a mail with these fields
# into the file.  Its body is standard input, then a diffstat and a diff.
make_mail () {
	mail_file=$1 &&
	{
		printf 'From: %s\nSubject: %s\n' "$2" "$3" &&
		shift 3 &&
		for field
		do
			printf '%s\n' "$field" || return 1
		done &&
		echo &&
		cat &&
		cat "$test_source/diff.txt"
	} >"$mail_file"
}

# patch <mirror> <from> <subject> [<field>...]: let a patch with these fields
# arrive. Its Message-ID is <$id@example>, or a new one if $id is not set.
patch () {
	patch_mirror=$1 &&
	shift &&
	printf 'Text of %s.\n' "$2" |
	make_mail mail.tmp "$@" \
		"Message-ID: <${id:-$((mail_time + 60))}@example>" \
		"List-Id: Things <things.example.com>" &&
	add_mail "$patch_mirror" mail.tmp
}

# reply <mirror> <from> <subject> <answered> [<field>...]: let a mail arrive that
# answers <answered@example>, or nothing if that is empty.  Its text is standard
# input, and its Message-ID as for patch.
reply () {
	{
		printf 'From: %s\nSubject: %s\n' "$2" "$3" &&
		printf 'Message-ID: <%s@example>\n' \
			"${id:-$((mail_time + 60))}" &&
		printf 'List-Id: Things <things.example.com>\n' &&
		test -z "$4" || printf 'In-Reply-To: <%s@example>\n' "$4"
	} >mail.tmp &&
	reply_mirror=$1 &&
	shift 4 &&
	for field
	do
		printf '%s\n' "$field" >>mail.tmp || return 1
	done &&
	echo >>mail.tmp &&
	cat >>mail.tmp &&
	add_mail "$reply_mirror" mail.tmp
}
