"""The lines of choosers where nobody gives a format, as tmux 3.3a has them."""

from __future__ import annotations

BUFFER_FORMAT = "#{t/p:buffer_created}: #{buffer_sample}"
CLIENT_FORMAT = "#{t/p:client_activity}: session #{session_name}"
TREE_FORMAT = (
    "#{?pane_format,"
    "#{?pane_marked,#[reverse],}"
    "#{pane_current_command}#{?pane_active,*,}#{?pane_marked,M,}"
    '#{?#{&&:#{pane_title},#{!=:#{pane_title},#{host_short}}},: "#{pane_title}",}'
    ","
    "#{?window_format,"
    "#{?window_marked_flag,#[reverse],}"
    "#{window_name}#{window_flags}"
    "#{?#{&&:#{==:#{window_panes},1},"
    "#{&&:#{pane_title},#{!=:#{pane_title},#{host_short}}}},"
    ': "#{pane_title}",}'
    ","
    "#{session_windows} windows"
    "#{?session_grouped, (group #{session_group}: #{session_group_list}),}"
    "#{?session_attached, (attached),}"
    "}"
    "}"
)
"""The first item of a line tells which of the three parts is meant."""
