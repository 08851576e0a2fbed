# zsh says what it runs: OSC 133 (prompt, output, exit status), OSC 633 (command line, directory)
# and OSC 7 (directory), each with the nonce of its pane where the sequence has a place for it.
#
# Read because ZDOTDIR pointed here. ZDOTDIR is what it was before the person's first file is read,
# so zsh itself reads all the others. The functions are defined first, before any alias or option of
# the person's; the hooks are put in place at the first prompt, behind everybody else's.

if (( ${+AIMUX_ZSH_ZDOTDIR} )); then
    'builtin' 'export' ZDOTDIR="$AIMUX_ZSH_ZDOTDIR"
    'builtin' 'unset' AIMUX_ZSH_ZDOTDIR
else
    'builtin' 'unset' ZDOTDIR
fi

if [[ -o interactive && -n "${AIMUX_SHELL_NONCE-}" ]]; then
    'builtin' 'typeset' -g __aimux_nonce="$AIMUX_SHELL_NONCE"
    'builtin' 'typeset' -g __aimux_directory='' __aimux_directory_marks=''
    'builtin' 'typeset' -gi __aimux_ran=0

    # __aimux_escape TEXT: sets REPLY to TEXT as OSC 633 wants it.
    __aimux_escape() {
        builtin emulate -L zsh
        builtin setopt extended_glob no_aliases no_xtrace
        builtin local match mbegin mend
        REPLY=${1//\\/\\\\}
        REPLY=${REPLY//;/\\x3b}
        REPLY=${REPLY//(#m)[[:cntrl:]]/\\x${(l:2::0:)$(( [##16] #MATCH ))}}
    }

    # __aimux_percent TEXT: sets REPLY to TEXT as a path in a URL, byte by byte.
    __aimux_percent() {
        builtin emulate -L zsh
        builtin setopt extended_glob no_multibyte no_aliases no_xtrace
        builtin local match mbegin mend
        REPLY=${1//(#m)[^A-Za-z0-9\/._~-]/%${(l:2::0:)$(( [##16] #MATCH ))}}
    }

    # Computed when the directory changes, said at every prompt: a program that ran in between (ssh)
    # may have said another.
    __aimux_look_at_directory() {
        builtin emulate -L zsh
        builtin setopt no_aliases no_xtrace
        builtin local REPLY
        __aimux_directory=$PWD
        __aimux_percent "$PWD"
        __aimux_directory_marks=$'\e]7;file://'$HOST$REPLY$'\a'
        __aimux_escape "$PWD"
        __aimux_directory_marks+=$'\e]633;P;Cwd='$REPLY';'$__aimux_nonce$'\a'
    }

    # Before every prompt; the command's status is in $?.
    __aimux_precmd() {
        builtin local -i __aimux_status=$?
        builtin emulate -L zsh
        builtin setopt no_aliases no_err_exit no_xtrace
        builtin local marks=''
        if (( __aimux_ran )); then
            marks=$'\e]133;D;'$__aimux_status';aid='$__aimux_nonce$'\a'
        fi
        if [[ $__aimux_directory != $PWD ]]; then
            __aimux_look_at_directory
        fi
        marks+=$__aimux_directory_marks$'\e]133;A;aid='$__aimux_nonce$'\a'
        builtin print -rn -- "$marks" >$TTY
        __aimux_ran=0
    }

    # Before a command line is run: $1 as it was typed, $3 what will be executed.
    __aimux_preexec() {
        builtin emulate -L zsh
        builtin setopt no_aliases no_err_exit no_xtrace
        builtin local REPLY text=${1:-$3}
        __aimux_escape "${text[1,4096]}"
        builtin print -rn -- $'\e]633;E;'$REPLY';'$__aimux_nonce$'\a\e]133;C;aid='$__aimux_nonce$'\a' >$TTY
        __aimux_ran=1
    }

    # The prompt is drawn and the line editor begins. Said here, it stays out of PROMPT.
    __aimux_line_init() {
        builtin emulate -L zsh
        builtin setopt no_aliases no_err_exit no_xtrace
        builtin print -rn -- $'\e]133;B;aid='$__aimux_nonce$'\a' >$TTY
    }

    # The first prompt: all files are read, so who hooks in now comes last.
    __aimux_first_prompt() {
        builtin emulate -L zsh
        builtin setopt no_aliases no_err_exit no_xtrace
        precmd_functions=(${precmd_functions:#__aimux_first_prompt} __aimux_precmd)
        builtin typeset -ga preexec_functions
        preexec_functions+=(__aimux_preexec)
        if [[ -o zle ]] && builtin autoload -Uz add-zle-hook-widget; then
            add-zle-hook-widget line-init __aimux_line_init
        fi 2>/dev/null
        builtin unfunction __aimux_first_prompt
        __aimux_precmd
    }

    'builtin' 'typeset' -ga precmd_functions
    precmd_functions+=(__aimux_first_prompt)
fi
'builtin' 'unset' AIMUX_SHELL_NONCE

if [[ -r "${ZDOTDIR-$HOME}/.zshenv" && ! -d "${ZDOTDIR-$HOME}/.zshenv" ]]; then
    'builtin' 'source' "${ZDOTDIR-$HOME}/.zshenv"
fi
