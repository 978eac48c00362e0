#!/bin/sh

test_description='a file of lib/ includes only its own floor and those below'

. "${0%/*}/lib-digest.sh"

# The floors from the top down, in the order of lib/README.md.
floors="settings render source digest screen git mail"

# upward <project>: print each #include of a file in lib/ that names a floor
# above its own, or no file of a floor.
upward () {
	for file in "$1"/lib/*/*.[ch]
	do
		own=${file%/*} && own=${own##*/} &&
		case " $floors " in
		*" $own "*) below=" ${floors#*"$own"}" ;;
		*) echo "$file: on no floor" && continue ;;
		esac
		sed -n "s/^#include \"\(.*\)\"/\1/p" "$file" |
		while read included
		do
			case " $own$below " in
			*" ${included%%/*} "*) test -f "$1/lib/$included" ;;
			*) false ;;
			esac || echo "$file: $included"
		done
	done
}

# strangers <project> <library> <floor>/: print each file that includes the
# header of the library, outside of the floor that may include it.
strangers () {
	grep -l "^#include <$2" "$1"/lib/*/*.[ch] "$1"/*.c |
	grep -v "/lib/$3"
}

test_expect_success 'no file includes a header of a floor above its own' '
	test -n "$(ls "$project"/lib/mail/*.c)" &&
	upward "$project" >actual &&
	test_must_be_empty actual
'

test_expect_success '... and this test would see one that does' '
	mkdir -p tree/lib/mail tree/lib/git &&
	echo "#include \"git/objects.h\"" >tree/lib/mail/body.c &&
	echo "#include \"mail/body.h\"" >tree/lib/git/objects.c &&
	>tree/lib/git/objects.h && >tree/lib/mail/body.h &&
	upward tree >actual &&
	echo "tree/lib/mail/body.c: git/objects.h" >expect &&
	test_cmp expect actual
'

test_expect_success 'each library is used on one floor, and in no header' '
	{
		strangers "$project" git2 git/ ||
		strangers "$project" gmime mail/ ||
		strangers "$project" yaml settings/ ||
		strangers "$project" json-glib render/ ||
		grep -l "^#include <\(git2\|gmime\|yaml\|json-glib\)" \
			"$project"/lib/*/*.h ||
		true
	} >actual &&
	test_must_be_empty actual
'

# misnamed <project>: print each function of a header whose name does not begin
# with the name of the file.
misnamed () {
	for file in "$1"/lib/*/*.h
	do
		name=$(basename "$file" .h) &&
		sed -n "/^\(typedef\|static\|struct [a-z_]* {\)/d
			s/^[a-z][A-Za-z0-9_ *]*[ *]\([a-z0-9_]*\)(.*/\1/p" \
			"$file" |
		grep -v "^${name}_" | sed "s,^,$file: ,"
	done
}

test_expect_success 'functions have the name of their file as a prefix' '
	misnamed "$project" >actual &&
	test_must_be_empty actual
'

test_expect_success '... and this test would see one that has not' '
	echo "int body_parse(void);" >tree/lib/mail/body.h &&
	echo "char *object_read(void);" >tree/lib/git/objects.h &&
	misnamed tree >actual &&
	echo "tree/lib/git/objects.h: object_read" >expect &&
	test_cmp expect actual
'

test_done
