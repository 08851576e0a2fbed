# fish says what it runs: OSC 133 (prompt, output, exit status), OSC 633 (command line, directory)
# and OSC 7 (directory), each with the nonce of its pane where the sequence has a place for it.
#
# Read because XDG_DATA_DIRS names a directory of ours; what it was is restored here, before the
# person's own files are read. fish's events need no place in its prompt.

if set -q AIMUX_FISH_DATA_DIRS
    set -gx --unpath XDG_DATA_DIRS $AIMUX_FISH_DATA_DIRS
    set -e AIMUX_FISH_DATA_DIRS
else if set -q AIMUX_SHELL_NONCE
    set -e XDG_DATA_DIRS
end

if status is-interactive; and set -q AIMUX_SHELL_NONCE
    set -g __aimux_nonce $AIMUX_SHELL_NONCE

    function __aimux_escape
        string replace --all \\ \\\\ -- $argv | string replace --all ';' '\\x3b' |
            string replace --all \t '\\x09' | string replace --all \e '\\x1b' |
            string replace --all --regex '[[:cntrl:]]' '' | string join '\\x0a'
    end

    function __aimux_report_prompt --on-event fish_prompt
        printf '\e]7;file://%s%s\a' $hostname (string escape --style=url -- $PWD) >/dev/tty
        printf '\e]633;P;Cwd=%s;%s\a' (__aimux_escape $PWD) $__aimux_nonce >/dev/tty
        printf '\e]133;A;aid=%s\a' $__aimux_nonce >/dev/tty
    end

    function __aimux_report_command --on-event fish_preexec
        if string length --quiet -- (string trim -- "$argv")
            set -g __aimux_ran
            printf '\e]633;E;%s;%s\a' (__aimux_escape $argv | string collect) $__aimux_nonce >/dev/tty
            printf '\e]133;C;aid=%s\a' $__aimux_nonce >/dev/tty
        end
    end

    function __aimux_report_end --on-event fish_postexec
        set -l command_status $status
        # What goes to the background leaves the status of what ran before.
        if string match --quiet --regex '&\s*$' -- "$argv"
            set command_status 0
        end
        if set -q __aimux_ran
            set -e __aimux_ran
            printf '\e]133;D;%s;aid=%s\a' $command_status $__aimux_nonce >/dev/tty
        end
    end
end
set -e AIMUX_SHELL_NONCE
