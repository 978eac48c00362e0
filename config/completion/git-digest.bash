# bash completion for "git digest".  The completion of git finds this file by
# its name, and calls _git_digest.  "git digest --git-completion-helper" knows
# the options, and which values they take.

# Print the values of an option, "--top", one a line.
__git_digest_values ()
{
	__git digest --git-completion-helper="${1#--}" 2>/dev/null
}

# Complete the last word of a list with commas by those that it lacks; "all"
# cannot stand beside others.
# $1: the option; $2: the list so far.
__git_digest_list ()
{
	local given= word words=
	case $2 in
	*,*) given=${2%,*}, ;;
	esac
	for word in $(__git_digest_values "$1")
	do
		case ,$given$word in
		*,$word,*|,?*,all) ;;
		*) words=$words$word$'\n' ;;
		esac
	done
	# No blank follows, so that the list can go on.
	__gitcomp_nl "$words" "$given" "${2##*,}" ""
}

# Complete the value of an option.  Where there is nothing to offer, bash
# completes the names of files.
__git_digest_value ()
{
	case $1 in
	--sections|--state)
		__git_digest_list "$1" "$2" ;;
	--format|--kind|--color|--patches|--links|--list)
		__gitcomp "$(__git_digest_values "$1")" "" "$2" ;;
	esac
}

_git_digest ()
{
	__git_has_doubledash && return
	case $prev in
	# A color is never a word of its own, nor is what kind of link.
	--sections|--state|--format|--kind|--patches|--list)
		__git_digest_value "$prev" "$cur"
		return ;;
	-o|--output|--config|-n|--max-count|--top|--threads|--look-back|\
	--stale|--since|--after|--until|--before|--glob|--exclude|--max-lines|\
	--author|--grep|--to|--cc|--involves)
		return ;;
	esac
	case $cur in
	--*=*)
		__git_digest_value "${cur%%=*}" "${cur#*=}" ;;
	--*)
		__gitcomp_builtin digest ;;
	*)
		__git_complete_revlist ;;
	esac
}
