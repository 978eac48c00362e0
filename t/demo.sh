#!/bin/sh
# "make demo": make a small mirror of made-up mail and print its digest.
set -e

cd "${0%/*}"
test_source=$PWD
digest=$PWD/../git-digest
. ./lib-mirror.sh

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

list='List-Id: Teapots <teapots.lists.example>'
new_mirror teapots.git
mail_time=$(($(date +%s) - 86400))

# post <id> <from> <subject> [<field>...]: let a patch arrive whose text is
# standard input.
post () {
	post_id=$1
	shift
	make_mail mail "$@" "Message-ID: <$post_id@teapots.example>" "$list"
	add_mail teapots.git mail
}

post kettle-1 'Bo Steeper <bo@leaf.example>' \
	'[PATCH] kettle: whistle in tune' <<\EOT
The whistle was a quarter tone flat.

Signed-off-by: Bo Steeper <bo@leaf.example>
EOT
post answer 'Ada Pour <ada@china.example>' \
	'Re: [PATCH] kettle: whistle in tune' \
	'In-Reply-To: <kettle-1@teapots.example>' <<\EOT
> The whistle was a quarter tone flat.

A semitone, to my ear.
EOT
post kettle-2 'Bo Steeper <bo@leaf.example>' \
	'[PATCH v2] kettle: whistle in tune' <<\EOT
The whistle was a semitone flat.

Signed-off-by: Bo Steeper <bo@leaf.example>
EOT
post cover 'Ada Pour <ada@china.example>' \
	'[PATCH 0/2] spout: pour without dripping' <<\EOT
A drop that runs back along the spout lands on the cloth. These patches make
the lip of the spout sharper, and teach the handle to tilt back in time.

Ada Pour (2):
  spout: sharpen the lip
  handle: tilt back in time
EOT
post lip 'Ada Pour <ada@china.example>' '[PATCH 1/2] spout: sharpen the lip' \
	'In-Reply-To: <cover@teapots.example>' <<\EOT
Water lets go of a sharp edge sooner than of a round one.

Signed-off-by: Ada Pour <ada@china.example>
EOT
post tilt 'Ada Pour <ada@china.example>' \
	'[PATCH 2/2] handle: tilt back in time' \
	'In-Reply-To: <cover@teapots.example>' <<\EOT
From: =?UTF-8?q?Zo=C3=AB_Cup?= <zoe@leaf.example>

Wait for the stream to break, then tilt.

Signed-off-by: Zoë Cup <zoe@leaf.example>
EOT

cd teapots.git
"$digest"
