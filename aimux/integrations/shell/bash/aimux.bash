# shellcheck shell=bash
# bash says what it runs: OSC 133 (prompt, output, exit status), OSC 633 (command line, directory)
# and OSC 7 (directory), each with the nonce of its pane where the sequence has a place for it.
#
# Read by `bash --init-file` in place of ~/.bashrc, or by `bash --posix` through ENV where startup
# files must be read that --init-file does not stand for. It reads the person's own files as bash
# would have, and changes no file, no history and no option. The functions are defined first, so
# that no alias of the person's gets into them. Everything goes to /dev/tty: `exec >file` and
# `exec 2>file` are the person's business.

# What is to be done came in the environment. It leaves at once: no child is to see it.
__aimux_nonce=${AIMUX_SHELL_NONCE-}
__aimux_start=${AIMUX_BASH_START-}
__aimux_rcfile=${AIMUX_BASH_RCFILE-}
__aimux_name=${AIMUX_BASH_NAME-}
export -n __aimux_nonce __aimux_start __aimux_rcfile __aimux_name
unset -v AIMUX_SHELL_NONCE AIMUX_BASH_START AIMUX_BASH_RCFILE AIMUX_BASH_NAME

# Numbers that the prompts set: whether a command was run, the number of the next history entry.
__aimux_ran=0
__aimux_next=0
# Always empty: `${__aimux_blank:expression:0}` in a prompt computes and shows nothing.
__aimux_blank=
__aimux_directory=
__aimux_directory_marks=
__aimux_prompt_end=$'\e]133;B;aid='$__aimux_nonce$'\a'
# Both name variables that only this shell has: a child that inherits PS0 or PS1 stays silent.
__aimux_ps1='\[${__aimux_prompt_end-}\]'
__aimux_ps0='${__aimux_nonce:+${__aimux_blank:__aimux_ran=1:0}$({ __aimux_report_command \!; } 2>/dev/null)}'
__aimux_hook='{ __aimux_report_prompt "$?"; } 2>/dev/null'

# __aimux_escape TEXT: sets `escaped` to TEXT as OSC 633 wants it.
__aimux_escape() {
    escaped=$1
    local backslash=\\ rest character code
    escaped=${escaped//"$backslash"/"$backslash$backslash"}
    escaped=${escaped//;/"${backslash}x3b"}
    escaped=${escaped//$'\n'/"${backslash}x0a"}
    while [[ $escaped == *[[:cntrl:]]* ]]; do
        rest=${escaped#*[[:cntrl:]]}
        character=${escaped:${#escaped}-${#rest}-1:1}
        builtin printf -v code 'x%02x' "'$character"
        escaped=${escaped//"$character"/"$backslash$code"}
    done
}

# __aimux_percent TEXT: sets `escaped` to TEXT as a path in a URL, byte by byte.
__aimux_percent() {
    local LC_ALL=C index character code
    escaped=
    for ((index = 0; index < ${#1}; index++)); do
        character=${1:index:1}
        case $character in
        [abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/._~-])
            escaped+=$character
            ;;
        *)
            builtin printf -v code '%d' "'$character"
            builtin printf -v code '%%%02X' "$((code & 255))"
            escaped+=$code
            ;;
        esac
    done
}

# The directory's marks are computed when it changes, and said at every prompt: a program that ran
# in between (ssh) may have said another.
__aimux_look_at_directory() {
    local escaped
    __aimux_directory=$PWD
    __aimux_percent "$PWD"
    __aimux_directory_marks=$'\e]7;file://'${HOSTNAME-}$escaped$'\a'
    __aimux_escape "$PWD"
    __aimux_directory_marks+=$'\e]633;P;Cwd='$escaped';'$__aimux_nonce$'\a'
}

# Keeps our part at the end of PS1 and at the start of PS0, whatever was done to them.
__aimux_mark_prompts() {
    PS1=${PS1-}
    PS0=${PS0-}
    if ! builtin shopt -q promptvars; then
        # Without it the parts would be shown as they stand.
        PS1=${PS1//"$__aimux_ps1"/}
        PS0=${PS0//"$__aimux_ps0"/}
        return
    fi
    if [[ $PS1 != *"$__aimux_ps1" || $PS1 == *"$__aimux_ps1"*"$__aimux_ps1" ]]; then
        PS1=${PS1//"$__aimux_ps1"/}$__aimux_ps1
    fi
    if [[ $PS0 != "$__aimux_ps0"* || $PS0 == *"$__aimux_ps0"*"$__aimux_ps0"* ]]; then
        PS0=$__aimux_ps0${PS0//"$__aimux_ps0"/}
    fi
}

# __aimux_report_prompt STATUS: before every prompt, in the shell itself and without a fork.
__aimux_report_prompt() {
    builtin local -
    builtin set +aeux
    builtin local marks=
    if [[ $__aimux_ran == 1 ]]; then
        marks=$'\e]133;D;'$1';aid='$__aimux_nonce$'\a'
    fi
    if [[ $__aimux_directory != "$PWD" ]]; then
        __aimux_look_at_directory
    fi
    marks+=$__aimux_directory_marks$'\e]133;A;aid='$__aimux_nonce$'\a'
    builtin printf '%s' "$marks" >/dev/tty
    __aimux_mark_prompts
    __aimux_ran=0
    __aimux_next=$HISTCMD
    return 0
}

# For bash-preexec, which gives the status in $?.
__aimux_precmd() {
    builtin eval "$__aimux_hook"
}

# Whether the newest history entry, number $1, is the command line just read. It is if it came since
# the prompt; else it is if nothing but a repeated line can have been kept out.
__aimux_is_in_history() {
    if (($1 >= __aimux_next)); then return 0; fi
    [[ -o history && ${HISTCONTROL-} != *ignorespace* && ${HISTCONTROL-} != *ignoreboth* ]] &&
        [[ -z ${HISTIGNORE-} ]]
}

# __aimux_report_command NUMBER: in the subshell that PS0 starts, before a command line is run. Its
# text is left out where history does not have it: the screen does.
__aimux_report_command() {
    builtin set +aeux
    local text= escaped= mark=
    if __aimux_is_in_history "$1"; then
        text=$(HISTTIMEFORMAT='' builtin history 1)
        text=${text#*[0123456789][* ] }
    fi
    if [[ -n $text ]]; then
        __aimux_escape "${text:0:4096}"
        mark=$'\e]633;E;'$escaped';'$__aimux_nonce$'\a'
    fi
    builtin printf '%s' "$mark"$'\e]133;C;aid='"$__aimux_nonce"$'\a' >/dev/tty
}

# After the person's files: hook in where it does not disturb who is there.
__aimux_install() {
    if [[ -n ${bash_preexec_imported-}${__bp_imported-} ]]; then
        # A hook behind bash-preexec's own would be taken for a command that was typed.
        precmd_functions+=(__aimux_precmd)
    elif [[ -n $1 ]]; then
        # A DEBUG trap notes when the first command after PROMPT_COMMAND begins: be before it.
        PROMPT_COMMAND=("$__aimux_hook" "${PROMPT_COMMAND[@]}")
    else
        # The array's first element stays the person's, who may assign to PROMPT_COMMAND later.
        PROMPT_COMMAND+=("$__aimux_hook")
    fi
}

# The person's files are read. PS0 came with bash 4.4; an older bash is left as it is.
__aimux_finish() {
    if ((BASH_VERSINFO[0] * 100 + BASH_VERSINFO[1] >= 404)) && [[ -n $__aimux_nonce ]]; then
        __aimux_install "$1"
    fi
    builtin unset -v __aimux_start __aimux_rcfile __aimux_name
    builtin unset -f __aimux_install __aimux_leave_posix __aimux_finish
}

# What `--posix` has changed by now, and what startup reads of ENV.
__aimux_leave_posix() {
    builtin set +o posix
    builtin shopt -u inherit_errexit
    # Defaults that posix mode has set; what came in the environment is exported.
    if [[ ${HISTFILE@a} != *x* ]]; then HISTFILE=~/.bash_history; fi
    if [[ ${MAILCHECK@a} != *x* ]]; then MAILCHECK=60; fi
    builtin unset -v ENV
    if [[ -n ${AIMUX_BASH_ENV+set} ]]; then builtin export ENV="$AIMUX_BASH_ENV"; fi
    builtin unset -v AIMUX_BASH_ENV
}

case $__aimux_start in
login*)
    __aimux_leave_posix
    if [[ -n $__aimux_name ]]; then BASH_ARGV0=$__aimux_name; fi
    if [[ $__aimux_start == login ]]; then
        if [[ -r /etc/profile ]]; then source /etc/profile; fi
        if [[ -r ~/.bash_profile ]]; then
            source ~/.bash_profile
        elif [[ -r ~/.bash_login ]]; then
            source ~/.bash_login
        elif [[ -r ~/.profile ]]; then
            source ~/.profile
        fi
    fi
    ;;
none)
    __aimux_leave_posix
    ;;
*)
    if [[ -r $__aimux_rcfile ]]; then source "$__aimux_rcfile"; fi
    ;;
esac

# A function would not see the trap; an alias cannot replace a quoted word.
__aimux_finish "$(\builtin trap -p DEBUG)"
