# fish completion for "git digest", which the completion of git calls.
# "git digest --git-completion-helper" knows the options, and which values they
# take.  (fish 3.6.0 looks for "git git-digest"; 3.6.1 has that mended.)

function __git_digest_values
    git digest --git-completion-helper=$argv[1] 2>/dev/null
end

# Complete the last word of a list with commas by those that it lacks; "all"
# cannot stand beside others.
function __git_digest_list
    set -l given (string match -r '^(?:--[a-z]*=)?(.*,)' -- (commandline -ct))[2]
    for word in (__git_digest_values $argv[1])
        string match -q "*,$word,*" -- ",$given"
        or string match -q "?*,all" -- "$given$word"
        or echo $given$word
    end
end

for option in (git digest --git-completion-helper 2>/dev/null | string split ' ')
    set -l name (string replace -r '^--(.*?)=?$' '$1' -- $option)
    switch $option
        case --
        case --output= --config= --against=
            complete -c git-digest -l $name -rF
        case --sections= --state=
            complete -c git-digest -l $name -xa "(__git_digest_list $name)"
        case --color= --links=
            complete -c git-digest -l $name -fa "(__git_digest_values $name)"
        case '*='
            complete -c git-digest -l $name -xa "(__git_digest_values $name)"
        case '*'
            complete -c git-digest -l $name
    end
end
complete -c git-digest -s n -x
complete -c git-digest -s o -rF
for letter in q h s i E F P
    complete -c git-digest -s $letter
end
complete -c git-digest -f \
    -n 'not contains -- -- (commandline -xpc 2>/dev/null; or commandline -opc)' \
    -a '(git for-each-ref --format="%(refname:short)" 2>/dev/null)'
