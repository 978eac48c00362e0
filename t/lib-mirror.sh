# Sourced: functions that make a public-inbox v2 mirror of made-up mail.
# $test_source is the folder of this file.

GIT_AUTHOR_NAME='A U Thor' GIT_AUTHOR_EMAIL=author@example.com
GIT_COMMITTER_NAME='public-inbox' GIT_COMMITTER_EMAIL=list@example.com
export GIT_AUTHOR_NAME GIT_AUTHOR_EMAIL GIT_COMMITTER_NAME GIT_COMMITTER_EMAIL

# The first mail arrives here, each further one a minute later.
mail_time=1700000000

# new_mirror <dir>: an epoch without mails
new_mirror () {
	git init -q --bare -b master "$1"
}

# commit_tree <mirror> <message>: one commit with the tree listed on stdin
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

# subject_of <file>: the Subject as public-inbox makes it the commit message
subject_of () {
	perl -0777 -ne 's/\r\n/\n/g; s/\n\n.*//s; s/\n[ \t]+/ /g;
		print $1 if /^Subject: *(.*)$/mi' "$1"
}

# add_mail <mirror> <file> [<commit message>]: the mail arrives, at the time
# that $arrival says, if it is set
add_mail () {
	blob=$(git -C "$1" hash-object -w --no-filters "$PWD/$2") &&
	commit_tree "$1" "${3-$(subject_of "$2")}" <<-EOF
	100644 blob $blob	m
	EOF
}

# remove_mail <mirror> <file>: as public-inbox removes one
remove_mail () {
	blob=$(git -C "$1" hash-object -w --no-filters "$PWD/$2") &&
	commit_tree "$1" rm <<-EOF
	100644 blob $blob	d
	EOF
}

# make_mail <file> <from> <subject> [<further field>...] with the body on
# stdin, to which a diffstat and a diff are added
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

# patch <mirror> <from> <subject> [<further field>...]: a patch of that
# Subject arrives; its Message-ID is <$id@example>, or else a new one
patch () {
	patch_mirror=$1 &&
	shift &&
	printf 'Text of %s.\n' "$2" |
	make_mail mail.tmp "$@" \
		"Message-ID: <${id:-$((mail_time + 60))}@example>" \
		"List-Id: Things <things.example.com>" &&
	add_mail "$patch_mirror" mail.tmp
}
