# bash completion for "git digest".  The completion of git finds this file by
# its name, and calls _git_digest.

__git_digest_options="
	--max-count= --since= --after= --until= --before=
	--all --branches --branches= --tags --tags= --remotes --remotes= --glob=
	--exclude= --bisect --not --end-of-options --merges --no-merges --kind=
	--format= --output= --color --color= --no-color
	--top= --sections= --patches=
	--reverse --no-reverse --links --no-links --look-back=
	--abbrev --abbrev= --no-abbrev
	--progress --no-progress --threads= --quiet
	--config= --list=
	--help --version
"

# Print the names of all lists that have a YAML file: the names of the files.
__git_digest_lists ()
{
	local installed=${BASH_SOURCE[0]%/*}/../../git-digest/lists
	local dir file
	for dir in "${XDG_CONFIG_HOME:-$HOME/.config}/git-digest" \
		"${GIT_DIGEST_LISTS:-$installed}"
	do
		for file in "$dir"/*.yaml
		do
			test -f "$file" || continue
			file=${file##*/}
			echo "${file%.yaml}"
		done
	done
}

# Complete the last word of a list that is separated by commas.
__git_digest_sections ()
{
	local given=${cur##--sections=} prefix=
	case $given in
	*,*) prefix=${given%,*}, ;;
	esac
	__gitcomp "summary checks domains contributors patches messages" \
		"" "${given##*,}"
	COMPREPLY=("${COMPREPLY[@]/#/$prefix}")
}

_git_digest ()
{
	case $cur in
	--format=*)
		__gitcomp "text json" "" "${cur##--format=}"
		return ;;
	--kind=*)
		__gitcomp "inbox code" "" "${cur##--kind=}"
		return ;;
	--color=*)
		__gitcomp "always never auto" "" "${cur##--color=}"
		return ;;
	--patches=*)
		__gitcomp "first all none" "" "${cur##--patches=}"
		return ;;
	--sections=*)
		__git_digest_sections
		return ;;
	--list=*)
		__gitcomp "$(__git_digest_lists)" "" "${cur##--list=}"
		return ;;
	--config=*|--output=*)
		# An empty answer makes bash complete file names.
		COMPREPLY=()
		return ;;
	--*)
		__gitcomp "$__git_digest_options"
		return ;;
	esac
	__git_complete_revlist
}
