"""Format variables and modifiers as tmux expands them."""

# ruff: noqa: E501  # a line of a script is a command line

from collections.abc import Callable

import pytest

from tests.compat.programs import Program

VARIABLES_TEXT = (
    "active_window_index alternate_on alternate_saved_x alternate_saved_y automatic-rename "
    "base-index client_name client_session config_files cursor_character cursor_flag cursor_x "
    "cursor_y history_bytes history_limit history_size host host_short insert_flag "
    "keypad_cursor_flag keypad_flag last_window_index line mode-keys mouse_all_flag mouse_any_flag "
    "mouse_button_flag mouse_sgr_flag mouse_standard_flag mouse_utf8_flag next_session_id "
    "origin_flag pane_bg pane_fg command history_all_bytes window_offset_x window_offset_y pane_active pane_at_bottom pane_at_left pane_at_right pane_at_top pane_bottom "
    "pane_dead pane_dead_signal pane_dead_status pane_dead_time pane_format pane_height pane_id "
    "pane_in_mode pane_index pane_input_off pane_last pane_left pane_marked pane_marked_set "
    "pane_mode pane_path pane_pipe pane_right pane_search_string pane_start_command pane_start_path "
    "pane_synchronized pane_tabs pane_title pane_top pane_width scroll_region_lower "
    "scroll_region_upper selection_present scroll_position session_alerts session_attached "
    "session_attached_list session_format session_group session_group_attached session_group_list "
    "session_group_size session_grouped session_id session_last_attached session_many_attached "
    "session_marked session_name session_path session_stack session_windows status status-left "
    "socket_path uid user window_active window_active_clients window_active_clients_list "
    "window_active_sessions window_active_sessions_list window_activity_flag window_bell_flag "
    "window_bigger window_cell_height window_cell_width window_end_flag window_flags window_format "
    "window_height window_id window_index window_last_flag window_layout window_linked "
    "window_linked_sessions window_linked_sessions_list window_marked_flag window_name "
    "window_offset_x window_offset_y window_panes window_raw_flags window_silence_flag "
    "window_stack_index window_start_flag window_visible_layout window_width window_zoomed_flag "
    "wrap_flag HOME @own renumber-windows no_such_variable"
)
VARIABLES = VARIABLES_TEXT.split()
ALL = "\u241e".join(f"{name}=#{{{name}}}" for name in VARIABLES)
PRESENT_TEXT = (
    "buffer_created client_activity pane_pid pane_tty pid session_activity session_created "
    "start_time version window_activity"
)
PRESENT = PRESENT_TEXT.split()
EXPRESSIONS = (
    "#S:#I.#P #W #F #D #T #H #h ## #, #} #{session_name}",
    "#{?pane_active,yes,no} #{?pane_dead,yes,no} #{?#{==:a,a},b,c} #{?,a,b} #{?0,a,b} #{?x,a,b}",
    "#{==:a,a} #{!=:a,a} #{<:a,b} #{>:a,b} #{<=:2,2} #{>=:1,2} #{&&:1,0} #{||:1,0} #{!=:,a}",
    "#{m:w*,work} #{m/r:^w.*k$,work} #{m/ri:^W,work} #{C:zzz} #{C/r:^$}",
    "#{e|+|:1,2} #{e|-|:1,2} #{e|*|:3,4} #{e|/|:7,2} #{e|m|:7,2} #{e|+|f|2:1.5,2} #{e|==|:1,1}",
    "#{e|<|:1,2} #{e|/|f|4:10,3} #{e|+|:x,1} #{e|%%|:7,4}",
    "#{=3:session_path} #{=-3:session_name} #{=/2/..:session_name} #{p10:session_name}|",
    "#{p-10:session_name}| #{n:session_name} #{w:session_name} #{=2:#{session_name}}",
    "#{s/o/0/:session_name} #{s/(w)(o)/\\\\2\\\\1/:session_name} #{s/W/x/i:session_name}",
    "#{b:pane_start_path} #{d:session_path} #{q:status-left} #{q/e:status-left} #{a:65} #{c:red}",
    "#{l:#{session_name}} #{E:status-left} #{T:status-left} #{E:@nested} #{@nested}",
    "#{S:#{session_name} } #{W:#{window_index} } #{P:#{pane_id} } #{W:#I ,[#I] } #{P:#D ,[#D] }",
    "#{N/w:zero} #{N/s:work} #{N/s:none} #{N:none}",
    "#{t:no_such} #{t/p:no_such} #{session_name:} #{=:x} #{unclosed",
    "#{status-format[0]} #{update-environment[0]} #{user-keys} #{command-alias[0]}",
    "#[fg=red]text#[default] #{?#{m:*x*,#{session_name}},#[bold],#[dim]}",
    "#{?window_zoomed_flag,Z,#{?pane_marked,M,-}} #{?#{&&:#{pane_active},#{!=:a,b}},1,2}",
)
SCRIPTS = {
    "variables": rf"""
        new-session -d -s work -x 80 -y 24 -n zero -c /usr cat
        split-window -h -c /usr cat ; new-window -n one -c /usr cat ; new-session -d -s other -x 70 -y 20 -c / cat
        set-option -g @own 'a #{{session_name}}' ; link-window -d -s work:1 -t other:5
        display-message -p -t work:0.1 '{ALL}'
        display-message -p -t work:1 '{ALL}'
        list-panes -a -F '{ALL}'
        list-windows -a -F '{ALL}'
        list-sessions -F '{ALL}'
        resize-pane -Z -t work:0.0 ; select-pane -m -t work:0.0
        display-message -p -t work:0.0 '{ALL}'
        copy-mode -t work:0.0 ; display-message -p -t work:0.0 '#{{pane_mode}} #{{pane_in_mode}}'
    """,
    "expressions": "\n".join(
        [
            "new-session -d -s work -x 80 -y 24 -n zero -c /usr/bin cat",
            "split-window -c /usr/bin cat ; new-window -d cat",
            "set-option -g @nested '[#{session_name}]'",
            *(f"display-message -p '{expression}'" for expression in EXPRESSIONS),
        ]
    ),
    "buffers and colours": r"""
        new-session -d -s work -x 80 -y 24 -n zero cat
        display-message -p '[#{buffer_name}]'
        set-buffer -b one 'first text' ; set-buffer 'second'
        display-message -p '#{buffer_name} #{buffer_size} #{buffer_sample}'
        list-buffers -F '#{buffer_name} #{buffer_size} [#{session_name}#{pane_id}] #{pane_format}'
        list-buffers -f '#{m:one,#{buffer_name}}' -F '#{buffer_name} #{version}'
        list-clients -F '#{pane_format}'
        set-option -w window-style fg=red,bg=colour100 ; display-message -p '#{pane_fg} #{pane_bg}'
        set-option -w window-active-style fg=#112233 ; display-message -p '#{pane_fg} #{pane_bg}'
        split-window -d cat ; display-message -p -t %1 '#{pane_fg} #{pane_bg}'
    """,
    "what programs change": r"""
        new-session -d -s work -x 80 -y 24 'printf "\033]2;a title\033\\\\\033[5;10r\033[?1h\033=\033[?1000h\033[?1006h\033[4h\033[?25l\033[7;7Hdone"; exec cat'
        until done: capture-pane -p
        display-message -p '#{pane_title}|#{scroll_region_upper}-#{scroll_region_lower} #{keypad_cursor_flag}#{keypad_flag}'
        display-message -p '#{mouse_any_flag}#{mouse_standard_flag}#{mouse_sgr_flag}#{mouse_button_flag}#{mouse_all_flag}'
        display-message -p '#{insert_flag}#{cursor_flag}#{wrap_flag}#{origin_flag} #{cursor_x},#{cursor_y} [#{cursor_character}]'
        select-pane -T 'set #{pane_id}' ; display-message -p '#{pane_title}'
    """,
}


@pytest.mark.parametrize("script", SCRIPTS.values(), ids=list(SCRIPTS))
def test_both_programs_say_the_same_of(same: Callable[[str], None], script: str) -> None:
    same(script)


def test_every_variable_of_a_pane_is_listed(run: Program) -> None:
    run("new-session", "-d", "-s", "work", "cat")
    _, output, _ = run("display-message", "-a", "-p")
    values = dict(line.split("=", 1) for line in output.splitlines())
    assert {"pane_id": "%0", "session_name": "work", "window_index": "0"}.items() <= values.items()
    assert {name for name in PRESENT if not name.startswith(("buffer", "client"))} <= values.keys()
